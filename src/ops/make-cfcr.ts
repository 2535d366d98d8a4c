import { FindingsError, type Finding } from '../core/finding.ts'
import type { OpsFile } from '../manifest/ops-file.ts'
import type { Value } from '../manifest/value.ts'
import { interpolate, type Variables } from '../manifest/variables.ts'
import { readCfcrShape } from './cfcr-shape.ts'
import { chooseCfcrOps, type CfcrWishes, type ChosenOps } from './choose-cfcr.ts'
import { applyAndExplain, type Step } from './explain.ts'
import { cfcrFindings } from './prove-cfcr.ts'
import { upstreamConflicts } from './upstream-conflicts.ts'

/** An ops file of kubo-deployment for manifests that bring bosh-dns, which bbl's runtime config has already. */
export const withoutOwnDns = 'manifests/ops-files/use-runtime-config-bosh-dns.yml'

export interface CfcrSources {
  readonly file: string
  readonly manifest: Value
  /** Of upstream, in order: those of the record. */
  readonly upstream: readonly OpsFile[]
  /** Upstream's file of that name; undefined where it has none. */
  readonly upstreamFile: (path: string) => OpsFile | undefined
  /** A file of ours, by its name in `ops/cfcr/`. */
  readonly ours: (name: string) => OpsFile
}

export interface MadeManifest {
  readonly document: Value
  /** Which ops files applied after the record's, in order: upstream's by path, ours by name. */
  readonly chosen: readonly ChosenOps[]
  readonly steps: readonly Step[]
  /** Warnings. */
  readonly findings: readonly Finding[]
}

/**
 * CFCR's manifest on SILK. Throws a FindingsError with everything that is wrong: a manifest of unknown shape, an ops file that
 * does not apply, what is left of Flannel or lacks of SILK.
 */
export function makeCfcr(sources: CfcrSources, wishes: CfcrWishes, values: Variables): MadeManifest {
  const conflicts = upstreamConflicts(sources.upstream)
  if (conflicts.some(({ severity }) => severity === 'error')) throw new FindingsError(conflicts)
  const given = applyAndExplain(sources.manifest, sources.upstream)
  const shape = readCfcrShape(given.document, sources.file)
  const dns = shape.bringsDns ? sources.upstreamFile(withoutOwnDns) : undefined
  const ours = chooseCfcrOps(shape, wishes)
  const chosen: readonly ChosenOps[] = [
    ...(dns === undefined ? [] : [{ file: withoutOwnDns, why: 'the manifest brings bosh-dns, and so does bbl' }]),
    ...ours
  ]
  const files = [...(dns === undefined ? [] : [dns]), ...ours.map(({ file }) => sources.ours(file))]
  const made = applyAndExplain(given.document, files)
  const { document } = interpolate(made.document, values)
  const overlay = values['silk_network']
  const findings = cfcrFindings(document, sources.file, wishes, typeof overlay === 'string' ? overlay : '')
  if (findings.length > 0) throw new FindingsError([...conflicts, ...findings])
  return { document, chosen, steps: [...given.steps, ...made.steps], findings: conflicts }
}
