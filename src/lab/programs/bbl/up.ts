import { readYaml } from '../../../manifest/read-yaml.ts'
import { textAt } from '../../../manifest/value.ts'
import { nthOf } from '../../cloud/ip.ts'
import { messageOf } from '../../../core/errors.ts'
import { BblError } from './bbl-error.ts'
import { updateCloudConfig, updateRuntimeConfig } from './configs.ts'
import { apply, machineVars, outputsOf, TerraformFailed, textOutput } from './infrastructure.ts'
import { checkPlan, isInitialized, writePlan } from './plan.ts'
import { createMachine } from './scripts.ts'
import type { Session } from './session.ts'
import { emptyBosh, type BblState, type BoshSection } from './state.ts'

/** `bbl up`: paves, and saves the state after each stage, so that what is on disk is the truth (bbl v9.0.48, commands/up.go). */
export async function up(session: Session): Promise<void> {
  const config = await checkPlan(session)
  // Load balancer flags count only where this call plans (bosh-bootloader#314).
  let state = isInitialized(session.state) ? session.state : await writePlan(session, config, session.state)
  state = await createInfrastructure(session, state)
  state = await createJumpbox(session, state)
  state = await createDirector(session, state)
  await inWords('Update cloud config', () => updateCloudConfig(session, state))
  await inWords('Update runtime config', () => updateRuntimeConfig(session, state))
}

async function createInfrastructure(session: Session, state: BblState): Promise<BblState> {
  try {
    return session.dir.save({ ...state, latestTFOutput: await apply(session) })
  } catch (thrown) {
    if (thrown instanceof TerraformFailed) session.dir.save({ ...state, latestTFOutput: thrown.output })
    throw thrown
  }
}

async function createJumpbox(session: Session, state: BblState): Promise<BblState> {
  session.step('creating jumpbox')
  const outputs = await outputsOf(session)
  session.dir.write('vars/jumpbox-vars-file.yml', machineVars(outputs, 'jumpbox'))
  try {
    await createMachine({ ...session, state }, 'jumpbox')
  } catch (thrown) {
    session.dir.save(state)
    throw failed(thrown, 'Create jumpbox')
  }
  session.step('created jumpbox')
  return session.dir.save({ ...state, jumpbox: { url: textOutput(outputs, 'jumpbox_url') } })
}

async function createDirector(session: Session, state: BblState): Promise<BblState> {
  session.step('creating bosh director')
  const outputs = await outputsOf(session)
  session.dir.write('vars/director-vars-file.yml', machineVars(outputs, 'director'))
  try {
    await createMachine({ ...session, state }, 'director')
  } catch (thrown) {
    // What was known of an earlier Director is lost here, in bbl too (bbl v9.0.48, bosh/manager.go, CreateDirector).
    session.dir.save({ ...state, bosh: emptyBosh })
    throw failed(thrown, 'Create bosh director')
  }
  const ip = textOutput(outputs, 'director__internal_ip')
  const address = ip === '' ? nthOf(textOutput(outputs, 'internal_cidr'), 6) : ip
  const saved = session.dir.save({ ...state, bosh: boshSection(session, state.envID, address) })
  session.step('created bosh director')
  return saved
}

function boshSection({ dir }: Session, envID: string, ip: string): BoshSection {
  const store = readYaml(dir.read('vars/director-vars-store.yml') ?? '')
  const text = (...keys: readonly string[]): string => textAt(store, ...keys) ?? ''
  return {
    directorName: `bosh-${envID}`,
    directorAddress: `https://${ip}:25555`,
    directorUsername: 'admin',
    directorPassword: text('admin_password'),
    directorSSLCA: text('director_ssl', 'ca'),
    directorSSLCertificate: text('director_ssl', 'certificate'),
    directorSSLPrivateKey: text('director_ssl', 'private_key')
  }
}

async function inWords(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    throw failed(thrown, what)
  }
}

function failed(thrown: unknown, what: string): unknown {
  return thrown instanceof BblError ? new BblError(`${what}: ${messageOf(thrown)}`) : thrown
}
