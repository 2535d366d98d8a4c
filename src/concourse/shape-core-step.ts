import type {
  CoreStep,
  DoStep,
  GetStep,
  InParallelStep,
  JsonObject,
  PutStep,
  Step,
  TaskStep,
  TryStep
} from './model.ts'
import { getFields, putFields, taskFields, type Named } from './schema-step.ts'
import type { Problems, Shape } from './shape.ts'
import { listOf } from './shape-collections.ts'
import { FieldTable, object, required, type Spot, type TableOptions } from './shape-object.ts'
import { flag, text, wholeNumber } from './shape-scalars.ts'
import type { MapNode } from './yaml-node.ts'

/** How a step of one kind stands in YAML, without the modifiers that share its map. */
export interface CoreShape<S extends CoreStep> {
  /** `spot` is the step's place in the plan. */
  read(entries: MapNode['entries'], spot: Spot): S | undefined
  write(step: S, at: string, problems: Problems): JsonObject
}

export type CoreShapes = { readonly [K in CoreStep['kind']]: CoreShape<Extract<CoreStep, { kind: K }>> }

/** The shapes of all kinds, given that of the steps within them and the keys of the modifiers round them. */
export function coreShapes(step: Shape<Step>, modifiers: readonly string[]): CoreShapes {
  const steps = listOf(step)
  const options = (called: string, notYet: readonly string[] = []) => ({ called, notYet, beside: modifiers })
  return {
    get: named<GetStep>('get', getFields, options('a get step'), values => ({ kind: 'get', ...values })),
    put: named<PutStep>('put', putFields, options('a put step'), values => ({ kind: 'put', ...values })),
    task: named<TaskStep>('task', taskFields, options('a task step', ['hermetic']), values => ({
      kind: 'task',
      ...values
    })),
    do: holding<DoStep, readonly Step[]>('do', steps, options('a do step', ['tags']), {
      put: held => ({ kind: 'do', steps: held }),
      take: ({ steps: held }) => held
    }),
    in_parallel: holding<InParallelStep, Branches>(
      'in_parallel',
      branchesOf(steps),
      options('an in_parallel step', ['tags']),
      { put: held => ({ kind: 'in_parallel', ...held }), take: held => held }
    ),
    try: holding<TryStep, Step>('try', step, options('a try step'), {
      put: held => ({ kind: 'try', step: held }),
      take: ({ step: held }) => held
    })
  }
}

/** A step whose key holds its name and whose other keys stand beside. */
function named<S extends GetStep | PutStep | TaskStep>(
  kind: S['kind'],
  fields: Named<S>,
  options: TableOptions,
  build: (values: { readonly name: string } & Omit<S, 'kind' | 'name'>) => S
): CoreShape<S> {
  const table = new FieldTable<Omit<S, 'kind' | 'name'>>(fields, options)
  return {
    read: (entries, { path, at, reading }) => {
      const entry = entries.get(kind)
      const name = entry && text.read(entry.value, `${path}.${kind}`, reading)
      const here = `${path}.${kind}(${name ?? ''})`
      reading.place(here, entry?.at ?? at)
      const values = table.read(without(entries, kind), { path: here, at, reading })
      return name === undefined || values === undefined ? undefined : build({ name, ...values })
    },
    write: (step, at, problems) => ({
      [kind]: text.write(step.name, `${at}.${kind}`, problems),
      ...table.write(step, `${at}.${kind}(${step.name})`, problems)
    })
  }
}

/** A step whose key holds all that it says. */
function holding<S extends CoreStep, H>(
  kind: S['kind'],
  held: Shape<H>,
  options: TableOptions,
  step: { readonly put: (held: H) => S; readonly take: (step: S) => H }
): CoreShape<S> {
  const noOthers = new FieldTable<object>({}, options)
  return {
    read: (entries, spot) => {
      const { path, reading } = spot
      noOthers.read(without(entries, kind), spot)
      const entry = entries.get(kind)
      if (entry === undefined) return undefined
      reading.place(`${path}.${kind}`, entry.at)
      const value = held.read(entry.value, `${path}.${kind}`, reading)
      return value === undefined ? undefined : step.put(value)
    },
    write: (given, at, problems) => ({ [kind]: held.write(step.take(given), `${at}.${kind}`, problems) })
  }
}

function without(entries: MapNode['entries'], key: string): MapNode['entries'] {
  const others = new Map(entries)
  others.delete(key)
  return others
}

type Branches = Omit<InParallelStep, 'kind'>

/** A list of steps, or a map where there is more to say. */
function branchesOf(steps: Shape<readonly Step[]>): Shape<Branches> {
  const long = object<Branches>(
    { limit: wholeNumber, fail_fast: flag, steps: required(steps) },
    { called: 'in_parallel' }
  )
  return {
    expected: 'a list of steps, or a map with steps',
    read: (node, path, reading) => {
      if (node.kind !== 'list') return long.read(node, path, reading)
      const read = steps.read(node, `${path}.steps`, reading)
      return read && { steps: read }
    },
    write: (branches, path, problems) => {
      if (branches.limit !== undefined || branches.fail_fast !== undefined) {
        return long.write(branches, path, problems)
      }
      return steps.write(branches.steps, `${path}.steps`, problems)
    }
  }
}
