import { Duration } from '../core/duration.ts'
import { messageOf } from '../core/errors.ts'
import type { CellResult } from '../core/matrix-results.ts'
import { delay } from '../core/wait.ts'
import { judge, type Judgement, type Seen } from './judge.ts'
import type { Cell, NetworkKind, Place } from './matrix.ts'
import type { Prober } from './prober.ts'
import { questionOf, type Question } from './question.ts'

export interface TryOptions {
  readonly network: NetworkKind
  readonly signal?: AbortSignal
  /** How long a policy may take until cells know of it: agents ask for policies every few seconds. @default 1 minute */
  readonly policyWithin?: Duration
  /** Between two tries of one cell. @default 1 s */
  readonly pause?: Duration
  /** @default `performance.now` */
  readonly nowMillis?: () => number
}

/** Tries in all of a cell that does not do as expected. */
const mostTries = 3

/** Tries one cell. A control is asked once: a door that was found open once is open. */
export async function tryCell(cell: Cell, prober: Prober, options: TryOptions): Promise<CellResult> {
  const { id, from, to, proves } = cell
  const { nowMillis = () => performance.now() } = options
  const expected = cell.expected[options.network]
  const question = questionOf(cell, prober.places)
  const command = prober.lineOf(from, question.argv)
  const start = nowMillis()
  const ask = async (): Promise<Judgement> =>
    judge(cell, expected, await askOnce(from, question, prober, options.signal), prober.places)
  const { detail, source, ...rest } = await (cell.policy === true
    ? withPolicy(cell, prober, () => askUntil(ask, options, nowMillis))
    : askAgain(ask, cell.control === true ? 1 : mostTries, options))
  const tookMillis = Math.round(nowMillis() - start)
  const seen = source === undefined ? {} : { source }
  return { id, from, to, proves, command, expected: expected.outcome, ...rest, ...seen, tookMillis, detail }
}

async function askOnce(
  from: Place,
  question: Question,
  prober: Prober,
  signal: AbortSignal | undefined
): Promise<Seen> {
  try {
    const output = await prober.run(from, question.argv)
    const answer = question.read(output)
    return answer === undefined
      ? { reason: `no answer in ${JSON.stringify(output.slice(0, 200))}` }
      : { answer }
  } catch (thrown) {
    // Whoever is told to stop has seen nothing.
    signal?.throwIfAborted()
    const message = messageOf(thrown)
    const answer = question.readFailure?.(message)
    return answer === undefined ? { reason: reasonIn(message) } : { answer }
  }
}

/** What the program in the app or pod said, which comes first: below it ssh and kubectl say that it failed. */
function reasonIn(message: string): string {
  const [command = '', said] = message.trimEnd().split('\n')
  return said ?? command
}

type Verdict = Pick<CellResult, 'verdict' | 'detail'> & Partial<Pick<CellResult, 'tries' | 'source'>>

/** A cell that did not do as expected at once is a flake at best; it tells what it saw first. */
async function askAgain(ask: () => Promise<Judgement>, most: number, options: TryOptions): Promise<Verdict> {
  const { isExpected, ...first } = await ask()
  if (isExpected) return { verdict: 'pass', ...first }
  for (let tries = 2; tries <= most; tries += 1) {
    await delay(options.pause ?? Duration.seconds(1), options.signal)
    if ((await ask()).isExpected) return { verdict: 'flake', tries, ...first }
  }
  return { verdict: 'fail', ...(most > 1 ? { tries: most } : {}), ...first }
}

/** Asks until it is as expected. How long a policy takes to arrive is no flake; that it does not arrive in time is a failure. */
async function askUntil(
  ask: () => Promise<Judgement>,
  { policyWithin = Duration.minutes(1), pause = Duration.seconds(1), signal }: TryOptions,
  nowMillis: () => number
): Promise<Verdict> {
  const start = nowMillis()
  for (;;) {
    const { isExpected, ...seen } = await ask()
    const waited = Duration.milliseconds(Math.round(nowMillis() - start))
    if (isExpected) return { verdict: 'pass', ...seen }
    if (waited.milliseconds >= policyWithin.milliseconds) {
      return {
        verdict: 'fail',
        ...seen,
        detail: `${policyWithin.toString()} after its policy: ${seen.detail}`
      }
    }
    await delay(pause, signal)
  }
}

/** Lets a policy stand while something is asked. One that can't be set or taken away is a failure of the cell. */
async function withPolicy(
  { from, to }: Cell,
  prober: Prober,
  work: () => Promise<Verdict>
): Promise<Verdict> {
  try {
    await prober.allow(from, to)
  } catch (thrown) {
    return { verdict: 'fail', detail: `its policy could not be set: ${reasonIn(messageOf(thrown))}` }
  }
  const [worked] = await Promise.allSettled([work()])
  const [taken] = await Promise.allSettled([prober.forbid(from, to)])
  if (worked.status === 'rejected') throw worked.reason
  if (taken.status === 'fulfilled') return worked.value
  return {
    ...worked.value,
    verdict: 'fail',
    detail: `${worked.value.detail}; its policy could not be taken away: ${reasonIn(messageOf(taken.reason))}`
  }
}
