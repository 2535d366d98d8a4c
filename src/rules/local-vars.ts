import { isBefore } from '../concourse/release.ts'
import { orderOf } from './step-order.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import type { JobSubject, Subject } from './subject.ts'
import { acrossVarsRound, varsInSteps, type StepVarUse } from './var-uses.ts'

/** A use of a local var, and what is known of the value. */
export interface LocalVarUse extends StepVarUse {
  /** `set`: it may be there. `race`: a step sets it that runs at the same time. `unset`: nothing sets it before. */
  readonly state: 'set' | 'race' | 'unset'
}

/**
 * The uses of local vars where Concourse resolves them. A load_var sets one, across its own, and since 8.1 each get, as
 * well as that of a put, one of its name with the metadata. They are seen as artifacts are: by all later steps of the
 * build, but not outside of across (concourse v8.3, atc/exec/build_vars.go).
 */
export function localVarUses(job: JobSubject, subject: Subject): readonly LocalVarUse[] {
  const uses = varsInSteps(job, subject).filter(
    ({ reference, place }) => reference.source === '.' && place === 'build'
  )
  if (uses.length === 0) return []
  const setters = settersIn(job, subject)
  return uses.map(use => ({ ...use, state: stateOf(use, setters) }))
}

interface Setter {
  readonly name: string
  readonly node: PlacedStep
}

function settersIn({ tree }: JobSubject, { target }: Subject): readonly Setter[] {
  const hasMetadata = !isBefore(target, '8.1')
  return tree.leaves.flatMap(node => {
    const { step } = node
    const sets =
      step.kind === 'load_var' ||
      (hasMetadata && (step.kind === 'get' || (step.kind === 'put' && step.no_get !== true)))
    return sets ? [{ name: step.name, node }] : []
  })
}

function stateOf(
  { reference: { path }, node }: StepVarUse,
  setters: readonly Setter[]
): LocalVarUse['state'] {
  // What a var makes of a name is not known.
  const isName = (name: string) => name === path || name.includes('((')
  if (acrossVarsRound(node).some(one => isName(one.var))) return 'set'
  const orders = setters.filter(({ name }) => isName(name)).map(setter => orderOf(setter.node, node).order)
  if (orders.includes('before')) return 'set'
  return orders.includes('parallel') ? 'race' : 'unset'
}
