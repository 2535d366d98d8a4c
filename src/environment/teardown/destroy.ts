import { UserError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { Duration } from '../../core/duration.ts'
import { delay } from '../../core/wait.ts'
import type { Bbl } from '../../tools/bbl.ts'
import type { Cloud } from '../../tools/clouds/cloud.ts'
import { ProgramFailed } from '../../tools/exec.ts'
import type { Files } from '../../tools/files.ts'
import { bblFolder } from '../iaas-params.ts'
import type { BblState } from '../identity.ts'
import { briefly, classifyDown, saidBy } from './failures.ts'
import { missingThingIn, withoutDirector, withoutThing } from './machine-state.ts'
import type { Owner } from './match.ts'
import { knownToState, machines, type Machine } from './state-knowledge.ts'
import { sweep } from './sweep.ts'

/** What a destruction works with. */
export interface Destruction {
  readonly bbl: Bbl
  readonly cloud: Cloud
  readonly files: Files
  readonly log: Log
  readonly signal: AbortSignal
  /** Root of the state's tree. */
  readonly state: string
  readonly owner: Owner
  /** Upper bound of what a sweep may delete. */
  readonly most: number
  /** Between two tries, for what the IaaS takes its time to let go. */
  readonly pause: Duration
  /** Keeps the state as it is now, before and after it is edited. */
  readonly checkpoint: (reason: string) => Promise<void>
}

/** Load balancers of AWS take 10 to 20 minutes to let go of their network. */
const triesWhileInUse = 6
/** VM, disk and image of two machines. */
const mostMissing = 6

/** What is known of the Director before anything is destroyed. */
export interface DirectorHealth {
  readonly answers: boolean
  /** Deployments that it still has. */
  readonly deployments: readonly string[]
}

/**
 * Destroys Director, jumpbox and network. A Director that bbl can't ask, or knows nothing of, or that still has
 * deployments, is deleted by bbl's own script first; then what it has left is swept, before terraform trips over it.
 * Throws what `bbl down` threw where it can't be helped.
 */
export async function destroyAll(
  work: Destruction,
  before: BblState,
  director: DirectorHealth
): Promise<void> {
  const { bbl, files, log, state } = work
  const has = (machine: Machine) => files.exists(`${bblFolder(state)}/${machines[machine]}`)
  const isDead = !director.answers || director.deployments.length > 0
  if ((await has('director')) && isDead) {
    await refuseUnseen(work, director)
    log.warn(`${whyBypassed(before, director)}: deleting the Director without asking it`)
    await deleteMachine(work, 'director')
  }
  // bbl passes over a jumpbox that never came up, too (bbl v9.0.48, commands/destroy.go).
  if (before.jumpbox === undefined && (await has('jumpbox'))) await deleteMachine(work, 'jumpbox')
  if (isDead) {
    await forgetDirector(work)
    await sweepUnknown(work)
  }
  await mendingMissing(work, () => downWhileInUse(work, bbl))
}

function whyBypassed({ director }: BblState, { answers, deployments }: DirectorHealth): string {
  if (director === undefined) return 'the Director never came up'
  return answers ? `the Director still has ${deployments.join(', ')}` : 'the Director does not answer'
}

/** Without a Director and without a view of the IaaS, its deployments' VMs would stand where nobody sees them. */
async function refuseUnseen({ cloud }: Destruction, { answers, deployments }: DirectorHealth): Promise<void> {
  if (!answers || deployments.length === 0) return
  const unseen = (await cloud.list()).notChecked.find(({ kinds }) => kinds.includes('vm'))
  if (unseen === undefined) return
  throw new UserError(
    'refused',
    `the Director still has ${deployments.join(', ')}, and ${unseen.what} can't be listed (${unseen.why}), expected one or the other`,
    { hint: 'delete the deployments, or put the program of the IaaS into the image of the task' }
  )
}

/** Deletes a machine by bbl's script, with what somebody else has deleted already taken out of its state. */
async function deleteMachine(work: Destruction, machine: Machine): Promise<void> {
  await mendingMissing(work, () => work.bbl.deleteMachine(machine))
  await work.checkpoint(`${machine} deleted`)
}

/** Makes bbl pass over a Director that is gone, instead of asking it to clean up. */
async function forgetDirector({ files, state, checkpoint }: Destruction): Promise<void> {
  const path = `${bblFolder(state)}/bbl-state.json`
  await files.writeSecret(path, withoutDirector(await files.readText(path)))
  await checkpoint('Director forgotten')
}

/** Sweeps what BOSH and Kubernetes have made, and bbl knows nothing of. */
async function sweepUnknown(work: Destruction): Promise<void> {
  const known = await knownToState(work.files, work.state)
  const { failed } = await sweep({ ...work, known, dryRun: false, passes: 2 })
  for (const line of failed) work.log.warn(`not deleted: ${line}`)
}

async function downWhileInUse(work: Destruction, bbl: Bbl): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await bbl.down()
      return
    } catch (thrown) {
      const kind = await classifyDown(thrown, () => bbl.latestError())
      if (work.signal.aborted || attempt >= triesWhileInUse) throw thrown
      if (kind === 'director') {
        work.log.warn('the Director could not clean up: deleting it without asking it')
        await deleteMachine(work, 'director')
        await forgetDirector(work)
      } else if (kind !== 'in-use') throw thrown
      work.log.warn(`bbl down: try ${attempt} of ${triesWhileInUse}: ${briefly(thrown)}`)
      await sweepUnknown(work)
      if (kind === 'in-use') await delay(work.pause, work.signal)
    }
  }
}

/**
 * Does work that runs delete-env, and again without a thing that the cloud says it does not have. What can still be seen
 * there stays in the state, and the failure is thrown on (bosh-bootloader#426).
 */
async function mendingMissing(work: Destruction, destroy: () => Promise<void>): Promise<void> {
  for (let mended = 0; ; mended += 1) {
    try {
      await destroy()
      return
    } catch (thrown) {
      if (work.signal.aborted || mended >= mostMissing || !(await mend(work, thrown))) throw thrown
    }
  }
}

async function mend(
  { cloud, files, log, state, checkpoint }: Destruction,
  thrown: unknown
): Promise<boolean> {
  if (!(thrown instanceof ProgramFailed)) return false
  for (const file of Object.values(machines)) {
    const path = `${bblFolder(state)}/${file}`
    const text = await files.readTextIfAny(path)
    const missing = text === undefined ? undefined : missingThingIn(saidBy(thrown), text)
    if (text === undefined || missing === undefined) continue
    const { resources, notChecked } = await cloud.list()
    const standing = resources.find(({ id, name }) => [id, name].includes(missing.cid))
    if (standing !== undefined) {
      log.warn(`${file}: ${missing.kind} ${missing.cid} was said to be gone, but stands in the cloud`)
      return false
    }
    const unseen = notChecked.find(({ kinds }) => kinds.includes(missing.kind))
    const seen = unseen === undefined ? 'it is in no listing' : `not listed: ${unseen.why}`
    log.warn(`${file}: forgetting ${missing.kind} ${missing.cid}, which the cloud does not have (${seen})`)
    await checkpoint(`before forgetting ${missing.kind} ${missing.cid}`)
    await files.writeSecret(path, withoutThing(text, missing))
    await checkpoint(`forgot ${missing.kind} ${missing.cid}`)
    return true
  }
  return false
}
