import { FindingsError, type Finding } from '../core/finding.ts'
import { renderYaml } from '../manifest/render-yaml.ts'
import { at, isMap } from '../manifest/value.ts'
import { interpolate, type Variables } from '../manifest/variables.ts'
import { readCfShape } from './cf-shape.ts'
import { chooseCfOps, type CfWishes } from './choose-cf.ts'
import { applyAndExplain } from './explain.ts'
import { jobOf, notFound } from './look.ts'
import type { MadeManifest } from './make-cfcr.ts'
import { openVars } from './prove-cfcr.ts'
import type { Sources } from './sources.ts'

/**
 * cf-deployment's manifest with its SILK network shared. `vars` are values besides those of the wishes, and go before them. Throws a FindingsError with everything that is wrong: a manifest of
 * unknown shape, an ops file that does not apply, a var without value.
 */
export function makeCf(sources: Sources, wishes: CfWishes, vars: Variables): MadeManifest {
  const { file, manifest, upstream, ours, scale } = sources
  const given = applyAndExplain(manifest, upstream)
  const chosen = chooseCfOps(readCfShape(given.document, file), wishes)
  const made = applyAndExplain(given.document, [...chosen.map(ops => ours(ops.file)), scale])
  const { systemDomain, overlay, subnetPrefix } = wishes
  const values = {
    system_domain: systemDomain,
    silk_network: overlay,
    silk_subnet_prefix: subnetPrefix,
    ...vars
  }
  const { document } = interpolate(made.document, values)
  const findings: Finding[] = [...openVars(document, file)]
  const provided = at(jobOf(document, 'diego-api', 'silk-controller'), 'provides', 'cf_network')
  if (wishes.share && (!isMap(provided) || provided['shared'] !== true)) {
    const path = '/instance_groups/name=diego-api/jobs/name=silk-controller/provides/cf_network/shared'
    findings.push(notFound(file, path, 'nothing', 'true'))
  }
  if (findings.length > 0) throw new FindingsError(findings)
  return {
    document,
    text: renderYaml(document),
    chosen,
    steps: [...given.steps, ...made.steps],
    values,
    findings: []
  }
}
