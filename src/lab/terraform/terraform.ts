import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { UserError } from '../../core/errors.ts'
import { CloudError } from '../cloud/cloud-error.ts'
import { Cloud } from '../cloud/cloud.ts'
import { faultPoint } from '../faults.ts'
import { paceOf, readSettings, type Pace } from '../pace.ts'
import {
  evaluate,
  readConfiguration,
  undeclared,
  type Source,
  type TfResource,
  type TfValue
} from './configuration.ts'
import { breakingVersion, installedVersion, installPlugins } from './plugins.ts'
import { compareVersions } from './requirements.ts'
import { resourceTypes, type Attributes } from './resources.ts'
import { TfStateFile } from './state-file.ts'

export interface TerraformOptions extends Source {
  readonly lab: string
  readonly statePath: string
  /** What Terraform prints. */
  readonly print: (line: string) => void
  /** Aborted by an interrupt: what is being made is finished, and nothing more is begun. */
  readonly interrupted?: AbortSignal
}

/** How long each resource takes, at pace 1. */
const millis = 40

interface Run {
  readonly options: TerraformOptions
  readonly cloud: Cloud
  readonly pace: Pace
  readonly state: TfStateFile
}

/** `terraform init`: reads the files, which is where a broken one is found, and installs the providers that they require. */
export async function terraformInit(options: TerraformOptions, isUpgrade: boolean): Promise<void> {
  const { lab, folder, print } = options
  await faultPoint(lab, 'terraform', isUpgrade ? 'init --upgrade' : 'init')
  print('\nInitializing the backend...')
  const configuration = readConfiguration(options)
  print('\nInitializing provider plugins...')
  installPlugins(lab, folder, configuration, isUpgrade)
  print('\nTerraform has been successfully initialized!')
}

/**
 * `terraform apply -auto-approve`: what the files say and the cloud lacks is created, what the files say no more is destroyed. The state
 * file is written after each step. Throws a UserError in Terraform's words.
 */
export async function terraformApply(options: TerraformOptions): Promise<void> {
  const run = begin(options)
  await faultPoint(options.lab, 'terraform', 'apply')
  const provider = installedVersion(options.folder)
  const { resources, outputs, variables } = readConfiguration(options)
  refuseOldArguments(resources, provider)
  const wanted = new Set(resources.map(({ address }) => address))
  const removed = [...run.state.resources().keys()].filter(address => !wanted.has(address))
  for (const address of removed.reverse()) await destroyOne(run, address)
  let added = 0
  for (const resource of resources) {
    const inputs = evaluateAll(resource, run, variables)
    if (isThere(run, resource, inputs)) continue
    if (run.state.resources().has(resource.address)) await destroyOne(run, resource.address)
    await createOne(run, resource, inputs)
    added += 1
  }
  const lookUp = lookUpIn(run, variables)
  run.state.setOutputs(
    Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, evaluate(value, lookUp)]))
  )
  options.print(`\nApply complete! Resources: ${added} added, 0 changed, ${removed.length} destroyed.`)
}

/** `terraform destroy -auto-approve`: the last first. A resource that the cloud needs stays, and everything before it. */
export async function terraformDestroy(options: TerraformOptions): Promise<void> {
  const run = begin(options)
  await faultPoint(options.lab, 'terraform', 'destroy')
  installedVersion(options.folder)
  const addresses = [...run.state.resources().keys()]
  for (const address of [...addresses].reverse()) await destroyOne(run, address)
  run.state.setOutputs({})
  options.print(`\nDestroy complete! Resources: ${addresses.length} destroyed.`)
}

/** `terraform output --json`, as plain values. Throws where the providers of the state are not installed any more (bosh-bootloader#560). */
export function terraformOutputs({
  folder,
  statePath
}: Pick<TerraformOptions, 'folder' | 'statePath'>): Readonly<Record<string, TfValue>> {
  installedVersion(folder)
  return new TfStateFile(statePath).outputs()
}

/** `terraform show`: a state file that holds nothing is not the same as none (terraform v1.11, internal/command/jsonformat). */
export function terraformShow(statePath: string): string {
  if (!existsSync(statePath)) return 'No state.'
  const addresses = [...new TfStateFile(statePath).resources().keys()]
  if (addresses.length === 0) return 'The state file is empty. No resources are represented.'
  return addresses.map(address => `# ${address}:`).join('\n')
}

