import { FindingsError, type Finding } from '../core/finding.ts'
import { at, listAt, textAt, type Value } from '../manifest/value.ts'
import { jobOf, named, namesIn, notFound } from './look.ts'

/** What of cf-deployment's manifest decides which ops files of ours apply. */
export interface CfShape {
  /** Instance groups, errands left out. */
  readonly groups: ReadonlySet<string>
}

/**
 * Reads a manifest of cf-deployment as upstream's ops files leave it. Throws a FindingsError that names everything that was
 * looked for and not found.
 */
export function readCfShape(manifest: Value, file: string): CfShape {
  const findings: Finding[] = []
  if (jobOf(manifest, 'diego-api', 'silk-controller') === undefined) {
    const groups = listAt(manifest, 'instance_groups')
      .filter(group => named(group, 'jobs', 'silk-controller') !== undefined)
      .map(group => textAt(group, 'name') ?? '?')
    const found = groups.length === 0 ? 'no silk-controller' : `silk-controller on ${groups.join(', ')}`
    findings.push(notFound(file, '/instance_groups', found, 'silk-controller on diego-api'))
  }
  for (const job of ['silk-daemon', 'silk-cni']) {
    if (jobOf(manifest, 'diego-cell', job) !== undefined) continue
    const jobs = namesIn(named(manifest, 'instance_groups', 'diego-cell'), 'jobs')
    findings.push(notFound(file, '/instance_groups/name=diego-cell/jobs', jobs, job))
  }
  if (named(manifest, 'variables', 'silk_daemon') === undefined) {
    findings.push(
      notFound(file, '/variables', 'no silk_daemon', 'the certificate that workers of CFCR present')
    )
  }
  if (findings.length > 0) {
    throw new FindingsError(findings, { hint: 'take a version of cf-deployment from v5 to v58' })
  }
  const groups = listAt(manifest, 'instance_groups').filter(group => at(group, 'lifecycle') !== 'errand')
  return { groups: new Set(groups.map(group => textAt(group, 'name') ?? '?')) }
}
