import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  X509Certificate
} from 'node:crypto'
import { bits, children, integer, oid, sequence, set, tagged, text, time } from './der.ts'
import { extensionsOf } from './certificate-extensions.ts'
import { generateEc, generateRsa } from './keys.ts'

/** What a manifest says of a certificate, in the spelling of bosh.io/docs/variable-types. */
export interface CertificateParameters {
  readonly common_name?: string
  readonly alternative_names?: readonly string[]
  readonly organization?: string
  readonly organization_unit?: string
  readonly key_usage?: readonly string[]
  readonly extended_key_usage?: readonly string[]
  readonly is_ca?: boolean
  /** Days. @default 365 */
  readonly duration?: number
  /** Bits of an RSA key. @default a P-256 key, where CredHub takes RSA with 2048 bits */
  readonly key_length?: number
}

export interface Certificate {
  /** PEM of the certificate that signed this one; its own where it signed itself. */
  readonly ca: string
  readonly certificate: string
  readonly private_key: string
}

const dayMillis = 86_400_000

/**
 * A new X.509 certificate (RFC 5280) with its key, signed by a CA or, where none is given, by itself. The key is an elliptic
 * one unless a length is asked for: RSA keys for the dozens of certificates of a Cloud Foundry would be most of a deploy's time.
 */
export async function issueCertificate(
  parameters: CertificateParameters,
  ca?: Pick<Certificate, 'certificate' | 'private_key'>
): Promise<Certificate> {
  const keys = await (parameters.key_length === undefined ? generateEc() : generateRsa(parameters.key_length))
  const publicKey = createPublicKey(keys.publicKey).export({ type: 'spki', format: 'der' })
  const signer = createPrivateKey(ca?.private_key ?? keys.privateKey)
  const algorithm = signer.asymmetricKeyType === 'rsa' ? sha256WithRsa : sha256WithEcdsa
  const subject = nameOf(parameters)
  const now = Date.now()
  const signed = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    algorithm,
    ca === undefined ? subject : subjectOf(ca.certificate),
    // A clock that is a little behind must not find the certificate too young.
    sequence(time(new Date(now - 60_000)), time(new Date(now + (parameters.duration ?? 365) * dayMillis))),
    subject,
    publicKey,
    tagged(3, extensionsOf(parameters, keyIdOf(publicKey)))
  )
  const certificate = pem(sequence(signed, algorithm, bits(sign('sha256', signed, signer))))
  return { ca: ca?.certificate ?? certificate, certificate, private_key: keys.privateKey }
}

const sha256WithRsa = sequence(oid('1.2.840.113549.1.1.11'), Buffer.from([0x05, 0x00]))
const sha256WithEcdsa = sequence(oid('1.2.840.10045.4.3.2'))

const nameParts = [
  ['organization', '2.5.4.10'],
  ['organization_unit', '2.5.4.11'],
  ['common_name', '2.5.4.3']
] as const

function nameOf(parameters: CertificateParameters): Buffer {
  const parts = nameParts.flatMap(([key, id]) => {
    const value = parameters[key]
    return value === undefined ? [] : [set(sequence(oid(id), text(value)))]
  })
  return sequence(...parts)
}

/** The subject of a certificate as the bytes that a certificate signed by it must name as its issuer. */
function subjectOf(certificate: string): Buffer {
  const [signed = Buffer.alloc(0)] = children(new X509Certificate(certificate).raw)
  const [, , , , , subject = Buffer.alloc(0)] = children(signed)
  return subject
}

/** Any number that is the key's own will do (RFC 5280, 4.2.1.2). */
function keyIdOf(publicKey: Buffer): Buffer {
  return createHash('sha1').update(publicKey).digest()
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
