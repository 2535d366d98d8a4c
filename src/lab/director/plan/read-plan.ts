import { at, isMap, listAt, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import { DirectorError, unknownCode } from '../director-error.ts'
import type { ConfigRecord, DirectorData, ReleaseRecord, StemcellRecord } from '../model.ts'
import { optionalProperty, property, wordsAt } from '../property.ts'
import { withAddons } from './addons.ts'
import { readCloudConfig, type CloudConfig } from './cloud-config.ts'
import type { DeploymentPlan, GroupNetwork, GroupPlan, JobPlan, VariablePlan } from './deployment-plan.ts'
import { findJob, findRelease } from './find-release.ts'
import { findStemcell } from './find-stemcell.ts'
import { providersOf, resolveLinks } from './links.ts'
import { packagesToCompile } from './packages.ts'

export interface PlanInput {
  readonly manifest: ValueMap
  readonly cloudConfigs: readonly ConfigRecord[]
  readonly runtimeConfigs: readonly ConfigRecord[]
  readonly data: DirectorData
  /** Numbers of the command line, which win over those of the manifest. */
  readonly canaries?: string
  readonly maxInFlight?: string
}

/** Checks a manifest against the configs and against what was uploaded. Throws the Director's errors; changes nothing. */
export function readPlan(input: PlanInput): DeploymentPlan {
  const { data } = input
  const manifest = withAddons(input.manifest, input.runtimeConfigs)
  const name = property(manifest, 'name', 'String')
  const cloudConfig = readCloudConfig(input.cloudConfigs)
  const stemcells = new Map(
    listAt(manifest, 'stemcells').map(
      spec => [property(spec, 'alias', 'String'), findStemcell(data, spec)] as const
    )
  )
  const releases = new Map(
    property(manifest, 'releases', 'Array').map(spec => {
      const release = findRelease(data, property(spec, 'name', 'String'), property(spec, 'version', 'String'))
      return [release.name, release] as const
    })
  )
  const defaults = { ...optionalUpdate(manifest), ...commandLine(input) }
  const context = { cloudConfig, stemcells, releases, update: defaults }
  const groups = (optionalProperty(manifest, 'instance_groups', 'Array') ?? []).map(spec =>
    readGroup(spec, context)
  )
  const providers = providersOf(groups)
  resolveLinks(name, groups, providers, data.deployments)
  return {
    name,
    manifest,
    stemcells: [...stemcells.values()],
    releases: [...releases.values()],
    groups,
    variables: readVariables(manifest),
    providers,
    packages: packagesToCompile(groups)
  }
}

interface Context {
  readonly cloudConfig: CloudConfig
  readonly stemcells: ReadonlyMap<string, StemcellRecord>
  readonly releases: ReadonlyMap<string, ReleaseRecord>
  readonly update: ValueMap
}

function readGroup(spec: Value, context: Context): GroupPlan {
  const { cloudConfig } = context
  const name = property(spec, 'name', 'String')
  const lifecycle = optionalProperty(spec, 'lifecycle', 'String') ?? 'service'
  if (lifecycle !== 'service' && lifecycle !== 'errand') {
    throw new DirectorError(
      140011,
      `Invalid lifecycle '${lifecycle}' for '${name}', valid lifecycle profiles are: service, errand`
    )
  }
  const alias = property(spec, 'stemcell', 'String')
  const stemcell = context.stemcells.get(alias)
  if (stemcell === undefined) {
    throw new DirectorError(140005, `Instance group '${name}' references an unknown stemcell '${alias}'`)
  }
  const vmType = optionalProperty(spec, 'vm_type', 'String')
  if (vmType === undefined) {
    throw new DirectorError(
      140022,
      `Instance group '${name}' is missing either 'vm_type' or 'vm_resources' section.`
    )
  }
  const instances = property(spec, 'instances', 'Integer')
  const update = { ...context.update, ...(optionalProperty(spec, 'update', 'Hash') ?? {}) }
  return {
    name,
    lifecycle,
    instances,
    azs: readAzs(spec, name, cloudConfig),
    vmType,
    cloudProperties: readCloudProperties(spec, name, vmType, cloudConfig),
    stemcell,
    networks: readNetworks(spec, name, instances, cloudConfig),
    diskMiB: readDisk(spec, name, cloudConfig),
    env: optionalProperty(spec, 'env', 'Hash') ?? {},
    jobs: property(spec, 'jobs', 'Array').map(job => readJob(job, name, context)),
    canaries: countOf(at(update, 'canaries'), instances, 1),
    maxInFlight: Math.max(1, countOf(at(update, 'max_in_flight'), instances, 1))
  }
}

function readJob(spec: Value, group: string, { releases }: Context): JobPlan {
  const name = property(spec, 'name', 'String')
  const releaseName = property(spec, 'release', 'String')
  const release = releases.get(releaseName)
  if (release === undefined) {
    throw new DirectorError(
      140002,
      `Job '${name}' (instance group '${group}') references an unknown release '${releaseName}'`
    )
  }
  return {
    name,
    release,
    spec: findJob(release, name),
    properties: optionalProperty(spec, 'properties', 'Hash') ?? {},
    provides: optionalProperty(spec, 'provides', 'Hash') ?? {},
    consumes: optionalProperty(spec, 'consumes', 'Hash') ?? {}
  }
}

function readAzs(spec: Value, group: string, { azs }: CloudConfig): readonly string[] {
  const names = wordsAt(spec, 'azs')
  const unknown = names.find(name => !azs.has(name))
  if (unknown === undefined) return names
  throw new DirectorError(
    140018,
    `Instance group '${group}' references unknown availability zone '${unknown}'`
  )
}

function readCloudProperties(spec: Value, group: string, vmType: string, config: CloudConfig): ValueMap {
  const own = config.vmTypes.get(vmType)
  if (own === undefined) {
    throw new DirectorError(140004, `Instance group '${group}' references an unknown vm type '${vmType}'`)
  }
  return wordsAt(spec, 'vm_extensions').reduce<ValueMap>((merged, name) => {
    const extension = config.vmExtensions.get(name)
    if (extension === undefined) {
      throw new DirectorError(
        unknownCode,
        `The vm_extension '${name}' has not been configured in cloud-config.`
      )
    }
    return { ...merged, ...extension }
  }, own)
}

function readNetworks(
  spec: Value,
  group: string,
  instances: number,
  { networks }: CloudConfig
): readonly GroupNetwork[] {
  const specs = property(spec, 'networks', 'Array')
  if (specs.length === 0) {
    throw new DirectorError(140009, `Instance group '${group}' must specify at least one network`)
  }
  return specs.map(entry => {
    const name = property(entry, 'name', 'String')
    const network = networks.get(name)
    if (network === undefined) {
      throw new DirectorError(150001, `Instance group '${group}' references an unknown network '${name}'`)
    }
    const staticIps = isMap(entry) && 'static_ips' in entry ? wordsAt(entry, 'static_ips') : undefined
    if (staticIps !== undefined && staticIps.length < instances) {
      throw new DirectorError(
        150002,
        `Instance group '${group}' with network '${name}' declares static ip addresses fewer than instances`
      )
    }
    return { network, staticIps }
  })
}

function readDisk(spec: Value, group: string, { diskTypes }: CloudConfig): number {
  const type = optionalProperty(spec, 'persistent_disk_type', 'String')
  if (type === undefined) return optionalProperty(spec, 'persistent_disk', 'Integer') ?? 0
  const size = diskTypes.get(type)
  if (size !== undefined) return size
  throw new DirectorError(140012, `Instance group '${group}' references an unknown disk type '${type}'`)
}

function readVariables(manifest: ValueMap): readonly VariablePlan[] {
  const converge = at(manifest, 'features', 'converge_variables') === true
  return listAt(manifest, 'variables').map(spec => {
    const mode = textAt(spec, 'update_mode')
    return {
      name: property(spec, 'name', 'String'),
      type: property(spec, 'type', 'String'),
      options: optionalProperty(spec, 'options', 'Hash') ?? {},
      updateMode: mode === 'converge' || mode === 'overwrite' ? mode : converge ? 'converge' : 'no-overwrite'
    }
  })
}

function optionalUpdate(manifest: ValueMap): ValueMap {
  return property(manifest, 'update', 'Hash')
}

function commandLine({ canaries, maxInFlight }: PlanInput): ValueMap {
  return {
    ...(canaries === undefined ? {} : { canaries }),
    ...(maxInFlight === undefined ? {} : { max_in_flight: maxInFlight })
  }
}

/** A number, or a part of the instances as in `50%`. */
function countOf(value: Value | undefined, instances: number, otherwise: number): number {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  const [, number, percent] = /^(\d+)(%?)$/.exec(text) ?? []
  if (number === undefined) return otherwise
  return percent === '%' ? Math.ceil((Number(number) * instances) / 100) : Number(number)
}
