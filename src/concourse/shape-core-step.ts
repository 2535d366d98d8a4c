import type { Form, KeyForm, ObjectForm } from './form.ts'
import type { CoreStep, Json, NamedStep } from './model.ts'
import type { Release } from './release.ts'
import type { Problems } from './shape.ts'
import { FieldTable, reportRelease, type Fields, type Spot, type TableOptions } from './shape-object.ts'
import { text } from './shape-scalars.ts'
import type { MapNode } from './yaml-node.ts'

/** How a step of one kind stands in YAML, without the modifiers that share its map. */
export interface CoreShape<S extends CoreStep> {
  /** The TypeScript interface of the step. */
  readonly form: ObjectForm
  /** The rows of its map in YAML, that of its own key first. */
  readonly rows: readonly KeyForm[]
  /** `spot` is the step's place in the plan. */
  read(entries: MapNode['entries'], spot: Spot): S | undefined
  write(step: S, at: string, problems: Problems): Record<string, Json>
}

export interface StepOptions {
  /** Of the TypeScript interface. */
  readonly name: string
  readonly doc: string
  /** What its own key holds. */
  readonly holds: string
  readonly since?: Release
  /** Keys of the modifiers, which stand beside its own. */
  readonly modifiers: readonly string[]
}

/** A step whose key holds its name and whose other keys stand beside. */
export function namedStep<S extends NamedStep>(
  kind: S['kind'],
  options: StepOptions,
  fields: Fields<Omit<S, 'kind' | 'name'>>,
  build: (values: { readonly name: string } & Omit<S, 'kind' | 'name'>) => S
): CoreShape<S> {
  const table = new FieldTable<Omit<S, 'kind' | 'name'>>(fields, tableOptions(kind, options))
  const own = ownKey(kind, text, options)
  return {
    form: formOf(kind, options, [{ ...own, key: 'name' }, ...table.keys]),
    rows: [own, ...table.keys],
    read: (entries, { path, at, reading }) => {
      const entry = entries.get(kind)
      const name = entry && text.read(entry.value, `${path}.${kind}`, reading)
      const here = `${path}.${kind}(${name ?? ''})`
      reading.place(here, entry?.at ?? at)
      reportRelease(own, here, reading, entry?.at)
      const values = table.read(without(entries, kind), { path: here, at, reading })
      return name === undefined || values === undefined ? undefined : build({ name, ...values })
    },
    write: (step, at, problems) => {
      const here = `${at}.${kind}(${step.name})`
      reportRelease(own, here, problems)
      const name = text.write(step.name, `${at}.${kind}`, problems)
      const written: Record<string, Json> = { [kind]: name }
      table.writeInto(written, step, here, problems)
      return written
    }
  }
}

export function tableOptions(kind: string, { modifiers }: StepOptions): TableOptions {
  return { called: /^[aeiou]/.test(kind) ? `an ${kind} step` : `a ${kind} step`, beside: modifiers }
}

export function formOf(kind: string, { name, doc }: StepOptions, keys: readonly KeyForm[]): ObjectForm {
  const type = { kind: 'scalar', type: `'${kind}'`, schema: { const: kind }, words: kind } as const
  const kindKey: KeyForm = { key: 'kind', form: type, doc: '', isRequired: true }
  return { kind: 'object', name, doc, keys: [kindKey, ...keys] }
}

export function ownKey(
  kind: string,
  { form }: { readonly form: Form },
  { holds, since }: StepOptions
): KeyForm {
  const row = { key: kind, form, doc: holds, isRequired: true }
  return since === undefined ? row : { ...row, since }
}

export function without(entries: MapNode['entries'], key: string): MapNode['entries'] {
  const others = new Map(entries)
  others.delete(key)
  return others
}
