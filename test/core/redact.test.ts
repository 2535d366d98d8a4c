import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mask, Redactor } from '../../src/core/redact.ts'

describe('Redactor', () => {
  it('never lets a secret through, wherever it stands', () => {
    const secret = fc.string({ minLength: 4, maxLength: 40 }).filter(text => text.trim().length >= 4)
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        const redactor = new Redactor()
        redactor.add(value)
        fc.pre(!mask.includes(value) && !mask.includes(value.trim()))
        expect(redactor.redact(`${before}${value}${after}`)).not.toContain(value)
      })
    )
  })

  it('masks every line of a key, and keeps the frame that says what it is', () => {
    const redactor = new Redactor()
    redactor.add('-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKC\nAQEAvN4f\n-----END RSA PRIVATE KEY-----\n')
    expect(redactor.redact('x MIIEowIBAAKC y')).toBe(`x ${mask} y`)
    expect(redactor.redact('-----BEGIN RSA PRIVATE KEY-----')).toBe('-----BEGIN RSA PRIVATE KEY-----')
  })

  it('knows a secret in a URL and in base64', () => {
    const redactor = new Redactor()
    redactor.add('p@ss/word')
    expect(redactor.redact('https://admin:p%40ss%2Fword@host')).toBe(`https://admin:${mask}@host`)
    expect(redactor.redact(Buffer.from('p@ss/word').toString('base64'))).toBe(mask)
  })

  it('leaves short values and absent ones alone', () => {
    const redactor = new Redactor()
    redactor.add('abc', undefined, '')
    expect(redactor.redact('abc is the beginning')).toBe('abc is the beginning')
  })

  it('masks the longer of two secrets that begin alike', () => {
    const redactor = new Redactor()
    redactor.add('secret', 'secret-and-more')
    expect(redactor.redact('secret-and-more')).toBe(mask)
  })
})
