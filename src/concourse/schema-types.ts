import type { Form, KeyForm, ObjectForm } from './form.ts'
import { objectsIn } from './objects-in.ts'
import { pipeline } from './schema-pipeline.ts'
import { coreForms, modifierRows } from './shape-step.ts'

/** Interfaces that are no part of a value: their keys are read into others. */
const unnamed = new Set(['Branches'])

/** `model.generated.ts`: the TypeScript types of the tables. */
export function modelSource(): string {
  const forms = [
    pipeline.form,
    ...coreForms.flatMap(({ form, rows }) => [form, ...rows.map(row => row.form)]),
    ...modifierRows.map(row => row.form)
  ]
  const interfaces = objectsIn(forms)
    .filter(form => !unnamed.has(form.name))
    .map(interfaceOf)
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
