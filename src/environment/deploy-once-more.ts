import type { Duration } from '../core/duration.ts'
import type { Log } from '../core/log.ts'
import { retry } from '../core/wait.ts'
import type { Bosh } from '../tools/bosh.ts'
import { ProgramFailed } from '../tools/exec.ts'
import { withRemedy } from './deploy-remedies.ts'

type Inputs = Parameters<Bosh['deploy']>[1]

interface Deploying {
  readonly bosh: Pick<Bosh, 'deploy'>
  readonly log: Log
  readonly signal: AbortSignal
  readonly pause: Duration
}

/** What the Director says of a VM whose agent does not answer (bosh v283, agent_client.rb). It often does, once it is made anew. */
const unanswered = /Timed out (?:pinging|sending '[\w-]+') to/

/** Deploys, and once more where a VM did not answer in time. Any other failure, or a second one, is thrown, with its hint where there is one. */
export async function deployOnceMore(
  { bosh, log, signal, pause }: Deploying,
  deployment: string,
  inputs: Inputs
): Promise<void> {
  await retry(() => bosh.deploy(deployment, inputs), {
    tries: 2,
    pause,
    // The Director's own words are on standard output, with the task that said them.
    when: thrown => thrown instanceof ProgramFailed && unanswered.test(`${thrown.message}\n${thrown.stdout}`),
    onRetry: () => log.warn(`${deployment}: a VM did not answer in time; deploying once more`),
    signal
  }).catch((thrown: unknown) => {
    throw withRemedy(thrown)
  })
}
