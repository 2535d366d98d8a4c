import { FindingsError, type Finding } from '../core/finding.ts'
import { renderYaml } from '../manifest/render-yaml.ts'
import { listAt, textAt, type Value } from '../manifest/value.ts'
import { interpolate, type Variables } from '../manifest/variables.ts'
import { readCfcrShape } from './cfcr-shape.ts'
import { chooseCfcrOps, withoutOwnDns, type CfcrWishes, type ChosenOps } from './choose-cfcr.ts'
import { applyAndExplain, type Step } from './explain.ts'
import { cfcrFindings, openVars } from './prove-cfcr.ts'
import type { Sources } from './sources.ts'
import { upstreamConflicts } from './upstream-conflicts.ts'

export interface MadeManifest {
  readonly document: Value
  /** The document as BOSH's CLI would write it. */
  readonly text: string
  /** Which ops files applied after the record's, in order: upstream's by path, ours by name. */
  readonly chosen: readonly ChosenOps[]
  readonly steps: readonly Step[]
  /** What its vars were given; none of them is a secret. */
  readonly values: Variables
  /** Warnings. */
  readonly findings: readonly Finding[]
}

/**
 * CFCR's manifest on SILK. `vars` are values besides those of the wishes, and go before them. Throws a FindingsError with everything that is wrong: a manifest of unknown shape, an ops file that
 * does not apply, what is left of Flannel or lacks of SILK.
 */
export function makeCfcr(sources: Sources, wishes: CfcrWishes, vars: Variables): MadeManifest {
  const conflicts = upstreamConflicts(sources.upstream)
  if (conflicts.some(({ severity }) => severity === 'error')) throw new FindingsError(conflicts)
  const given = applyAndExplain(sources.manifest, sources.upstream)
  const dns = dnsOps(given.document, sources)
  const ours = chooseCfcrOps(readCfcrShape(given.document, sources.file), wishes)
  const files = [...dns.files, ...ours.map(({ file }) => sources.ours(file)), sources.scale]
  const made = applyAndExplain(given.document, files)
  const values = { ...valuesOf(wishes), ...vars }
  const { document } = interpolate(made.document, values)
  const overlay = values['silk_network']
  const findings = cfcrFindings(document, sources.file, wishes, typeof overlay === 'string' ? overlay : '')
  if (findings.length > 0) throw new FindingsError([...conflicts, ...findings])
  const steps = [...given.steps, ...made.steps]
  return {
    document,
    text: renderYaml(document),
    chosen: [...dns.chosen, ...ours],
    steps,
    values,
    findings: conflicts
  }
}

/** What the vars in our ops files stand for. The certificate is named as BOSH does, `((path.ca))`, for the Director to resolve. */
function valuesOf({ silk, kubo, podIp, overlay, subnetPrefix, silkDaemon }: CfcrWishes): Variables {
  return {
    silk_version: silk,
    kubo_version: kubo,
    pod_ip: podIp,
    silk_network: overlay,
    silk_subnet_prefix: subnetPrefix,
    silk_daemon_ca: `((${silkDaemon}.ca))`,
    silk_daemon_certificate: `((${silkDaemon}.certificate))`,
    silk_daemon_private_key: `((${silkDaemon}.private_key))`
  }
}

/** CFCR's manifest as upstream has it. Throws a FindingsError for an ops file that does not apply, and a var without a value. */
export function makeCfcrOnFlannel(sources: Sources, values: Variables): MadeManifest {
  const given = applyAndExplain(sources.manifest, sources.upstream)
  const { chosen, files } = dnsOps(given.document, sources)
  const made = applyAndExplain(given.document, [...files, sources.scale])
  const { document } = interpolate(made.document, values)
  const findings = openVars(document, sources.file)
  if (findings.length > 0) throw new FindingsError(findings)
  const steps = [...given.steps, ...made.steps]
  return { document, text: renderYaml(document), chosen, steps, values, findings: [] }
}

/**
 * Up to v0.24 CFCR brings bosh-dns as an addon of its own, which the runtime config of bbl has already (kubo-deployment
 * v0.24.0, manifests/cfcr.yml).
 */
function dnsOps(
  manifest: Value,
  { withoutOwnDns: file }: Sources
): { readonly chosen: readonly ChosenOps[]; readonly files: Sources['upstream'] } {
  const jobs = listAt(manifest, 'addons').flatMap(addon => listAt(addon, 'jobs'))
  const bringsDns = jobs.some(job => textAt(job, 'name') === 'bosh-dns')
  if (!bringsDns || file === undefined) return { chosen: [], files: [] }
  const why = 'the manifest brings bosh-dns, and so does the runtime config of bbl'
  return { chosen: [{ file: withoutOwnDns, why }], files: [file] }
}