/** A provider of a new major version does not know what the files say to the old one (bosh-bootloader#688). */
function refuseOldArguments(resources: readonly TfResource[], provider: string | undefined): void {
  if (provider === undefined || compareVersions(provider, breakingVersion) < 0) return
  const old = resources.find(({ attributes }) => 'tags' in attributes)
  if (old === undefined) return
  throw new UserError(
    'findings',
    `Error: Unsupported argument\n\n  in resource "${old.type}" "${old.name}":\n\nAn argument named "tags" is not expected here.`,
    { hint: `require a version of the provider below ${breakingVersion}` }
  )
}

function begin(options: TerraformOptions): Run {
  const { lab, statePath } = options
  return {
    options,
    cloud: new Cloud(lab),
    pace: paceOf(readSettings(lab)),
    state: new TfStateFile(statePath, options.era)
  }
}

/** Whether the resource exists as the files want it, in the state and in the cloud. */
function isThere({ cloud, state }: Run, resource: TfResource, inputs: Attributes): boolean {
  const known = state.resources().get(resource.address)
  const kind = resourceTypes[resource.type]?.kind
  if (known === undefined || kind === undefined) return false
  const isSame = Object.entries(inputs).every(([key, value]) => isDeepStrictEqual(known[key], value))
  return isSame && cloud.find(kind, idOf(known)) !== undefined
}

async function createOne(
  { options, cloud, pace, state }: Run,
  resource: TfResource,
  inputs: Attributes
): Promise<void> {
  refuseToGoOn(options)
  const { type, name, address } = resource
  const definition = resourceTypes[type]
  if (definition === undefined) throw undeclared(address)
  options.print(`${address}: Creating...`)
  await faultPoint(options.lab, 'terraform', `create ${address}`)
  await pace(millis)
  const attributes = await definition.create(cloud, inputs).catch((thrown: unknown) => {
    throw inWords(thrown, `Error creating ${address}`)
  })
  state.add(type, name, attributes)
  options.print(`${address}: Creation complete after 0s [id=${idOf(attributes)}]`)
}

async function destroyOne({ options, cloud, pace, state }: Run, address: string): Promise<void> {
  refuseToGoOn(options)
  const attributes = state.resources().get(address) ?? {}
  const kind = resourceTypes[address.split('.')[0] ?? '']?.kind
  options.print(`${address}: Destroying... [id=${idOf(attributes)}]`)
  await faultPoint(options.lab, 'terraform', `destroy ${address}`)
  await pace(millis)
  try {
    if (kind !== undefined) cloud.delete(kind, idOf(attributes))
  } catch (thrown) {
    const isGone = thrown instanceof CloudError && thrown.code === 'not-found'
    if (!isGone) throw inWords(thrown, `Error deleting ${address}`)
  }
  state.remove(address)
  options.print(`${address}: Destruction complete after 0s`)
}

function refuseToGoOn({ interrupted }: TerraformOptions): void {
  if (interrupted?.aborted !== true) return
  throw new UserError('program', 'Error: execution halted', { hint: 'apply again' })
}

function evaluateAll(resource: TfResource, run: Run, variables: Attributes): Attributes {
  const lookUp = lookUpIn(run, variables)
  return Object.fromEntries(
    Object.entries(resource.attributes).map(([key, value]) => [key, evaluate(value, lookUp)])
  )
}

function lookUpIn({ state }: Run, variables: Attributes): (path: readonly string[]) => TfValue {
  return path => {
    const [first = '', second = '', third = ''] = path
    if (first === 'var') return variables[second] ?? null
    const found = state.resources().get(`${first}.${second}`)
    if (found === undefined) throw undeclared(`${first}.${second}`)
    return found[third] ?? null
  }
}

function idOf(attributes: Attributes): string {
  return typeof attributes['id'] === 'string' ? attributes['id'] : ''
}

function inWords(thrown: unknown, what: string): unknown {
  if (!(thrown instanceof CloudError)) return thrown
  return new UserError('program', `Error: ${what}: ${thrown.message}`, {
    hint: 'delete what uses it, and try again',
    cause: thrown
  })
}
