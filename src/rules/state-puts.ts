import type { PutStep, Step } from '../concourse/model.ts'
import { hasVar } from './has-var.ts'
import { resourceNameOf } from './subject.ts'

/** A put of what a later build must know: Terraform's state, bbl's or a Director's. */
export interface StatePut {
  readonly resource: string
  /** The artifact that holds what is put. */
  readonly artifact: string
}

/** What a put puts, where the resource, the artifact or the file is named like state; undefined for all else. */
export function statePutOf(step: Step): StatePut | undefined {
  if (step.kind !== 'put') return undefined
  const place = placeOf(step)
  const resource = resourceNameOf(step)
  if (place === undefined || !/state/i.test(`${resource}/${place}`)) return undefined
  const [artifact = ''] = place.split('/')
  if (artifact === '' || hasVar(artifact)) return undefined
  return isStateName(resource) || isStateName(artifact) || isStateFile(place)
    ? { resource, artifact }
    : undefined
}

/** The keys by which git, and what keeps single files, say what to put. */
function placeOf({ params = {} }: PutStep): string | undefined {
  const { repository, file } = params
  if (typeof repository === 'string') return repository
  return typeof file === 'string' ? file : undefined
}

/** Not so what is made of nothing else, as a vars store: a build that failed makes it anew. */
export function isStateName(name: string): boolean {
  return /(?:^|[-_.])(?:(?:tf|terraform|bbl|bosh|director)?[-_]?state)$/i.test(name)
}

function isStateFile(path: string): boolean {
  return /\.tfstate$|(?:^|[-_./])(?:state|bbl-state)\.json$/i.test(path)
}
