import { namesIn, parseReference, type VariableReference } from '../concourse/references.ts'
import type { AcrossVar } from '../concourse/model.ts'
import { once } from '../concourse/once.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import type { JobSubject, Subject } from './subject.ts'
import { placeInSection, placeInStep, sections, type VarPlace } from './var-places.ts'

/** A `((var))` somewhere in a pipeline. */
export interface VarUse {
  readonly reference: VariableReference
  readonly path: string
  readonly place: VarPlace
  /** Whether it is in the name of the thing, which may be any text. */
  readonly isName: boolean
  /** Whether it is in an argument of a task's program, which may be a script. */
  readonly isInScript: boolean
}

/** A var in a step, or in the task file that the step names. */
export interface StepVarUse extends VarUse {
  readonly node: PlacedStep
}

/** The vars in the steps of a job, each step's before those of the steps in it; gathered once. */
export const varsInSteps = once(
  'vars in steps',
  ({ tree }: JobSubject, subject: Subject): readonly StepVarUse[] => {
    const uses: StepVarUse[] = []
    gather(tree.root, subject, uses)
    return uses
  }
)

/** The vars in the keys of a job but for its steps. */
export function varsInJob({ job, path }: JobSubject): readonly VarUse[] {
  return usesInKeys(job, path, stepKeysOfJob, () => 'nobody')
}

/** The vars in the parts of a pipeline that are no jobs. */
export function varsInSections({ pipeline }: Subject): readonly VarUse[] {
  return [
    ...sections.flatMap(section =>
      (pipeline[section] ?? []).flatMap((part: { readonly name: string }) =>
        usesInKeys(part, `${section}.${part.name}`, noKeys, key => placeInSection(section, key))
      )
    ),
    ...usesInKeys(pipeline.display ?? {}, 'display', noKeys, () => 'nobody')
  ]
}

const noKeys: ReadonlySet<string> = new Set()
const stepKeysOfJob = new Set(['plan', 'on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'])
const stepKeysOfStep = new Set(['kind', 'step', 'steps', 'hook'])

function gather(node: PlacedStep, subject: Subject, uses: StepVarUse[]): void {
  for (const use of usesInStep(node)) uses.push({ ...use, node })
  for (const use of usesInTaskFile(node, subject)) uses.push({ ...use, node })
  for (const child of node.children) gather(child, subject, uses)
}

function usesInStep({ step, path }: PlacedStep): readonly VarUse[] {
  if (step.kind !== 'across') {
    return usesInKeys(step, path, stepKeysOfStep, key => placeInStep(step.kind, key))
  }
  return step.across.flatMap((one, index) =>
    usesInKeys(one, `${path}[${index}]`, noKeys, key => placeInStep('across', key))
  )
}

/** What a task file that is at hand says, Concourse resolves as if it stood in the pipeline. */
function usesInTaskFile({ step, path }: PlacedStep, { configOf }: Subject): readonly VarUse[] {
  if (step.kind !== 'task' || step.config !== undefined) return none
  const config = configOf(step)
  if (config === undefined) return none
  return usesInKeys({ config }, '', noKeys, () => 'build').map(use => ({
    ...use,
    path: `${path}.file`
  }))
}

function usesInKeys(
  part: object,
  path: string,
  without: ReadonlySet<string>,
  placeOf: (key: string) => VarPlace
): readonly VarUse[] {
  const said = part as Readonly<Record<string, unknown>>
  let uses: VarUse[] | undefined
  for (const key in said) {
    const value = said[key]
    if (without.has(key) || !hasVar(value)) continue
    uses ??= []
    const isName = key === 'name'
    for (const use of referencesIn(textsAt(value, isName ? path : `${path}.${key}`))) {
      const isInScript = key === 'config' && use.path.includes('.run.args[')
      uses.push({ ...use, place: placeOf(key), isName, isInScript })
    }
  }
  return uses ?? none
}

const none: readonly VarUse[] = []

/** Most values have none, which is found out without writing down where each part of them stands. */
function hasVar(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('((')
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(hasVar)
  const map = value as Readonly<Record<string, unknown>>
  for (const key in map) if (key.includes('((') || hasVar(map[key])) return true
  return false
}

type TextAt = readonly [text: string, path: string]

/** Every text with a var in it, keys included, and where it stands. */
function textsAt(value: unknown, path: string): readonly TextAt[] {
  if (typeof value === 'string') return value.includes('((') ? [[value, path]] : []
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => textsAt(item, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
    const at = `${path}.${key}`
    return [...(key.includes('((') ? [[key, at] as const] : []), ...textsAt(item, at)]
  })
}

function referencesIn(texts: readonly TextAt[]): readonly Pick<VarUse, 'reference' | 'path'>[] {
  return texts.flatMap(([text, path]) =>
    namesIn(text).map(name => ({ reference: parseReference(name), path }))
  )
}

/** The vars that the across steps round a node give it, from the inside out. */
export function acrossVarsRound(node: PlacedStep): readonly AcrossVar[] {
  const { parent } = node
  if (parent === undefined) return []
  const own = parent.step.kind === 'across' ? parent.step.across : []
  return [...own, ...acrossVarsRound(parent)]
}
