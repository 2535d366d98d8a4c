import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isGuessable } from '../../src/core/guessable.ts'
import { mask, Redactor } from '../../src/core/redact.ts'

function redactorOf(...secrets: readonly (string | undefined)[]): Redactor {
  const redactor = new Redactor()
  redactor.add(...secrets)
  return redactor
}

const key = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
  type: 'pkcs1',
  format: 'pem'
}) as string
const keyLines = key.split('\n').filter(line => /^[A-Za-z0-9+/=]{8,}$/.test(line))

describe('a redactor', () => {
  const secretText = fc.string({ minLength: 8, maxLength: 40 }).filter(text => !isGuessable(text))

  it('never lets a secret through, wherever it stands', () => {
    fc.assert(
      fc.property(secretText, fc.string(), fc.string(), (value, before, after) => {
        fc.pre(!mask.includes(value) && !mask.includes(value.trim()))
        expect(redactorOf(value).redact(`${before}${value}${after}`)).not.toContain(value)
      })
    )
  })

  it('hides secrets that overlap as one, and leaves all else as it is', () => {
    const redactor = redactorOf('abcdefgh-1', 'fgh-1-ijklmnop')
    expect(redactor.redact('<abcdefgh-1-ijklmnop> <abcdefgh>')).toBe(`<${mask}> <abcdefgh>`)
    const texts = fc.array(fc.constantFrom('abcdefgh-1', 'fgh-1-ijklmnop', ' ', 'x', 'abcdefgh'))
    fc.assert(
      fc.property(texts, parts => {
        const shown = redactor.redact(parts.join(''))
        expect(shown).not.toMatch(/abcdefgh-1|fgh-1-ijklmnop/)
        if (!/abcdefgh-1|fgh-1-ijklmnop/.test(parts.join(''))) expect(shown).toBe(parts.join(''))
      })
    )
  })

  it('masks the longer of two secrets that begin alike', () => {
    expect(redactorOf('secret-1', 'secret-1-and-more').redact('secret-1-and-more')).toBe(mask)
  })

  it.each([
    ['JSON', (text: string) => JSON.stringify({ a: text })],
    ['JSON within JSON', (text: string) => JSON.stringify(JSON.stringify({ a: text.replaceAll('"', '') }))],
    [
      'the JSON of Go',
      (text: string) =>
        JSON.stringify(text).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')
    ],
    ['a URL', (text: string) => `https://admin:${encodeURIComponent(text)}@host/`],
    ['a form', (text: string) => new URLSearchParams({ text }).toString()],
    ['single quotes of a shell', (text: string) => `'${text.replaceAll("'", `'\\''`)}'`],
    ['double quotes of a shell', (text: string) => `"${text.replace(/["$`\\]/g, '\\$&')}"`],
    ['single quotes of YAML', (text: string) => `'${text.replaceAll("'", "''")}'`],
    ['base64', (text: string) => Buffer.from(text).toString('base64')],
    ['base64 for URLs', (text: string) => Buffer.from(text).toString('base64url')],
    ['an Authorization header', (text: string) => Buffer.from(`admin:${text}`).toString('base64')],
    ['the midst of base64', (text: string) => Buffer.from(`ab${text}cd`).toString('base64')]
  ])('knows a secret in %s', (_, write) => {
    for (const secret of [`p@ss/w'r"d<&>$ 1`, 'e3T5cfgjXjWzkGAbDmkBAErCMQQoUz'].slice(
      _ === 'JSON within JSON' ? 1 : 0
    )) {
      const shown = redactorOf(secret).redact(`before ${write(secret)} after`)
      expect(shown).toMatch(/^before .*\(\(redacted\)\).* after$/)
      // What may be left of it are the bits that it shares with what stands around it.
      expect(shown.replace(mask, '').length).toBeLessThan('before https://admin:@host/ after'.length + 8)
    }
  })
})

