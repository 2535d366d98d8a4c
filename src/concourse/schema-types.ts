import type { Form, KeyForm, ObjectForm } from './form.ts'
import { pipeline } from './schema-pipeline.ts'
import { coreForms, modifierRows } from './shape-step.ts'

/** Interfaces that are no part of a value: their keys are read into others. */
const unnamed = new Set(['Branches'])

/** Every object of the schema, each once: that of the pipeline, and those below it. */
export function objectForms(): ReadonlyMap<string, ObjectForm> {
  const found = new Map<string, ObjectForm>()
  const add = (form: Form): void => {
    if (form.kind === 'list') add(form.item)
    if (form.kind === 'map') add(form.value)
    if (form.kind === 'either') form.forms.forEach(add)
    if (form.kind !== 'object' || found.has(form.name)) return
    found.set(form.name, form)
    for (const key of form.keys) add(key.form)
  }
  add(pipeline.form)
  for (const { form, rows } of coreForms) {
    add(form)
    for (const row of rows) add(row.form)
  }
  for (const row of modifierRows) add(row.form)
  return found
}

/** `model.generated.ts`: the TypeScript types of the tables. */
export function modelSource(): string {
  const interfaces = [...objectForms().values()].filter(form => !unnamed.has(form.name)).map(interfaceOf)
  return [head, ...interfaces].join('\n')
}

const head = `// Generated from the tables in schema-*.ts by \`npm run docs\`: do not edit.
import type { Json, JsonObject, Step } from './model.ts'
`

function interfaceOf({ name, doc, keys }: ObjectForm): string {
  return `/** ${doc} */\nexport interface ${name} {\n${keys.map(property).join('')}}\n`
}

function property({ key, form, doc, isRequired, ...rest }: KeyForm): string {
  const tags = [
    rest.default === undefined ? '' : ` @default ${rest.default}`,
    rest.since === undefined ? '' : ` @since Concourse ${rest.since}`,
    rest.deprecated === undefined ? '' : ` No longer: ${rest.deprecated}.`
  ].join('')
  const comment = doc === '' ? '' : `  /** ${doc}${tags} */\n`
  return `${comment}  readonly ${key}${isRequired ? '' : '?'}: ${typeOf(form)}\n`
}

/** The TypeScript type of a value. */
export function typeOf(form: Form): string {
  switch (form.kind) {
    case 'scalar':
      return form.type
    case 'data':
      return 'Json'
    case 'list':
      return form.item.kind === 'either'
        ? `readonly (${typeOf(form.item)})[]`
        : `readonly ${typeOf(form.item)}[]`
    case 'map':
      return form.value.kind === 'data' ? 'JsonObject' : `Readonly<Record<string, ${typeOf(form.value)}>>`
    case 'either':
      return form.forms.map(typeOf).join(' | ')
    case 'object':
      return form.name
    case 'step':
      return 'Step'
    default:
      return form satisfies never
  }
}
