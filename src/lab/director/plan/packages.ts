import { DirectorError } from '../director-error.ts'
import type { PackageRecord, ReleaseRecord, StemcellRecord } from '../model.ts'
import type { DeploymentPlan, GroupPlan } from './deployment-plan.ts'
import { isSameLine } from './versions.ts'

type Needed = DeploymentPlan['packages'][number]

/**
 * The packages of the jobs that are used and that no release brought compiled for the stemcell. Throws the Director's error for
 * one that can't be compiled either, since its release has no source (bosh v283, deployment_plan/package_validator.rb).
 */
export function packagesToCompile(groups: readonly GroupPlan[]): readonly Needed[] {
  const needed = new Map<string, Needed>()
  for (const { stemcell, jobs } of groups) {
    for (const { release, spec } of jobs) {
      for (const each of release.packages.filter(({ name }) => spec.packages.includes(name))) {
        if (!isCompiledFor(each, stemcell)) {
          needed.set(`${each.fingerprint} ${stemcell.os}/${stemcell.version}`, {
            release,
            package: each,
            stemcell
          })
        }
      }
    }
  }
  const all = [...needed.values()]
  refuseWithoutSource(all.filter(each => !each.package.hasSource))
  return all
}

/** A package that comes compiled fits each stemcell of its line. */
function isCompiledFor({ compiledFor }: PackageRecord, { os, version }: StemcellRecord): boolean {
  return compiledFor.some(slug => {
    const [compiledOs = '', compiledVersion = ''] = slug.split('/')
    return compiledOs === os && isSameLine(compiledVersion, version)
  })
}

function refuseWithoutSource(lacking: readonly Needed[]): void {
  if (lacking.length === 0) return
  const byRelease = new Map<ReleaseRecord, Needed[]>()
  for (const each of lacking) byRelease.set(each.release, [...(byRelease.get(each.release) ?? []), each])
  const isOne = new Set(lacking.map(({ stemcell }) => stemcell)).size === 1
  const words = [...byRelease].map(([release, list]) => {
    const against = isOne ? `stemcell '${shown(list[0])}'` : 'intended stemcells'
    const header =
      `Can't use release '${release.name}/${release.version}'. It references packages without source code and are not ` +
      `compiled against ${against}:\n`
    const sorted = [...list].sort((a, b) => (a.package.name < b.package.name ? -1 : 1))
    const lines = sorted.map(each => {
      const where = isOne ? '' : ` against stemcell '${shown(each)}'`
      return ` - '${each.package.name}/${each.package.fingerprint}'${where}\n`
    })
    return header + lines.join('')
  })
  throw new DirectorError(60001, `\n${words.join('')}`)
}

/** A stemcell, as the Director names it: by its name, not by its operating system. */
function shown(needed: Needed | undefined): string {
  return `${needed?.stemcell.name ?? ''}/${needed?.stemcell.version ?? ''}`
}
