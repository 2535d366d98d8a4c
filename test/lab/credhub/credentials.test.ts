import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CaMissing, generateCredential } from '../../../src/lab/credentials/generate.ts'
import { textAt, type Value, type ValueMap } from '../../../src/manifest/value.ts'

function certificate(parameters: ValueMap, ca?: Value): Promise<Value> {
  return generateCredential({ type: 'certificate', parameters }, () => ca)
}

function read(value: Value): X509Certificate {
  return new X509Certificate(textAt(value, 'certificate') ?? '')
}

function keyOf(value: Value): string {
  return createPublicKey(createPrivateKey(textAt(value, 'private_key') ?? ''))
    .export({ type: 'spki', format: 'pem' })
    .toString()
}

describe('a certificate', () => {
  it.each([
    ['elliptic', {}, 'ec'],
    ['RSA', { key_length: 2048 }, 'rsa']
  ])('is signed by its CA, with %s keys', async (_, length, type) => {
    const ca = await certificate({ is_ca: true, common_name: 'lab CA', ...length })
    const leaf = await certificate({ ca: 'lab CA', common_name: 'api.lab', ...length }, ca)
    const [caRead, leafRead] = [read(ca), read(leaf)]
    expect(caRead.ca && caRead.verify(caRead.publicKey)).toBe(true)
    expect(leafRead.checkIssued(caRead) && leafRead.verify(caRead.publicKey)).toBe(true)
    expect(leafRead.ca).toBe(false)
    expect(leafRead.publicKey.asymmetricKeyType).toBe(type)
    expect(leafRead.publicKey.export({ type: 'spki', format: 'pem' })).toBe(keyOf(leaf))
    expect(textAt(leaf, 'ca')).toBe(textAt(ca, 'certificate'))
  })

  it('is for the names and addresses that it was asked for, and for no other', async () => {
    const leaf = await certificate({
      common_name: 'api.lab',
      organization: 'Lab & Söhne',
      alternative_names: ['*.cf.lab', '127.1.2.3']
    })
    expect(read(leaf).subject).toBe('O=Lab & Söhne\nCN=api.lab')
    expect(read(leaf).checkHost('login.cf.lab')).toBe('*.cf.lab')
    expect(read(leaf).checkHost('login.lab')).toBeUndefined()
    expect(read(leaf).checkIP('127.1.2.3')).toBe('127.1.2.3')
    expect(read(leaf).checkIP('127.1.2.4')).toBeUndefined()
  })

  it('ends after the days that were asked for, and is of use as it was asked for', async () => {
    const leaf = read(
      await certificate({ common_name: 'x', duration: 30, extended_key_usage: ['client_auth'] })
    )
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
    const days = (Date.parse(leaf.validTo) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(29.99)
    expect(days).toBeLessThan(30.01)
  })

  it('needs the CA that it names', async () => {
    await expect(certificate({ ca: '/absent', common_name: 'x' })).rejects.toThrow(CaMissing)
  })
})

describe('a credential', () => {
  it('is an SSH key that fits its public half', async () => {
    const ssh = await generateCredential(
      { type: 'ssh', parameters: { ssh_comment: 'me@lab' } },
      () => undefined
    )
    const [kind, body = '', comment] = (textAt(ssh, 'public_key') ?? '').split(' ')
    expect([kind, comment]).toEqual(['ssh-rsa', 'me@lab'])
    const { n = '' } = createPublicKey(keyOf(ssh)).export({ format: 'jwk' })
    expect(Buffer.from(body, 'base64').includes(Buffer.from(n, 'base64url'))).toBe(true)
  })

  it('is an RSA key with both halves', async () => {
    const rsa = await generateCredential({ type: 'rsa', parameters: {} }, () => undefined)
    expect(textAt(rsa, 'public_key')?.trim()).toBe(keyOf(rsa).trim())
  })

  it('is a password of the letters that it may have', async () => {
    const parameters = { length: 200, exclude_lower: true, exclude_number: true }
    const password = await generateCredential({ type: 'password', parameters }, () => undefined)
    expect(password).toMatch(/^[A-Z]{200}$/)
  })

  it('is a user with the name that was asked for', async () => {
    const user = await generateCredential(
      { type: 'user', parameters: { username: 'admin' } },
      () => undefined
    )
    expect(textAt(user, 'username')).toBe('admin')
    expect(textAt(user, 'password')).toMatch(/^[A-Za-z0-9]{30}$/)
  })
})
