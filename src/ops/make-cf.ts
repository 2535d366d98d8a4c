import { FindingsError, type Finding } from '../core/finding.ts'
import type { OpsFile } from '../manifest/ops-file.ts'
import { at, isMap, type Value } from '../manifest/value.ts'
import { interpolate, type Variables } from '../manifest/variables.ts'
import { readCfShape } from './cf-shape.ts'
import { chooseCfOps, type CfWishes } from './choose-cf.ts'
import { applyAndExplain } from './explain.ts'
import { jobOf, notFound } from './look.ts'
import type { MadeManifest } from './make-cfcr.ts'
import { openVars } from './prove-cfcr.ts'

export interface CfSources {
  readonly file: string
  readonly manifest: Value
  /** Of upstream, in order: those of the record. */
  readonly upstream: readonly OpsFile[]
  /** A file of ours, by its name in `ops/cf/`. */
  readonly ours: (name: string) => OpsFile
}

/**
 * cf-deployment's manifest with its SILK network shared. Throws a FindingsError with everything that is wrong: a manifest of
 * unknown shape, an ops file that does not apply, a var without value.
 */
export function makeCf(sources: CfSources, wishes: CfWishes, values: Variables): MadeManifest {
  const { file, manifest, upstream, ours } = sources
  const given = applyAndExplain(manifest, upstream)
  const chosen = chooseCfOps(readCfShape(given.document, file), wishes)
  const made = applyAndExplain(
    given.document,
    chosen.map(ops => ours(ops.file))
  )
  const { document } = interpolate(made.document, values)
  const findings: Finding[] = [...openVars(document, file)]
  const provided = at(jobOf(document, 'diego-api', 'silk-controller'), 'provides', 'cf_network')
  if (!isMap(provided) || provided['shared'] !== true) {
    const path = '/instance_groups/name=diego-api/jobs/name=silk-controller/provides/cf_network/shared'
    findings.push(notFound(file, path, 'nothing', 'true'))
  }
  if (findings.length > 0) throw new FindingsError(findings)
  return { document, chosen, steps: [...given.steps, ...made.steps], findings: [] }
}
