import type { RunEvent, StepOutcome } from '../../src/core/run-event.ts'

type Unstamped<E> = E extends RunEvent ? Omit<E, 'at'> : never

const start = Date.parse('2026-11-22T12:03:11.000Z')

/** Writes events at given milliseconds after the start, and orders them by time. */
export class Script {
  readonly #events: { readonly millis: number; readonly event: RunEvent }[] = []
  #steps = 0

  at(millis: number, event: Unstamped<RunEvent>): void {
    this.#events.push({ millis, event: { at: new Date(start + millis).toISOString(), ...event } })
  }

  step(
    kind: string,
    name: string,
    from: number,
    to: number | undefined,
    more: {
      readonly parent?: number
      readonly attempt?: number
      readonly outcome?: StepOutcome
      readonly exitCode?: number
      readonly message?: string
      readonly output?: readonly string[]
    } = {}
  ): number {
    this.#steps += 1
    const step = this.#steps
    const { parent, attempt, outcome = 'succeeded', output = [], exitCode, message } = more
    this.at(from, {
      kind: 'step-started',
      step,
      path: `jobs.repave.${kind}(${name})`,
      stepKind: kind,
      name,
      ...(parent === undefined ? {} : { parent }),
      ...(attempt === undefined ? {} : { attempt })
    })
    for (const text of output) this.at(from + 1, { kind: 'step-output', step, text })
    if (to === undefined) return step
    this.at(to, {
      kind: 'step-finished',
      step,
      outcome,
      tookMillis: to - from,
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(message === undefined ? {} : { message })
    })
    return step
  }

  /** All events, or those of the first so many milliseconds. */
  events(until = Infinity): RunEvent[] {
    return this.#events
      .filter(({ millis }) => millis <= until)
      .toSorted((a, b) => a.millis - b.millis)
      .map(({ event }) => event)
  }
}

/** A repave in which CF and the release are made side by side; it fails in the connectivity tests unless told not to. */
export function sampleRun({ fails = true }: { readonly fails?: boolean } = {}): Script {
  const script = new Script()
  script.at(0, {
    kind: 'run-started',
    run: '20261122-120311-7f3a',
    pipeline: 'repave',
    job: 'repave',
    environment: 'play-fern',
    pid: 4711,
    host: 'desk'
  })
  script.step('get', 'causeway', 10, 310)
  script.step('task', 'claim-environment', 310, 700, { output: ['$ git push', 'claimed play-fern'] })
  script.at(720, { kind: 'notice', message: 'privileged is ignored on this machine', step: 2 })
  script.step('task', 'destroy-infrastructure', 720, 9_400, {
    output: ['\u001b[31mdeleting\u001b[0m 28 VMs']
  })
  const attempts = script.step('attempts', 'attempts', 9_400, 21_000)
  script.step('task', 'pave-infrastructure', 9_400, 12_000, {
    parent: attempts,
    attempt: 1,
    outcome: 'failed',
    exitCode: 4,
    message: 'bbl up: exit code 1\nError: quota <exceeded>',
    output: ['$ bbl up', 'Error: quota <exceeded>']
  })
  script.step('task', 'pave-infrastructure', 12_000, 21_000, { parent: attempts, attempt: 2 })
  const parallel = script.step('in_parallel', 'in_parallel', 21_000, 40_000)
  script.step('task', 'deploy-cf', 21_000, 40_000, {
    parent: parallel,
    output: ['Task 12 | 12:03:40 | Updating instance diego-cell: diego-cell/0 (00:00:04)']
  })
  const branch = script.step('do', 'do', 21_000, 29_000, { parent: parallel })
  script.step('get', 'kubo-release', 21_000, 22_500, { parent: branch })
  script.step('task', 'create-cfcr-release', 22_500, 29_000, { parent: branch })
  script.step('task', 'deploy-cfcr', 40_000, 52_000)
  script.step('task', 'test-connectivity', 52_000, 57_300, fails ? failure : {})
  const ensure = script.step('ensure', 'ensure', 57_300, 58_100)
  script.step('task', 'release-environment', 57_300, 58_100, {
    parent: ensure,
    output: [fails ? 'quarantined play-fern' : 'gave play-fern back']
  })
  script.at(58_150, {
    kind: 'run-finished',
    outcome: fails ? 'failed' : 'succeeded',
    exitCode: fails ? 4 : 0,
    tookMillis: 58_150,
    ...(fails ? { firstFailure: 'jobs.repave.task(test-connectivity)' } : {})
  })
  return script
}

const failure = {
  outcome: 'failed',
  exitCode: 4,
  message: '1 of 4 cells not as expected: pod-app-policy',
  output: [
    '$ kubectl exec probe',
    'curl: (28) Connection timed out after 5001 ms',
    'hint: <look> at the leases & routes'
  ]
} as const
