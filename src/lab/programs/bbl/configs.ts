import { readdirSync } from 'node:fs'
import { renderYaml } from '../../../manifest/render-yaml.ts'
import { nthOf } from '../../cloud/ip.ts'
import { messageOf } from '../../../core/errors.ts'
import { BblError } from './bbl-error.ts'
import { outputsOf, textOutput, type Outputs } from './infrastructure.ts'
import type { Session } from './session.ts'
import type { BblState } from './state.ts'

/** Gives the Director its cloud config: bbl's, changed by every other file in `cloud-config/` (bbl v9.0.48, cloudconfig/manager.go). */
export async function updateCloudConfig(session: Session, state: BblState): Promise<void> {
  const { dir, step } = session
  step('generating cloud config')
  dir.write('vars/cloud-config-vars.yml', cloudConfigVars(await outputsOf(session)))
  step('applying cloud config')
  const own = ['cloud-config.yml', 'ops.yml']
  const others = readdirSync(dir.file('cloud-config')).filter(name => !own.includes(name))
  const opsFiles = ['ops.yml', ...others.sort()].flatMap(name => [
    '--ops-file',
    dir.file('cloud-config', name)
  ])
  await bosh(session, state, 'update cloud-config', [
    'update-cloud-config',
    dir.file('cloud-config/cloud-config.yml'),
    ...opsFiles,
    '--vars-file',
    dir.file('vars/cloud-config-vars.yml')
  ])
}

/** Gives the Director its runtime config named `dns`, changed by every other `*.yml` in `runtime-config/`. */
export async function updateRuntimeConfig(session: Session, state: BblState): Promise<void> {
  const { dir, step } = session
  step('applying runtime config')
  const others = readdirSync(dir.file('runtime-config')).filter(
    name => name !== 'runtime-config.yml' && name.endsWith('.yml')
  )
  const opsFiles = others.sort().flatMap(name => ['--ops-file', dir.file('runtime-config', name)])
  const path = dir.file('runtime-config/runtime-config.yml')
  await bosh(session, state, 'update runtime-config', [
    'update-runtime-config',
    path,
    ...opsFiles,
    '--name',
    'dns'
  ])
}

/** Deletes what no deployment of the Director uses. */
export async function cleanUpDirector(session: Session, state: BblState): Promise<void> {
  session.step('cleaning up director resources')
  await bosh(session, state, undefined, ['clean-up', '--all'])
}

async function bosh(
  session: Session,
  { bosh: section }: BblState,
  what: string | undefined,
  args: readonly string[]
): Promise<void> {
  try {
    await session.runQuietly('bosh', ['--non-interactive', ...args], {
      BOSH_ENVIRONMENT: section.directorAddress,
      BOSH_CLIENT: section.directorUsername,
      BOSH_CLIENT_SECRET: section.directorPassword,
      BOSH_CA_CERT: section.directorSSLCA
    })
  } catch (thrown) {
    if (what === undefined || !(thrown instanceof BblError)) throw thrown
    throw new BblError(`failed to ${what}: ${messageOf(thrown)}`)
  }
}

function cloudConfigVars(outputs: Outputs): string {
  const cidr = textOutput(outputs, 'internal_cidr')
  const names = Object.keys(outputs).filter(name => name.endsWith('_lb_name'))
  const range = (first: number, last: number): string => `${nthOf(cidr, first)}-${nthOf(cidr, last)}`
  return renderYaml({
    network: textOutput(outputs, 'network'),
    internal_cidr: cidr,
    internal_gw: textOutput(outputs, 'internal_gw'),
    reserved_ips_low: range(2, 9),
    reserved_ips_high: range(240, 254),
    static_ips: range(200, 239),
    ...Object.fromEntries(names.map(name => [name, textOutput(outputs, name)]))
  })
}
