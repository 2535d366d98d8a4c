import { randomInt } from 'node:crypto'
import { at, isMap, listAt, textAt, type Value, type ValueMap } from '../../manifest/value.ts'
import { issueCertificate, type CertificateParameters } from './certificate.ts'
import { generateRsa, sshPublicKey } from './keys.ts'

/** The types that can be generated (bosh.io/docs/variable-types). */
export const credentialTypes = ['password', 'certificate', 'rsa', 'ssh', 'user'] as const
export type CredentialType = (typeof credentialTypes)[number]

export function isCredentialType(type: string): type is CredentialType {
  return credentialTypes.some(known => known === type)
}

/** The value of the CA that a certificate names; undefined where there is none. */
export type FindCa = (name: string) => Value | undefined | Promise<Value | undefined>

export interface Wanted {
  readonly type: CredentialType
  /** `options` of a variable in a manifest, `parameters` of a request to CredHub. */
  readonly parameters: ValueMap
}

/** A certificate names a CA that is not there. */
export class CaMissing extends Error {
  readonly ca: string

  constructor(ca: string) {
    super(`CA '${ca}' was not found`)
    this.name = 'CaMissing'
    this.ca = ca
  }
}

const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const digits = '0123456789'
const special = '!"#$%&\'()*,-./:;<=>?@[]^_`{|}~'

/** A new value of a type, in the shape that CredHub and a vars store keep. Throws CaMissing. */
export async function generateCredential({ type, parameters }: Wanted, findCa: FindCa): Promise<Value> {
  switch (type) {
    case 'password':
      return generatePassword(parameters)
    case 'user':
      return {
        username: textAt(parameters, 'username') ?? generatePassword({ length: 20 }),
        password: generatePassword(parameters)
      }
    case 'rsa': {
      const { publicKey, privateKey } = await generateRsa(numberAt(parameters, 'key_length') ?? 2048)
      return { public_key: publicKey, private_key: privateKey }
    }
    case 'ssh': {
      const { publicKey, privateKey } = await generateRsa(numberAt(parameters, 'key_length') ?? 2048)
      const comment = textAt(parameters, 'ssh_comment')
      return { public_key: sshPublicKey(publicKey, comment), private_key: privateKey }
    }
    case 'certificate':
      return {
        ...(await issueCertificate(certificateParameters(parameters), await caOf(parameters, findCa)))
      }
  }
}

/** Letters and digits, 30 of them unless `length` says otherwise; `include_special`, `exclude_upper` … as in CredHub. */
export function generatePassword(parameters: ValueMap = {}): string {
  const alphabet = [
    at(parameters, 'exclude_lower') === true ? '' : lower,
    at(parameters, 'exclude_upper') === true ? '' : upper,
    at(parameters, 'exclude_number') === true ? '' : digits,
    at(parameters, 'include_special') === true ? special : ''
  ].join('')
  const length = numberAt(parameters, 'length') ?? 30
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

async function caOf(
  parameters: ValueMap,
  findCa: FindCa
): Promise<{ certificate: string; private_key: string } | undefined> {
  const name = textAt(parameters, 'ca')
  if (name === undefined || name === '') return undefined
  const ca = await findCa(name)
  const certificate = textAt(ca, 'certificate')
  const key = textAt(ca, 'private_key')
  if (certificate === undefined || key === undefined) throw new CaMissing(name)
  return { certificate, private_key: key }
}

function certificateParameters(parameters: ValueMap): CertificateParameters {
  const texts = (key: string): readonly string[] | undefined =>
    isMap(parameters) && key in parameters ? listAt(parameters, key).map(String) : undefined
  const known = {
    common_name: textAt(parameters, 'common_name'),
    organization: textAt(parameters, 'organization'),
    organization_unit: textAt(parameters, 'organization_unit'),
    alternative_names: texts('alternative_names'),
    key_usage: texts('key_usage'),
    extended_key_usage: texts('extended_key_usage'),
    is_ca: at(parameters, 'is_ca') === true,
    duration: numberAt(parameters, 'duration'),
    key_length: numberAt(parameters, 'key_length')
  }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

function numberAt(parameters: ValueMap, key: string): number | undefined {
  const found = at(parameters, key)
  return typeof found === 'number' ? found : undefined
}
