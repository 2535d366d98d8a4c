import type { KeyForm } from './form.ts'
import type { CoreStep, InParallelStep, Step } from './model.ts'
import type { Shape } from './shape.ts'
import { listOf } from './shape-collections.ts'
import { formOf, ownKey, tableOptions, without, type CoreShape, type StepOptions } from './shape-core-step.ts'
import { FieldTable, object, type Fields } from './shape-object.ts'
import { flag, wholeNumber } from './shape-scalars.ts'

/** What the key of a step holds that has other steps in it. */
export interface Held<S extends CoreStep, H> {
  readonly shape: Shape<H>
  /** The keys of the type into which it is read. */
  readonly keys: readonly KeyForm[]
  readonly put: (held: H) => Omit<S, 'kind' | 'tags'>
  readonly take: (step: S) => H
}

/** A step whose key holds other steps, with no more than tags beside. */
export function holdingStep<S extends CoreStep, H>(
  kind: S['kind'],
  options: StepOptions,
  { shape, keys, put, take }: Held<S, H>,
  fields: Fields<Pick<S, keyof S & 'tags'>>
): CoreShape<S> {
  const table = new FieldTable(fields, tableOptions(kind, options))
  const own = ownKey(kind, shape, options)
  return {
    form: formOf(kind, options, [...keys, ...table.keys]),
    rows: [own, ...table.keys],
    read: (entries, { path: at, at: offset, reading }) => {
      const path = `${at}.${kind}`
      const entry = entries.get(kind)
      const beside = table.read(without(entries, kind), { path, at: offset, reading })
      if (entry === undefined) return undefined
      reading.place(path, entry.at)
      const held = shape.read(entry.value, path, reading)
      if (held === undefined || beside === undefined) return undefined
      // Together these are all keys of the step, which the compiler can't add up.
      return { kind, ...put(held), ...beside } as S
    },
    write: (step, at, problems) => {
      const path = `${at}.${kind}`
      return { [kind]: shape.write(take(step), path, problems), ...table.write(step, path, problems) }
    }
  }
}

type Branches = Omit<InParallelStep, 'kind' | 'tags'>

/** What in_parallel holds: a list of steps, or a map where there is more to say. */
export function branchesOf(step: Shape<Step>): Held<InParallelStep, Branches> {
  const steps = listOf(step)
  const fields: Fields<Branches> = {
    limit: { shape: wholeNumber, doc: 'How many run at a time; 0 is all.', default: '0' },
    fail_fast: {
      shape: flag,
      doc: 'Whether the others are aborted as soon as one has failed.',
      default: 'false'
    },
    steps: { shape: steps, required: true, doc: 'Steps that run at the same time.' }
  }
  const long = object<Branches>(
    { name: 'Branches', called: 'in_parallel', doc: 'Steps and how to run them.' },
    fields
  )
  return {
    shape: {
      expected: 'a list of steps, or a map with steps',
      form: { kind: 'either', forms: [steps.form, long.form] },
      read: (node, path, reading) => {
        if (node.kind !== 'list') return long.read(node, path, reading)
        const read = steps.read(node, `${path}.steps`, reading)
        return read && { steps: read }
      },
      write: (branches, path, problems) => {
        const isShort = branches.limit === undefined && branches.fail_fast === undefined
        return isShort
          ? steps.write(branches.steps, `${path}.steps`, problems)
          : long.write(branches, path, problems)
      }
    },
    keys: long.form.kind === 'object' ? long.form.keys : [],
    put: held => held,
    take: held => held
  }
}
