import { isIP } from 'node:net'
import type { CertificateParameters } from './certificate.ts'
import { bits, der, octets, oid, sequence, trueValue } from './der.ts'

/** The order is that of the bits (RFC 5280, 4.2.1.3). */
const usages = [
  'digital_signature',
  'non_repudiation',
  'key_encipherment',
  'data_encipherment',
  'key_agreement',
  'key_cert_sign',
  'crl_sign'
]

/** RFC 5280, 4.2.1.12. */
const extendedUsages: Readonly<Record<string, string>> = {
  server_auth: '1.3.6.1.5.5.7.3.1',
  client_auth: '1.3.6.1.5.5.7.3.2',
  code_signing: '1.3.6.1.5.5.7.3.3',
  email_protection: '1.3.6.1.5.5.7.3.4',
  timestamping: '1.3.6.1.5.5.7.3.8'
}

/** What a certificate is good for, and for which names. */
export function extensionsOf(parameters: CertificateParameters, keyId: Buffer): Buffer {
  const isCa = parameters.is_ca === true
  const usage = parameters.key_usage ?? (isCa ? ['key_cert_sign', 'crl_sign'] : [])
  const extended = (parameters.extended_key_usage ?? []).flatMap(name => extendedUsages[name] ?? [])
  const names = parameters.alternative_names ?? []
  return sequence(
    extension('2.5.29.19', sequence(...(isCa ? [trueValue] : [])), true),
    extension('2.5.29.14', octets(keyId)),
    ...(usage.length === 0 ? [] : [extension('2.5.29.15', usageBits(usage), true)]),
    ...(extended.length === 0 ? [] : [extension('2.5.29.37', sequence(...extended.map(oid)))]),
    ...(names.length === 0 ? [] : [extension('2.5.29.17', sequence(...names.map(alternativeName)))])
  )
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  return sequence(oid(id), ...(isCritical ? [trueValue] : []), octets(value))
}

/** Bits at the end that are zero are left out, as DER asks for named bits. */
function usageBits(usage: readonly string[]): Buffer {
  const wanted = usages.map(name => usage.includes(name))
  const last = wanted.lastIndexOf(true)
  const byte = wanted.reduce((sum, isWanted, index) => sum + (isWanted ? 0x80 >> index : 0), 0)
  return bits(Buffer.from([byte]), 7 - Math.max(last, 0))
}

/** Host names have the tag 2, addresses 7 (RFC 5280, 4.2.1.6). */
function alternativeName(name: string): Buffer {
  return isIP(name) === 4 ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name))
}
