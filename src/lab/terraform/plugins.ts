import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../core/errors.ts'
import { readJson } from '../json-file.ts'
import { labPaths } from '../paths.ts'
import type { Configuration } from './configuration.ts'
import { allows, compareVersions, type Requirement } from './requirements.ts'

/** Versions of the lab's provider that there are, unless `<lab>/registry.json` says others: `{ "lab": ["1.0.0", "2.0.0"] }`. */
const published: Readonly<Record<string, readonly string[]>> = { lab: ['1.0.0', '1.4.2'] }

/** From this version on resources have `labels` and no `tags` any more: a major version that breaks what worked. */
export const breakingVersion = '2.0.0'

const lockFile = '.terraform.lock.hcl'

/**
 * What `terraform init` does for providers: takes the newest version that every requirement allows, installs it below `.terraform` and
 * writes it down. What is written down holds for the next init, unless that one upgrades. Throws a UserError in Terraform's words.
 */
export function installPlugins(
  lab: string,
  folder: string,
  { providers, resources }: Configuration,
  isUpgrade: boolean
): void {
  const requirements: readonly Requirement[] =
    providers.length > 0 || resources.length === 0
      ? providers
      : [{ provider: 'lab', source: 'causeway/lab', version: '>= 0' }]
  const locked = isUpgrade ? {} : lockedVersions(folder)
  const chosen = requirements.map(requirement => {
    const before = locked[requirement.source]
    const version =
      before !== undefined && allows(requirement.version, before) ? before : newest(lab, requirement)
    mkdirSync(pluginFolder(folder, requirement.source, version), { recursive: true })
    return { ...requirement, version, constraints: requirement.version }
  })
  writeFileSync(
    join(folder, lockFile),
    chosen
      .map(
        ({ source, version, constraints }) =>
          `provider "registry.terraform.io/${source}" {\n  version     = "${version}"\n  constraints = "${constraints}"\n}\n`
      )
      .join('\n')
  )
}

function newest(lab: string, { provider, source, version }: Requirement): string {
  const registry = (readJson(join(labPaths(lab).root, 'registry.json')) ?? published) as typeof published
  const allowed = (registry[provider] ?? []).filter(each => allows(version, each)).sort(compareVersions)
  const found = allowed.at(-1)
  if (found !== undefined) return found
  throw new UserError(
    'findings',
    `Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions for provider ${source}: no available releases match the given constraints ${version}`,
    { hint: 'require a version that is published' }
  )
}

/** Version by source. */
function lockedVersions(folder: string): Readonly<Record<string, string>> {
  const path = join(folder, lockFile)
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const found = [...text.matchAll(/^provider "registry\.terraform\.io\/(\S+)" \{\n\s+version\s+= "(\S+)"/gm)]
  return Object.fromEntries(found.map(([, source = '', version = '']) => [source, version]))
}

/** The version of the lab's provider that is installed. Throws what Terraform says where the lock file names one that is not there. */
export function installedVersion(folder: string): string | undefined {
  const locked = Object.entries(lockedVersions(folder))
  const missing = locked.find(([source, version]) => !existsSync(pluginFolder(folder, source, version)))
  if (missing !== undefined) throw notInstalled(...missing)
  return locked.find(([source]) => source === 'causeway/lab')?.[1]
}

function notInstalled(source: string, version: string): UserError {
  const provider = `registry.terraform.io/${source}`
  return new UserError(
    'program',
    `Error: Required plugins are not installed\n\nThe installed provider plugins are not consistent with the packages selected in the dependency lock file:\n  - ${provider}: there is no package for ${provider} ${version} cached in .terraform/providers\n\nTerraform uses external plugins to integrate with a variety of different infrastructure services. To download the plugins required for this configuration, run:\n  terraform init`,
    { hint: 'run terraform init' }
  )
}

function pluginFolder(folder: string, source: string, version: string): string {
  return join(folder, '.terraform', 'providers', 'registry.terraform.io', source, version)
}
