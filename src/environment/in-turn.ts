import type { Job, Resource, Step } from '../concourse/model.ts'
import { job } from '../concourse/job.ts'
import type { Artifact } from '../concourse/artifact.ts'
import { get, inOrder, put } from '../concourse/steps.ts'
import { Duration } from '../core/duration.ts'
import type { Environment } from './environment.ts'
import { resourcesOf } from './resources.ts'

/** How long a pipeline waits for the environment. */
const patience = Duration.hours(4)

/**
 * Two jobs for work that waits its turn: the first claims the environment's lock, the second works while it holds it and
 * releases it whatever happens. The claim is a job of its own, so that what the work fetches is as new as the claim, and
 * every version of the lock gets its build: else two claims would end in one build and a lock that nobody releases.
 */
export function inTurn<K extends string>(
  environment: Environment,
  work: {
    readonly name: string
    /** A new version of any of them starts the work. */
    readonly startsOn: Readonly<Record<K, Resource>>
    /** Is handed what it starts on, as the claim saw it. */
    readonly plan: (started: Readonly<Record<K, Step & Artifact>>) => readonly Step[]
  }
): Job[] {
  const { environment: lock } = resourcesOf(environment)
  const resources: readonly (readonly [string, Resource])[] = Object.entries<Resource>(work.startsOn)
  const claim = job('claim-environment', [
    ...resources.map(([, resource]) => get(resource, { trigger: true })),
    put(lock, { params: { claim: environment.record.name }, timeout: patience })
  ])
  const held = get(lock, { passed: [claim], version: 'every', trigger: true })
  const started = Object.fromEntries(
    resources.map(([key, resource]) => [key, get(resource, { passed: [claim] })])
  ) as Record<K, Step & Artifact>
  const release = put(lock, { params: { release: lock.name }, attempts: 3 })
  const working = job(work.name, [inOrder([held, ...work.plan(started)], { ensure: release })], {
    serial: true
  })
  return [claim, working]
}
