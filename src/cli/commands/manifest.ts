import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UserError } from '../../core/errors.ts'
import type { Environment } from '../../environment/environment.ts'
import { cfcrVars, silkDaemonCredential, silkDaemonVars } from '../../environment/ops.ts'
import { scaleOps } from '../../environment/scale.ts'
import { readOpsFile, type OpsFile } from '../../manifest/ops-file.ts'
import { readYaml } from '../../manifest/read-yaml.ts'
import { renderYaml } from '../../manifest/render-yaml.ts'
import type { Variables } from '../../manifest/variables.ts'
import type { CfcrWishes } from '../../ops/choose-cfcr.ts'
import { applyAndExplain, explainText } from '../../ops/explain.ts'
import { makeCf } from '../../ops/make-cf.ts'
import { makeCfcr, withoutOwnDns, type MadeManifest } from '../../ops/make-cfcr.ts'
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
  const from = resolve(options.from ?? join(context.root, '..', upstream))
  const disk = createFiles()
  const read = (path: string): Promise<string> => disk.readText(join(from, path))
  const file = deployment === 'cf' ? 'cf-deployment.yml' : 'manifests/cfcr.yml'
  if (!existsSync(join(from, file))) {
    throw new UserError('usage', `${from}: found no ${file}, expected a checkout of ${upstream}`, {
      hint: 'name it by --from'
    })
  }
  const paths = [...record[deployment].ops, ...(existsSync(join(from, withoutOwnDns)) ? [withoutOwnDns] : [])]
  const files = new Map<string, OpsFile>()
  for (const path of paths) files.set(path, readOpsFile(await read(path), path))
  const folder = join(context.root, 'ops', deployment)
  for (const name of readdirSync(folder).filter(each => each.endsWith('.yml'))) {
    files.set(name, readOpsFile(await disk.readText(join(folder, name)), `ops/${deployment}/${name}`))
  }
  const sources = {
    file,
    manifest: readYaml(await read(file), file),
    upstream: record[deployment].ops.map(path => known(files, path)),
    upstreamFile: (path: string) => files.get(path),
    ours: (name: string) => known(files, name)
  }
  const values = await valuesOf(context, environment, deployment, options)
  const made =
    deployment === 'cf'
      ? makeCf(sources, { share: true, small: options.small === true }, values)
      : makeCfcr(sources, await wishesOf(context, environment, options), values)
  for (const finding of made.findings) context.err(`${formatFinding(finding)}\n`)
  const scale = readOpsFile(scaleOps(record[deployment].scale), `env/${record.name}.yml`)
  print(context, options, made, scale, values)
}

function print(
  { out }: CliContext,
  { explain, format }: ManifestOptions,
  made: MadeManifest,
  scale: OpsFile,
  vars: Variables
): void {
  const scaled = applyAndExplain(made.document, [scale])
  const steps = [...made.steps, ...scaled.steps]
  const text = renderYaml(scaled.document)
  if (format === 'json')
    out(`${JSON.stringify({ ops: made.chosen, vars, steps, manifest: text }, null, 2)}\n`)
  else out(explain === true ? explainText(steps) : text)
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

function known(files: ReadonlyMap<string, OpsFile>, name: string): OpsFile {
  const found = files.get(name)
  if (found === undefined) throw new Error(`ops/${name}: found none, though it was chosen`)
  return found
}