describe('a private key', () => {
  it('is masked line by line, as logs are cut; the frame tells what it is', () => {
    const redactor = redactorOf(key)
    for (const line of keyLines) expect(redactor.redact(`    ${line}`)).toBe(`    ${mask}`)
    expect(redactor.redact('-----BEGIN RSA PRIVATE KEY-----')).toBe('-----BEGIN RSA PRIVATE KEY-----')
  })

  it.each([
    ['indented, as in YAML', key.replaceAll('\n', '\n      ')],
    ['in JSON', JSON.stringify({ key })],
    ['in base64', Buffer.from(key).toString('base64')],
    [
      'in base64 with line ends',
      (
        Buffer.from(key)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join('\n')
    ],
    ['with CRLF', key.replaceAll('\n', '\r\n')]
  ])('is known %s', (_, text) => {
    const shown = redactorOf(key).redact(text)
    for (const line of keyLines) expect(shown).not.toContain(line)
    expect(shown).not.toContain(Buffer.from(key).toString('base64').slice(100, 140))
  })

  it('is found in the key of a service account, which is JSON', () => {
    const account = JSON.stringify({ type: 'service_account', project_id: 'play', private_key: key }, null, 2)
    const redactor = redactorOf(account)
    for (const line of keyLines) expect(redactor.redact(line)).toBe(mask)
    expect(redactor.redact('"project_id": "play",')).toBe('"project_id": "play",')
  })

  it('is no certificate: those are public', () => {
    const certificate = `-----BEGIN CERTIFICATE-----\n${keyLines.join('\n')}\n-----END CERTIFICATE-----\n`
    expect(redactorOf(certificate).redact(certificate)).toBe(certificate)
    const both = `${certificate}-----BEGIN PRIVATE KEY-----\n${'A1b2'.repeat(16)}\n-----END PRIVATE KEY-----\n`
    expect(redactorOf(both).redact(keyLines[0] ?? '')).toBe(keyLines[0])
    expect(redactorOf(both).redact('A1b2'.repeat(16))).toBe(mask)
  })
})

describe('a value that anybody could guess', () => {
  it.each([
    'admin',
    'true',
    '8443',
    '12345678',
    'hunter2',
    'password',
    '10.0.0.6',
    '10.0.0.0/16',
    'aaaaaaaaaaaa'
  ])('%s is left where it stands', value => {
    const text = `${value} is up; the user ${value}, ${value}s and x${value}`
    expect(redactorOf(value).redact(text)).toBe(text)
  })

  it.each([
    'password: admin',
    'PASSWORD=admin',
    '"directorPassword":"admin"',
    "client-secret 'admin'",
    'https://user:admin@host'
  ])('is hidden in %s', text => {
    const shown = redactorOf('admin').redact(text)
    expect(shown).not.toContain('admin')
    expect(shown).toContain(mask)
  })

  it('is no part of a longer word there', () => {
    expect(redactorOf('admin').redact('token administrator')).toBe('token administrator')
  })

  it('is also what is said in plain in the same place', () => {
    const redactor = redactorOf('play-fern-1', 'region')
    redactor.addPublic('play-fern-1', 'region')
    expect(redactor.redact('play-fern-1 token region')).toBe('play-fern-1 token region')
  })

  it('is not learned at all where it is blank', () => {
    expect(redactorOf('', '  \n', undefined).redact('password:   \n')).toBe('password:   \n')
  })
})

describe('a source', () => {
  it('is asked when it is named, and again when something may have changed', () => {
    const found = ['first-secret']
    const redactor = new Redactor()
    redactor.watch('a', () => learn => found.forEach(learn))
    redactor.watch('a', () => () => expect.fail('named twice'))
    expect(redactor.redact('first-secret, second-secret')).toBe(`${mask}, second-secret`)
    found.push('second-secret')
    redactor.refresh()
    expect(redactor.redact('first-secret, second-secret')).toBe(`${mask}, ${mask}`)
  })
})

it('takes time for the text rather than for each secret', () => {
  const secrets = Array.from({ length: 500 }, () => randomBytes(16).toString('hex'))
  const line = `Task 42 | 18:01:22 | Updating instance diego-cell: diego-cell/${randomBytes(16).toString('hex')} (0)\n`
  const text = line.repeat(20_000)
  const millis = (redactor: Redactor): number => {
    redactor.redact(line)
    const start = performance.now()
    redactor.redact(text)
    return performance.now() - start
  }
  const few = millis(redactorOf(...secrets.slice(0, 5)))
  const many = millis(redactorOf(...secrets))
  expect(many).toBeLessThan(20 * few + 200)
})
