import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { upstreamRepositories } from '../../../src/lab/upstreams/repositories.ts'
import { applyOpsFiles, readOpsFile } from '../../../src/manifest/ops-file.ts'
import { readYaml } from '../../../src/manifest/read-yaml.ts'
import type { Value } from '../../../src/manifest/value.ts'
import { interpolate } from '../../../src/manifest/variables.ts'
import { readCfShape } from '../../../src/ops/cf-shape.ts'
import { readCfcrShape } from '../../../src/ops/cfcr-shape.ts'
import { chooseCfOps } from '../../../src/ops/choose-cf.ts'
import { chooseCfcrOps } from '../../../src/ops/choose-cfcr.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const opsFolder = { cf: join(root, 'ops', 'cf'), cfcr: join(root, 'ops', 'cfcr') }

/** Operations that a test lays over a manifest, as an ops file has them. */
export type Changes = readonly {
  readonly type: 'replace' | 'remove'
  readonly path: string
  readonly value?: Value
}[]

export interface ManifestOptions {
  /** Our ops files, by their names; those of a repave where not said. */
  readonly ops?: readonly string[]
  readonly changes?: Changes
}

/** Names of our ops files that a repave chooses for the lab's manifest, in order. */
export function opsOf(deployment: 'cf' | 'cfcr'): readonly string[] {
  const base = readYaml(baseOf(deployment))
  const chosen =
    deployment === 'cf'
      ? chooseCfOps(readCfShape(base, 'cf.yml'), { share: true, small: false })
      : chooseCfcrOps(readCfcrShape(base, 'cfcr.yml'), {
          silk: '2.30.0',
          kubo: '0.44.0+silk.1',
          link: 'shared'
        })
  return chosen.map(({ file }) => file)
}

/** Upstream's manifest, as the lab has it. */
function baseOf(deployment: 'cf' | 'cfcr'): string {
  return deployment === 'cf'
    ? filesOf('cloudfoundry/cf-deployment')('cf-deployment.yml')
    : filesOf('cloudfoundry-incubator/kubo-deployment')('manifests/cfcr.yml')
}

/** cf-deployment on one zone, with our ops files; variables of the Director stand open. */
export function cfManifest({ ops = opsOf('cf'), changes = [] }: ManifestOptions = {}): Value {
  const files = filesOf('cloudfoundry/cf-deployment')
  return built('cf', {
    base: baseOf('cf'),
    upstream: [files('operations/scale-to-one-az.yml')],
    ops,
    changes,
    vars: { system_domain: 'lab.test', silk_network: '10.255.0.0/16', silk_subnet_prefix: 24 }
  })
}

/** CFCR with our ops files; `path` is where the Director keeps silk-daemon's certificate. */
export function cfcrManifest(
  path: string,
  { ops = opsOf('cfcr'), changes = [] }: ManifestOptions = {}
): Value {
  return built('cfcr', {
    base: baseOf('cfcr'),
    upstream: [],
    ops,
    changes,
    vars: {
      silk_network: '10.255.0.0/16',
      silk_version: '2.30.0',
      silk_daemon_ca: `((${path}.ca))`,
      silk_daemon_certificate: `((${path}.certificate))`,
      silk_daemon_private_key: `((${path}.private_key))`,
      kubo_version: '0.44.0+silk.1',
      pod_ip: 'rescope'
    }
  })
}

interface Parts {
  readonly base: string
  readonly upstream: readonly string[]
  readonly ops: readonly string[]
  readonly changes: Changes
  readonly vars: Readonly<Record<string, Value>>
}

function built(deployment: 'cf' | 'cfcr', { base, upstream, ops, changes, vars }: Parts): Value {
  const own = ops.map(name => readFileSync(join(opsFolder[deployment], name), 'utf8'))
  const files = [...upstream, ...own, JSON.stringify(changes)].map((text, index) =>
    readOpsFile(text, `ops file ${index}`)
  )
  return interpolate(applyOpsFiles(readYaml(base), files), vars).document
}

function filesOf(name: string): (path: string) => string {
  const repository = upstreamRepositories.find(each => each.name === name)
  return path => {
    const file = repository?.files[path]
    if (file === undefined) throw new Error(`${name} has no ${path}`)
    return file.text
  }
}
