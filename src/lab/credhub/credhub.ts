import { randomUUID, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { CaMissing, generateCredential, isCredentialType } from '../credentials/generate.ts'
import { isEqual, textAt, type Value, type ValueMap } from '../../manifest/value.ts'
import { Saved } from '../saved.ts'
import { absolute, CredhubError, missing, type Credential } from './credential.ts'

/** What happens to a credential that is there already when it shall be generated (credhub 2.12, docs/mutual-tls.md and API docs). */
export type Mode = 'overwrite' | 'no-overwrite' | 'converge'

export interface GenerateRequest {
  readonly name: string
  readonly type: string
  readonly parameters?: ValueMap
  readonly mode?: Mode
  readonly metadata?: ValueMap
}

export interface SetRequest {
  readonly name: string
  readonly type: string
  readonly value: Value
  readonly metadata?: ValueMap
}

/** Credentials by name with all their versions, newest first. Upper and lower case make no difference in a name. */
export class Credhub {
  readonly #saved: Saved<Record<string, Credential[]>>
  /** Generations under way: a certificate waits for its CA, and one name is never generated twice at once. */
  readonly #running = new Map<string, Promise<unknown>>()

  constructor(folder: string) {
    this.#saved = new Saved(join(folder, 'credentials.json'), {})
  }

  /** The latest version; undefined where there is none. */
  latest(name: string): Credential | undefined {
    return this.versions(name)[0]
  }

  versions(name: string): readonly Credential[] {
    return this.#saved.data[keyOf(name)] ?? []
  }

  byId(id: string): Credential | undefined {
    return Object.values(this.#saved.data)
      .flat()
      .find(credential => credential.id === id)
  }

  /** The latest version of each, newest first. */
  all(): readonly Credential[] {
    const latest = Object.values(this.#saved.data).flatMap(versions => versions[0] ?? [])
    return latest.sort((left, right) => (left.version_created_at < right.version_created_at ? 1 : -1))
  }

  set({ name, type, value, metadata }: SetRequest): Credential {
    this.#mustKeepType(name, type)
    const isNamed = type === 'certificate' && textAt(value, 'ca_name') !== undefined
    const kept = isNamed
      ? { ...(value as ValueMap), ca: this.#certificateOf(textAt(value, 'ca_name') ?? '') }
      : value
    return this.#add(name, type, kept, metadata)
  }

  /** A generated value, or the one that is there, as `mode` says. Throws a CredhubError. */
  async generate(request: GenerateRequest): Promise<Credential> {
    const key = keyOf(request.name)
    const before = this.#running.get(key) ?? Promise.resolve()
    const work = before.catch(() => undefined).then(() => this.#generate(request))
    this.#running.set(key, work)
    try {
      return await work
    } finally {
      if (this.#running.get(key) === work) this.#running.delete(key)
    }
  }

  async regenerate(name: string, metadata?: ValueMap): Promise<Credential> {
    const found = this.latest(name)
    if (found === undefined) throw missing()
    const { type, parameters } = found
    if (parameters === undefined) {
      throw new CredhubError(
        400,
        `The ${type} could not be regenerated because the value was statically set. Only generated ${type}s may be regenerated.`
      )
    }
    return this.generate({ name, type, parameters, mode: 'overwrite', ...(metadata && { metadata }) })
  }

  /** Names of the certificates that a CA has signed. */
  signedBy(ca: string): readonly string[] {
    return this.all()
      .filter(({ parameters }) => textAt(parameters, 'ca') === absolute(ca))
      .map(({ name }) => name)
  }

  delete(name: string): void {
    if (this.latest(name) === undefined) throw missing()
    Reflect.deleteProperty(this.#saved.data, keyOf(name))
    this.#saved.touch()
  }

  flush(): void {
    this.#saved.flush()
  }

  async #generate({
    name,
    type,
    parameters = {},
    mode = 'no-overwrite',
    metadata
  }: GenerateRequest): Promise<Credential> {
    const found = this.latest(name)
    const ca = textAt(parameters, 'ca')
    const wanted = ca === undefined ? parameters : { ...parameters, ca: absolute(ca) }
    const isSame = found?.parameters !== undefined && isEqual(found.parameters, wanted)
    if (found !== undefined && (mode === 'no-overwrite' || (mode === 'converge' && isSame))) return found
    if (!isCredentialType(type)) {
      throw new CredhubError(
        400,
        'Credentials of this type cannot be generated. Please adjust the credential type and retry your request.'
      )
    }
    this.#mustKeepType(name, type)
    try {
      const value = await generateCredential({ type, parameters: wanted }, async caName => {
        await this.#running.get(keyOf(caName))
        return this.latest(caName)?.value
      })
      return this.#add(name, type, value, metadata, wanted)
    } catch (thrown) {
      throw thrown instanceof CaMissing ? missing() : thrown
    }
  }

  #certificateOf(name: string): string {
    const certificate = textAt(this.latest(name)?.value, 'certificate')
    if (certificate === undefined) throw missing()
    return certificate
  }

  #mustKeepType(name: string, type: string): void {
    const found = this.latest(name)
    if (found === undefined || found.type === type) return
    throw new CredhubError(
      400,
      'The credential type cannot be modified. Please delete the credential if you wish to create it with a different type.'
    )
  }

  #add(name: string, type: string, value: Value, metadata?: ValueMap, parameters?: ValueMap): Credential {
    const credential: Credential = {
      id: randomUUID(),
      name: absolute(name),
      type,
      value,
      metadata: metadata ?? null,
      version_created_at: new Date().toISOString().replace(/\.\d+/, ''),
      ...(parameters && { parameters })
    }
    const key = keyOf(name)
    this.#saved.data[key] = [credential, ...(this.#saved.data[key] ?? [])]
    this.#saved.touch()
    return credential
  }
}

/** When a certificate ends, ISO 8601; undefined for anything else. */
export function expiryOf({ type, value }: Credential): string | undefined {
  const certificate = textAt(value, 'certificate')
  if (type !== 'certificate' || certificate === undefined) return undefined
  return new Date(new X509Certificate(certificate).validTo).toISOString().replace(/\.\d+/, '')
}

function keyOf(name: string): string {
  return absolute(name).toLowerCase()
}
