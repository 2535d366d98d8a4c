import type { PutStep, Resource, Step } from '../concourse/model.ts'
import { resourceNameOf, type Subject } from './subject.ts'

/** What a put does with a lock of its pool: claim one, or give it back. */
export type LockUse = 'claim' | 'release'

/** What a step does with a lock, of one pool or of any. */
export type UseOf = (step: Step) => LockUse | undefined

/** What a step does with a lock of a pool (https://github.com/concourse/pool-resource); undefined where it does nothing. */
export function lockUseOf(step: Step, subject: Subject): LockUse | undefined {
  if (step.kind !== 'put' || !isOfPool(step, subject)) return undefined
  const { params = {} } = step
  if (isOn(params['acquire']) || typeof params['claim'] === 'string') return 'claim'
  // A lock that is removed is no longer claimed either.
  return 'release' in params || 'remove' in params ? 'release' : undefined
}

/** As `lockUseOf`, of the locks of one pool. */
export function useOfPool(step: Step, pool: string, subject: Subject): LockUse | undefined {
  return step.kind === 'put' && resourceNameOf(step) === pool ? lockUseOf(step, subject) : undefined
}

function isOn(value: unknown): boolean {
  return value === true || value === 'true'
}

export function isOfPool(step: PutStep, { resourcesByName, pipeline }: Subject): boolean {
  const resource = resourcesByName.get(resourceNameOf(step))
  return resource !== undefined && isPool(resource, pipeline)
}

/** Whether a resource is a pool: of the type that Concourse brings along, or of another release of it. */
export function isPool({ type }: Resource, { resource_types: types = [] }: Subject['pipeline']): boolean {
  if (type === 'pool') return true
  const repository = types.find(({ name }) => name === type)?.source?.['repository']
  return typeof repository === 'string' && /(?:^|\/)pool-resource$/.test(repository)
}
