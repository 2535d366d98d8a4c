import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync } from 'node:fs'
import { readJson, writeJson } from '../json-file.ts'
import type { TfValue } from './configuration.ts'
import { terraformVersions, type Era } from './era.ts'
import type { Attributes } from './resources.ts'

type OutputType = string | readonly [string, readonly OutputType[] | Readonly<Record<string, OutputType>>]

interface StateResource {
  readonly mode: 'managed'
  readonly type: string
  readonly name: string
  readonly provider: string
  readonly instances: readonly { readonly schema_version: 0; readonly attributes: Attributes }[]
}

interface TfState {
  version: 4
  terraform_version: string
  serial: number
  lineage: string
  outputs: Record<string, { value: TfValue; type: OutputType; sensitive?: boolean }>
  resources: StateResource[]
}

/** `terraform.tfstate` in the form of Terraform 1 (hashicorp/terraform v1.4, internal/states/statefile/version4.go). */
export class TfStateFile {
  readonly #path: string
  readonly #state: TfState
  #isBackedUp = false

  constructor(path: string, era: Era = '1') {
    this.#path = path
    this.#state = (readJson(path) as TfState | undefined) ?? {
      version: 4,
      terraform_version: terraformVersions[era],
      serial: 0,
      lineage: randomUUID(),
      outputs: {},
      resources: []
    }
  }

  /** Attributes by address, in the order of creation. */
  resources(): ReadonlyMap<string, Attributes> {
    return new Map(
      this.#state.resources.map(({ type, name, instances }) => [
        `${type}.${name}`,
        instances[0]?.attributes ?? {}
      ])
    )
  }

  outputs(): Readonly<Record<string, TfValue>> {
    return Object.fromEntries(Object.entries(this.#state.outputs).map(([name, { value }]) => [name, value]))
  }

  add(type: string, name: string, attributes: Attributes): void {
    const provider = 'provider["registry.terraform.io/causeway/lab"]'
    this.#state.resources.push({
      mode: 'managed',
      type,
      name,
      provider,
      instances: [{ schema_version: 0, attributes }]
    })
    this.#write()
  }

  remove(address: string): void {
    this.#state.resources = this.#state.resources.filter(({ type, name }) => `${type}.${name}` !== address)
    this.#write()
  }

  setOutputs(outputs: Readonly<Record<string, TfValue>>): void {
    this.#state.outputs = Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, { value, type: typeOf(value) }])
    )
    this.#write()
  }

  #write(): void {
    if (!this.#isBackedUp && existsSync(this.#path)) copyFileSync(this.#path, `${this.#path}.backup`)
    this.#isBackedUp = true
    this.#state.serial += 1
    writeJson(this.#path, this.#state)
  }
}

/** The type as Terraform writes it (terraform v1.11, cty's type notation). */
function typeOf(value: TfValue): OutputType {
  if (Array.isArray(value)) return ['tuple', value.map(typeOf)]
  if (value !== null && typeof value === 'object') {
    return ['object', Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typeOf(item)]))]
  }
  return typeof value === 'boolean' ? 'bool' : typeof value === 'number' ? 'number' : 'string'
}
