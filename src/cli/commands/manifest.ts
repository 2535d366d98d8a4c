import { join, resolve } from 'node:path'
import { UserError } from '../../core/errors.ts'
import { formatFinding } from '../../core/finding.ts'
import { releaseVersion } from '../../core/version.ts'
import type { Environment } from '../../environment/environment.ts'
import { silkDaemonCredential } from '../../environment/ops.ts'
import { scaleOps } from '../../environment/scale.ts'
import { readOpsFile } from '../../manifest/ops-file.ts'
import type { CfcrWishes } from '../../ops/choose-cfcr.ts'
import { explainText } from '../../ops/explain.ts'
import { makeCf } from '../../ops/make-cf.ts'
import { makeCfcr, makeCfcrOnFlannel, type MadeManifest } from '../../ops/make-cfcr.ts'
import { manifestFiles, readSources, type Sources } from '../../ops/sources.ts'
import { customizedRelease } from '../../release/overlay.ts'
import { createFiles } from '../../tools/files.ts'
import type { CliContext } from '../context.ts'
import { loadEnvironment } from '../environments.ts'
import type { Format } from '../options.ts'

export interface ManifestOptions {
  readonly env: string
  readonly from?: string
  readonly explain?: true
  readonly format: Format
}

const upstreams = { cf: 'cf-deployment', cfcr: 'kubo-deployment' }

/** Prints the manifest of CF or CFCR that a repave deploys, or what each operation did to it. */
export async function manifest(
  context: CliContext,
  deployment: 'cf' | 'cfcr',
  options: ManifestOptions
): Promise<void> {
  const environment = await loadEnvironment(context, options.env)
  const { record } = environment
  const files = createFiles()
  const upstream = resolve(options.from ?? join(context.root, '..', upstreams[deployment]))
  if ((await files.readTextIfAny(join(upstream, manifestFiles[deployment]))) === undefined) {
    const expected = `a checkout of ${upstreams[deployment]}`
    throw new UserError('usage', `${upstream}: found no ${manifestFiles[deployment]}, expected ${expected}`, {
      hint: `clone it, and name its folder: --from ../${upstreams[deployment]}`
    })
  }
  const sources = await readSources(files, {
    deployment,
    upstream,
    ops: join(context.root, 'ops'),
    upstreamOps: record[deployment].ops,
    scale: readOpsFile(scaleOps(record[deployment].scale), `env/${record.name}.yml`)
  })
  const made =
    deployment === 'cf' ? cfManifest(environment, sources) : await cfcrManifest(context, environment, sources)
  for (const finding of made.findings) context.err(`${formatFinding(finding)}\n`)
  if (options.format === 'json') {
    const { chosen, values, steps, text } = made
    context.out(`${JSON.stringify({ ops: chosen, vars: values, steps, manifest: text }, null, 2)}\n`)
  } else context.out(options.explain === true ? explainText(made.steps) : made.text)
}

/** As task prepare-cf makes it. */
function cfManifest({ record }: Environment, sources: Sources): MadeManifest {
  const { network, cf, system_domain } = record
  const wishes = {
    systemDomain: system_domain,
    share: network.kind === 'silk',
    overlay: network.overlay,
    subnetPrefix: network.subnet_prefix,
    small: cf.small
  }
  return makeCf(sources, wishes, cf.vars)
}

/** As task prepare-cfcr makes it. */
async function cfcrManifest(
  { root }: CliContext,
  { record, versions }: Environment,
  sources: Sources
): Promise<MadeManifest> {
  const { network, cfcr, pod_ip } = record
  if (network.kind === 'flannel') return makeCfcrOnFlannel(sources, cfcr.vars)
  const { 'silk-release': silk, 'kubo-release': kubo } = versions.repositories
  const wishes: CfcrWishes = {
    silk: releaseVersion(silk.version, 'repositories.silk-release.version'),
    kubo: await customizedRelease(createFiles(), join(root, 'release'), kubo.version),
    podIp: pod_ip,
    link: network.link,
    overlay: network.overlay,
    subnetPrefix: network.subnet_prefix,
    silkDaemon: silkDaemonCredential(record)
  }
  return makeCfcr(sources, wishes, cfcr.vars)
}
