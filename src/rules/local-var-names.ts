import { once } from '../concourse/once.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import type { JobSubject } from './subject.ts'

/** A local var of a name that another has. */
export interface LocalVarTwin {
  readonly name: string
  readonly path: string
  /** Where the other is set first. */
  readonly first: string
  /** Whether both are of one scope; else this one hides the other. */
  readonly isRepeated: boolean
}

type Names = ReadonlyMap<string, string>

/** As fly looks for them: across opens a scope, nothing else does (concourse v8.3, atc/step_validator.go). */
export const localVarTwins = once(
  'local var twins',
  ({ tree, steps }: JobSubject): readonly LocalVarTwin[] => {
    const twins: LocalVarTwin[] = []
    if (!steps.some(({ step }) => step.kind === 'load_var' || step.kind === 'across')) return twins
    const declare = (name: string, path: string, own: Map<string, string>, outer: readonly Names[]): void => {
      const repeated = own.get(name)
      const first = repeated ?? outer.find(names => names.has(name))?.get(name)
      if (first !== undefined) twins.push({ name, path, first, isRepeated: repeated !== undefined })
      if (repeated === undefined) own.set(name, path)
    }
    const visit = (
      { step, path, children }: PlacedStep,
      own: Map<string, string>,
      outer: readonly Names[]
    ): void => {
      if (step.kind === 'load_var') declare(step.name, path, own, outer)
      if (step.kind !== 'across') {
        for (const child of children) visit(child, own, outer)
        return
      }
      const inner = new Map<string, string>()
      const round = [own, ...outer]
      for (const [index, one] of step.across.entries()) declare(one.var, `${path}[${index}]`, inner, round)
      for (const child of children) visit(child, inner, round)
    }
    visit(tree.root, new Map(), [])
    return twins
  }
)
