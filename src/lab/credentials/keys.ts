import { createPublicKey, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'

/** A key pair in PEM: the public key as SPKI. */
export interface KeyPair {
  readonly publicKey: string
  readonly privateKey: string
}

const generate = promisify(generateKeyPair)

/** The private key is PKCS #1, as CredHub and the bosh CLI give it. Generated on a thread of its own. */
export async function generateRsa(bits: number): Promise<KeyPair> {
  return generate('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' }
  })
}

/** A key on the curve P-256, which takes a thousandth of the time of an RSA key. */
export async function generateEc(): Promise<KeyPair> {
  return generate('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'sec1', format: 'pem' }
  })
}

/** `ssh-rsa AAAA… comment`, the line of an authorized_keys file (RFC 4253, section 6.6). */
export function sshPublicKey(publicKey: string, comment = ''): string {
  const { n = '', e = '' } = createPublicKey(publicKey).export({ format: 'jwk' })
  const parts = [Buffer.from('ssh-rsa'), sshInteger(e), sshInteger(n)]
  const blob = Buffer.concat(parts.flatMap(part => [lengthOf(part), part]))
  return ['ssh-rsa', blob.toString('base64'), comment].filter(word => word !== '').join(' ')
}

/** A number as SSH writes it: a leading zero keeps the highest bit from being read as a sign. */
function sshInteger(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url')
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(part.length)
  return length
}
