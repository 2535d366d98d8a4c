import { join, resolve } from 'node:path'
import { UserError } from '../../core/errors.ts'
import type { Environment } from '../../environment/environment.ts'
import { cfcrVars, silkDaemonCredential, silkDaemonVars } from '../../environment/ops.ts'
import { scaleOps } from '../../environment/scale.ts'
import { readOpsFile } from '../../manifest/ops-file.ts'
import type { Variables } from '../../manifest/variables.ts'
import type { CfcrWishes } from '../../ops/choose-cfcr.ts'
import { explainText } from '../../ops/explain.ts'
import { makeCf } from '../../ops/make-cf.ts'
import { makeCfcr } from '../../ops/make-cfcr.ts'
import { readSources } from '../../ops/sources.ts'
import { releaseVersion } from '../../ops/version.ts'
import { readOverlay } from '../../release/overlay.ts'
import { customizedVersion } from '../../release/upstream-version.ts'
import { createFiles } from '../../tools/files.ts'
import { formatFinding } from '../../core/finding.ts'
import type { CliContext } from '../context.ts'
import { loadEnvironment } from '../environments.ts'
import type { Format } from '../options.ts'

export interface ManifestOptions {
  readonly env: string
  readonly from?: string
  readonly explain?: true
  readonly release?: string
  readonly releaseUrl?: string
  readonly link: CfcrWishes['link']
  readonly small?: true
  readonly format: Format
}

/** Prints the manifest of CF or CFCR for an environment, or what each operation did to it. */
export async function manifest(
  context: CliContext,
  deployment: 'cf' | 'cfcr',
  options: ManifestOptions
): Promise<void> {
  const environment = await loadEnvironment(context, options.env)
  const { record } = environment
  if (record.network.kind === 'flannel') {
    throw new UserError('usage', `env/${record.name}.yml: network.kind: found flannel, expected silk`, {
      hint: "use upstream's manifest as it is"
    })
  }
  const upstream = deployment === 'cf' ? 'cf-deployment' : 'kubo-deployment'
  const sources = await readSources(createFiles(), {
    deployment,
    upstream: resolve(options.from ?? join(context.root, '..', upstream)),
    ops: join(context.root, 'ops'),
    upstreamOps: record[deployment].ops,
    scale: readOpsFile(scaleOps(record[deployment].scale), `env/${record.name}.yml`)
  })
  const values = await valuesOf(context, environment, deployment, options)
  const made =
    deployment === 'cf'
      ? makeCf(sources, { share: true, small: options.small === true }, values)
      : makeCfcr(sources, await wishesOf(context, environment, options), values)
  for (const finding of made.findings) context.err(`${formatFinding(finding)}\n`)
  if (options.format === 'json') {
    const { chosen, steps, text } = made
    context.out(`${JSON.stringify({ ops: chosen, vars: values, steps, manifest: text }, null, 2)}\n`)
  } else context.out(options.explain === true ? explainText(made.steps) : made.text)
}

async function wishesOf(
  context: CliContext,
  { record, versions }: Environment,
  options: ManifestOptions
): Promise<CfcrWishes> {
  const version = await releaseOf(context, versions.repositories['kubo-release'].version, options)
  const url = options.releaseUrl
  return {
    silk: releaseVersion(versions.repositories['silk-release'].version, 'repositories.silk-release.version'),
    podIp: record.pod_ip,
    link: options.link,
    ...(version === undefined ? {} : { kubo: { version, ...(url === undefined ? {} : { url }) } })
  }
}

/** The customized release's version; undefined where the environment goes without one. */
async function releaseOf(
  { root }: CliContext,
  upstream: string,
  { release }: ManifestOptions
): Promise<string | undefined> {
  if (release === 'none') return undefined
  if (release !== undefined) return releaseVersion(release, '--release')
  const { revision } = await readOverlay(createFiles(), join(root, 'release'))
  return customizedVersion(releaseVersion(upstream, 'repositories.kubo-release.version'), revision)
}

async function valuesOf(
  context: CliContext,
  environment: Environment,
  deployment: 'cf' | 'cfcr',
  options: ManifestOptions
): Promise<Variables> {
  const { record, versions } = environment
  if (deployment === 'cf') return { system_domain: record.system_domain, ...record.cf.vars }
  const release = await releaseOf(context, versions.repositories['kubo-release'].version, options)
  const own =
    release === undefined
      ? {
          silk_k8s_pre_start: await createFiles().readText(
            join(context.root, 'ops/cfcr/silk-k8s-pre-start.sh')
          )
        }
      : { kubo_version: release, pod_ip: record.pod_ip }
  return {
    ...silkDaemonVars(silkDaemonCredential(record)),
    ...own,
    ...(options.releaseUrl === undefined ? {} : { kubo_url: options.releaseUrl }),
    ...(options.link === 'shared' ? {} : { silk_subnet_prefix: record.network.subnet_prefix }),
    ...cfcrVars(environment)
  }
}
