import { cleanUpDirector } from './configs.ts'
import {
  destroy as destroyInfrastructure,
  isPaved,
  machineVars,
  outputsOf,
  setUpTerraform,
  TerraformFailed
} from './infrastructure.ts'
import { checkBoshVersion, isInitialized, writePlan } from './plan.ts'
import { deleteMachine } from './scripts.ts'
import type { Session } from './session.ts'
import { emptyBosh, hasDirector, type BblState } from './state.ts'

/**
 * `bbl destroy`, `bbl down`: cleans up the Director, deletes it and the jumpbox, and destroys the rest. What bbl does not know it passes
 * over: without a tfstate it clears its files and is content (bbl v9.0.48, commands/destroy.go).
 */
export async function destroy(session: Session): Promise<void> {
  const { dir, step } = session
  await checkBoshVersion(session)
  if (!dir.exists()) {
    session.print(missingState(dir.path))
    return
  }
  const question = `Are you sure you want to delete infrastructure for "${session.state.envID}"? This operation cannot be undone!`
  if (!(await session.confirm(question))) {
    step('exiting')
    return
  }
  let state = session.state
  if (!isInitialized(state)) state = await writePlan(session, { name: state.envID, lb: state.lb }, state)
  if (!(await isPaved(session))) {
    dir.clear()
    return
  }
  state = await deleteDirector(session, state)
  state = await deleteJumpbox(session, state)
  dir.save(state)
  await setUpTerraform(session, state)
  try {
    await destroyInfrastructure(session)
  } catch (thrown) {
    if (thrown instanceof TerraformFailed) dir.save({ ...state, latestTFOutput: thrown.output })
    throw thrown
  }
  dir.clear()
}

/** A Director that bbl has no record of is not deleted, even where its VM runs. */
async function deleteDirector(session: Session, state: BblState): Promise<BblState> {
  if (!hasDirector(state)) return state
  await cleanUpDirector(session, state)
  session.step('destroying bosh director')
  session.dir.write('vars/director-vars-file.yml', machineVars(await outputsOf(session), 'director'))
  await deleteOrSave(session, state, 'director')
  return { ...state, bosh: emptyBosh }
}

async function deleteJumpbox(session: Session, state: BblState): Promise<BblState> {
  if (state.jumpbox.url === '') return state
  session.step('destroying jumpbox')
  session.dir.write('vars/jumpbox-vars-file.yml', machineVars(await outputsOf(session), 'jumpbox'))
  await deleteOrSave(session, state, 'jumpbox')
  return { ...state, jumpbox: { url: '' } }
}

async function deleteOrSave(
  session: Session,
  state: BblState,
  machine: 'director' | 'jumpbox'
): Promise<void> {
  try {
    await deleteMachine({ ...session, state }, machine)
  } catch (thrown) {
    session.dir.save(state)
    throw thrown
  }
}

function missingState(path: string): string {
  return `bbl-state.json not found in "${path}", ensure you're running this command in the proper state directory or create a new environment with bbl up`
}
