import { Duration } from '../src/core/duration.ts'
import { messageOf, UserError } from '../src/core/errors.ts'
import type { Log } from '../src/core/log.ts'
import { retry, untilStable } from '../src/core/wait.ts'
import { bblOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardIdentity, readBblState } from '../src/environment/identity.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'
import type { Bosh } from '../src/tools/bosh.ts'
import { ProgramFailed } from '../src/tools/exec.ts'

export default defineTask({
  name: 'delete-deployments',
  doc: 'Deletes every deployment and all that the Director still holds for them; fails where anything stays.',
  image: 'toolbox',
  inputs: { state: { doc: "The environment's state branch." } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    LOCK_WAIT_MINUTES: {
      doc: 'How long to wait for locks of running Director tasks.',
      type: 'number',
      default: 20
    },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(2),
  async run({ inputs, params, tools, log, signal }) {
    const state = await openState(tools, params, inputs.state)
    const paved = await readBblState(tools.files, state)
    if (paved === undefined) {
      log.info(`${params.ENVIRONMENT} is not paved: no deployments`)
      return
    }
    guardIdentity(paved, params.ENVIRONMENT)
    const access = await bblOf(tools, params, state).printEnvIfAny()
    if (access === undefined) {
      log.warn(
        'the Director never came up: what it may hold is left to destroy-infrastructure and prove-empty'
      )
      return
    }
    const bosh = tools.bosh(access)
    await waitForLocks(bosh, Duration.minutes(params.LOCK_WAIT_MINUTES), signal)
    for (const deployment of consumersFirst(await bosh.deployments())) {
      await deleteOne(bosh, deployment, log, signal)
    }
    await bosh.cleanUpAll()
    await proveNoneLeft(bosh)
  }
})

/** cfcr takes its network from cf, and a provider of a link can't go before its consumers. */
function consumersFirst(deployments: readonly string[]): string[] {
  return [...deployments].sort((a, b) => Number(a === 'cf') - Number(b === 'cf'))
}

/** An aborted build leaves its Director task running, which holds the deployment's lock. */
async function waitForLocks(bosh: Bosh, deadline: Duration, signal: AbortSignal): Promise<void> {
  const noLocks = async () => {
    const locks = await bosh.table(['locks'])
    if (locks.length === 0) return
    const held = locks.map(lock => `${lock['type'] ?? 'lock'} ${lock['resource'] ?? ''}`)
    throw new UserError('timeout', `held: ${held.join(', ')}`)
  }
  await untilStable(noLocks, {
    what: "the Director's locks",
    times: 1,
    every: Duration.seconds(5),
    deadline,
    signal
  })
}

/** `--force` passes over errors of agents, disks and the IaaS, so it is the last resort, and what it left is looked for. */
async function deleteOne(bosh: Bosh, deployment: string, log: Log, signal: AbortSignal): Promise<void> {
  try {
    await retry(() => bosh.deleteDeployment(deployment), {
      tries: 3,
      pause: Duration.seconds(10),
      when: thrown => thrown instanceof ProgramFailed && isPassing(thrown.message),
      onRetry: (_, attempt) => log.warn(`${deployment}: deletion failed, try ${attempt + 1} of 3`),
      signal
    })
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof ProgramFailed)) throw thrown
    log.warn(`${deployment}: deleting it by force, after: ${messageOf(thrown).split('\n', 1)[0] ?? ''}`)
    await bosh.deleteDeployment(deployment, { force: true })
  }
}

function isPassing(message: string): boolean {
  return /Timed out|Failed to acquire lock|connection (refused|reset)|i\/o timeout/.test(message)
}

async function proveNoneLeft(bosh: Bosh): Promise<void> {
  const left = [
    ...(await bosh.deployments()).map(name => `deployment ${name}`),
    ...(await bosh.table(['disks', '--orphaned'])).map(disk => `orphaned disk ${disk['disk_cid'] ?? ''}`),
    ...(await bosh.table(['orphaned-vms'])).map(vm => `orphaned VM ${vm['vm_cid'] ?? ''}`)
  ]
  if (left.length === 0) return
  throw new UserError('program', `the Director still holds ${left.join(', ')}, expected nothing`, {
    hint: 'look at `bosh tasks --recent`, then tear down again'
  })
}
