import { readYaml } from '../../../manifest/read-yaml.ts'
import { at, isMap, listAt, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import { DirectorError } from '../director-error.ts'
import type { ConfigRecord } from '../model.ts'
import { property } from '../property.ts'

interface Addon {
  readonly jobs: readonly Value[]
  readonly include: Value | undefined
  readonly exclude: Value | undefined
}

/**
 * The manifest with the jobs of every addon in the instance groups that it applies to: those of the runtime configs and its
 * own, with the releases and variables that come with them (bosh v283, addon/filter.rb). Throws the Director's errors.
 */
export function withAddons(manifest: ValueMap, runtimeConfigs: readonly ConfigRecord[]): ValueMap {
  const runtimes = runtimeConfigs.map(({ content }) => readYaml(content))
  const addons = [...runtimes, manifest].flatMap(source => listAt(source, 'addons').map(readAddon))
  const used = new Set<string>()
  const groups = listAt(manifest, 'instance_groups').map(group => {
    const added = addons.filter(addon => applies(addon, manifest, group)).flatMap(({ jobs }) => jobs)
    for (const job of added) used.add(textAt(job, 'release') ?? '')
    return withJobs(group, added)
  })
  const isAdded = (release: Value): boolean => used.has(textAt(release, 'name') ?? '')
  return {
    ...manifest,
    instance_groups: groups,
    releases: withReleases(
      listAt(manifest, 'releases'),
      runtimes.flatMap(runtime => [...listAt(runtime, 'releases')]).filter(isAdded)
    ),
    variables: [manifest, ...runtimes].flatMap(source => [...listAt(source, 'variables')])
  }
}

function readAddon(addon: Value): Addon {
  for (const job of listAt(addon, 'jobs')) {
    property(job, 'name', 'String')
    property(job, 'release', 'String')
  }
  return { jobs: listAt(addon, 'jobs'), include: at(addon, 'include'), exclude: at(addon, 'exclude') }
}

function applies({ include, exclude }: Addon, manifest: ValueMap, group: Value): boolean {
  return matches(include, manifest, group) !== false && matches(exclude, manifest, group) !== true
}

/** Whether a group fits all parts of a filter; undefined for a filter that says nothing. */
function matches(filter: Value | undefined, manifest: ValueMap, group: Value): boolean | undefined {
  const tests: readonly (readonly [string, (entry: Value) => boolean])[] = [
    ['deployments', name => name === textAt(manifest, 'name')],
    ['instance_groups', name => name === textAt(group, 'name')],
    ['azs', az => listAt(group, 'azs').includes(az)],
    ['networks', name => listAt(group, 'networks').some(network => textAt(network, 'name') === name)],
    ['stemcell', stemcell => textAt(stemcell, 'os') === osOf(manifest, group)],
    ['jobs', wanted => listAt(group, 'jobs').some(job => isSameJob(job, wanted))]
  ]
  const results = tests.flatMap(([key, test]) => {
    const entries = listAt(filter, key)
    return entries.length === 0 ? [] : [entries.some(test)]
  })
  const lifecycle = textAt(filter, 'lifecycle')
  if (lifecycle !== undefined) results.push((textAt(group, 'lifecycle') ?? 'service') === lifecycle)
  return results.length === 0 ? undefined : results.every(Boolean)
}

function isSameJob(job: Value, wanted: Value): boolean {
  return (['name', 'release'] as const).every(key => textAt(job, key) === textAt(wanted, key))
}

function osOf(manifest: ValueMap, group: Value): string | undefined {
  const alias = textAt(group, 'stemcell')
  const stemcell = listAt(manifest, 'stemcells').find(entry => textAt(entry, 'alias') === alias)
  return textAt(stemcell, 'os')
}

function withJobs(group: Value, added: readonly Value[]): Value {
  if (!isMap(group) || added.length === 0) return group
  const present = listAt(group, 'jobs').map(job => textAt(job, 'name'))
  for (const job of added) {
    const name = textAt(job, 'name') ?? ''
    if (present.includes(name)) {
      throw new DirectorError(
        140010,
        `Colocated job '${name}' is already added to the instance group '${textAt(group, 'name') ?? ''}'`
      )
    }
    present.push(name)
  }
  return { ...group, jobs: [...listAt(group, 'jobs'), ...added] }
}

function withReleases(own: readonly Value[], added: readonly Value[]): Value[] {
  const all = [...own]
  for (const release of added) {
    const name = property(release, 'name', 'String')
    const version = property(release, 'version', 'String')
    const present = all.find(other => textAt(other, 'name') === name)
    if (present === undefined) all.push(release)
    else if (property(present, 'version', 'String') !== version) {
      throw new DirectorError(
        530003,
        `Runtime manifest specifies release '${name}' with version as '${version}'. This conflicts with version ` +
          `'${property(present, 'version', 'String')}' specified in the deployment manifest.`
      )
    }
  }
  return all
}
