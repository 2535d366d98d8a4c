import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { UserError } from '../core/errors.ts'

/** What encrypts and decrypts the state of one environment, and proves who wrote it. */
export interface StateKeys {
  /** Public keys that read what is encrypted: those of our identities, and the further readers. Sorted. */
  readonly recipients: readonly string[]
  /** The public keys of our identities. */
  readonly own: readonly string[]
  encrypt(content: Uint8Array): Promise<Uint8Array>
  /** Throws where it is encrypted for others, or not whole. */
  decrypt(content: Uint8Array): Promise<Uint8Array>
  /** Own recipient → seal of a digest. */
  seal(digest: string): Readonly<Record<string, string>>
  /** Whether one of our identities has sealed that digest. */
  hasSealed(digest: string, seals: Readonly<Record<string, string>>): boolean
}

/**
 * Opens the keys: one or several age identities, one per line, and the recipients beside them. A line that is empty or
 * begins with `#` counts as none, as in the files of age-keygen. Throws a UserError (findings) that never shows a line.
 */
export async function openKeys(identities: string, readers: readonly string[] = []): Promise<StateKeys> {
  const lines = identities.split('\n').map(line => line.trim())
  const secrets = lines.filter(line => line !== '' && !line.startsWith('#'))
  if (secrets.length === 0) throw noIdentity('found none')
  const pairs = await Promise.all(
    secrets.map(async secret => ({ secret, recipient: await recipientOf(secret) }))
  )
  const own = [...new Set(pairs.map(({ recipient }) => recipient))]
  const recipients = [...new Set([...own, ...readers])].sort()

  const encrypter = new Encrypter()
  for (const recipient of recipients) addReader(encrypter, recipient)
  const decrypter = new Decrypter()
  for (const { secret } of pairs) decrypter.addIdentity(secret)
  const sealers = pairs.map(({ secret, recipient }) => [recipient, sealerOf(secret)] as const)

  return {
    recipients,
    own,
    encrypt: content => encrypter.encrypt(content),
    decrypt: content => decrypter.decrypt(content),
    seal: digest =>
      Object.fromEntries(sealers.map(([recipient, seal]) => [recipient, seal(digest).toString('base64')])),
    hasSealed: (digest, seals) =>
      sealers.some(([recipient, seal]) => {
        const found = Buffer.from(seals[recipient] ?? '', 'base64')
        const right = seal(digest)
        return found.length === right.length && timingSafeEqual(found, right)
      })
  }
}

/** A new identity: a secret of one line. */
export function newIdentity(): Promise<string> {
  return generateX25519Identity()
}

async function recipientOf(identity: string): Promise<string> {
  // Other kinds of identity have no recipient of one short line, or none at all.
  if (!identity.startsWith('AGE-SECRET-KEY-1')) throw noIdentity('found a line that is none')
  return identityToRecipient(identity).catch(() => {
    throw noIdentity('found one that is not whole')
  })
}

function noIdentity(found: string): UserError {
  return new UserError(
    'findings',
    `the state's identity: ${found}, expected AGE-SECRET-KEY-1…, one per line`,
    {
      hint: 'make one with `age-keygen`, and put it into the credential manager'
    }
  )
}

function addReader(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient)
  } catch (thrown) {
    throw new UserError(
      'findings',
      `the state's recipients: found ${JSON.stringify(recipient)}, expected age1…`,
      {
        hint: 'write the public key that `age-keygen -y` prints',
        cause: thrown
      }
    )
  }
}

/** The key of the seals is made of the identity, and tells nothing of it. */
function sealerOf(identity: string): (digest: string) => Buffer {
  const key = Buffer.from(hkdfSync('sha256', identity, '', 'causeway state seal 1', 32))
  return digest => createHmac('sha256', key).update(digest).digest()
}
