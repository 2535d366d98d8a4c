import { FindingsError, type Finding } from '../core/finding.ts'
import { readYaml } from '../manifest/read-yaml.ts'
import type { ReleaseTarball } from '../tools/release-tarball.ts'
import { isRecord } from '../tools/table.ts'
import type { CustomizedFile } from './customize.ts'

/** The jobs that customized files are of. */
export function jobsOf(files: readonly CustomizedFile[]): readonly string[] {
  return [...new Set(files.flatMap(({ path }) => /^jobs\/([^/]+)\//.exec(path)?.[1] ?? []))]
}

/**
 * Proves that a tarball is of the version that it should be, and that it has every customized file in it, byte for byte.
 * Throws a FindingsError that names all that is missing or differs.
 */
export function checkTarball(
  { manifest, jobs }: ReleaseTarball,
  wanted: { readonly version: string; readonly files: readonly CustomizedFile[] }
): void {
  const findings: Finding[] = []
  const find = (path: string, message: string): void => {
    findings.push({ code: 'release-tarball', severity: 'error', path, message })
  }
  const read = readYaml(manifest, 'release.MF')
  const version = isRecord(read) ? read['version'] : undefined
  if (version !== wanted.version) {
    find(
      'release.MF: version',
      `found ${JSON.stringify(version)}, expected ${JSON.stringify(wanted.version)}`
    )
  }
  for (const { path, content } of wanted.files) {
    const [, job = '', rest = ''] = /^jobs\/([^/]+)\/(.+)$/.exec(path) ?? []
    // The spec of a job becomes its manifest (bosh-cli, release/job/archive.go).
    const found = jobs.get(job)?.get(rest === 'spec' ? 'job.MF' : rest)
    if (found === undefined) find(path, 'found nothing, expected what was customized')
    else if (Buffer.compare(found.content, content) !== 0)
      find(path, 'found another text, expected what was customized')
  }
  if (findings.length > 0) throw new FindingsError(findings, { hint: 'create it anew from a fresh clone' })
}
