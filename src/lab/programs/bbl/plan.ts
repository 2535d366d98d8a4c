import { lstatSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { BblError } from './bbl-error.ts'
import { newEnvId } from './env-id.ts'
import { baseCloudConfig, cloudConfigOps } from './files/cloud-config.ts'
import { directorFiles } from './files/director-manifest.ts'
import { jumpboxFiles } from './files/jumpbox-manifest.ts'
import { readFlagSet } from './go-flag-set.ts'
import { setUpTerraform } from './infrastructure.ts'
import { readLoadBalancer } from './load-balancer.ts'
import { machineScript } from './scripts.ts'
import type { Session } from './session.ts'
import { type BblState, type LoadBalancerSection } from './state.ts'

interface PlanConfig {
  readonly name: string
  readonly lb: LoadBalancerSection
}

/** `bbl plan`: writes every file that `up` works with. A plan without load balancer flags takes them away (bosh-bootloader#226). */
export async function plan(session: Session): Promise<void> {
  const config = await checkPlan(session)
  await writePlan(session, config, session.state)
}

/** What can be wrong before anything is written. */
export async function checkPlan(session: Session): Promise<PlanConfig> {
  const { args, state, edge } = session
  const texts = ['name', 'lb-type', 'lb-cert', 'lb-key', 'lb-domain']
  const flags = readFlagSet(args, { texts })
  const name = flags.get('name') ?? edge.env['BBL_ENV_NAME'] ?? ''
  const config = { name, lb: readLoadBalancer(flags, edge.cwd) }
  await checkBoshVersion(session)
  if (state.envID !== '' && name !== '' && name !== state.envID) {
    throw new BblError(
      `The director name cannot be changed for an existing environment. Current name is ${state.envID}.`
    )
  }
  return config
}

/** bbl asks the bosh CLI for its version before it does anything that needs it. */
export async function checkBoshVersion(session: Session): Promise<void> {
  const version = /\d+\.\d+\.\d+/.exec(await session.ask('bosh', ['-v']))?.[0]
  if (version === undefined) {
    session.print('warning: BOSH version could not be parsed')
    return
  }
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (major > 2 || (major === 2 && (minor > 0 || patch >= 48))) return
  throw new BblError(`bosh: bosh-cli version must be at least v2.0.48, but found v${version}`)
}

/** Writes the files and gives the new state, which is saved before anything else is. */
export async function writePlan(
  session: Session,
  { name, lb }: PlanConfig,
  before: BblState
): Promise<BblState> {
  const { dir, version } = session
  const envID = before.envID === '' ? newEnvId(session.lab(), name) : before.envID
  const state = dir.save({ ...before, bblVersion: version, envID, lb })
  await setUpTerraform(session, state)
  for (const [path, text] of Object.entries({ ...jumpboxFiles, ...directorFiles })) dir.write(path, text)
  for (const machine of ['jumpbox', 'director'] as const) {
    dir.write(`create-${machine}.sh`, machineScript(machine, 'create-env'), 0o750)
    dir.write(`delete-${machine}.sh`, machineScript(machine, 'delete-env'), 0o750)
  }
  dir.write('cloud-config/cloud-config.yml', baseCloudConfig)
  dir.write('cloud-config/ops.yml', cloudConfigOps(lb))
  const dns = directorFiles['bosh-deployment/runtime-configs/dns.yml'] ?? ''
  dir.write('runtime-config/runtime-config.yml', dns, 0o600)
  tellForeignFiles(session)
  return state
}

/** Whether `up` and `down` need no plan of their own (bbl v9.0.48, commands/plan.go). */
export function isInitialized({ version }: BblState): boolean {
  return version >= 13
}

/** Names the files in the state directory that are the user's and will be used. */
function tellForeignFiles({ dir, print }: Session): void {
  const own = [
    'vars/bbl.tfvars',
    'terraform/bbl-template.tf',
    'cloud-config/cloud-config.yml',
    'cloud-config/ops.yml'
  ]
  const patterns = [
    /^(?:create|delete)-(?:jumpbox|director)-override\.sh$/,
    /^vars\/[^/]+\.tfvars$/,
    /^terraform\/[^/]+\.tf$/,
    /^cloud-config\/[^/]+\.yml$/
  ]
  const found = ['.', 'vars', 'terraform', 'cloud-config'].flatMap(folder =>
    readdirSync(dir.file(folder))
      .map(name => relative(dir.path, join(dir.file(folder), name)))
      .filter(path => patterns.some(pattern => pattern.test(path)) && !own.includes(path))
      .filter(path => !lstatSync(dir.file(path)).isDirectory())
  )
  if (found.length === 0) return
  print("\nyou've supplied the following files to bbl:\n")
  for (const path of found) print(`\t${path}`)
  print('\nthey will be used by "bbl up".\n')
}
