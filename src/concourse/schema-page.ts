import type { Form, KeyForm, ObjectForm } from './form.ts'
import { objectsIn } from './objects-in.ts'
import { newestRelease } from './release.ts'
import { pipeline } from './schema-pipeline.ts'
import { coreForms, modifierRows } from './shape-step.ts'

/** `docs/schema.md`: a section for each object and step as they stand in YAML, with a row for each key. */
export function schemaPage(): string {
  const ofPipeline = objectsIn([pipeline.form])
  const ofSteps = [...coreForms.flatMap(({ rows }) => rows), ...modifierRows].map(row => row.form)
  return [
    head,
    ...ofPipeline.map(objectSection),
    ...coreForms.map(({ kind, form, rows }) => section(`${kind} step`, form.doc, rows)),
    section('Modifiers of a step', 'They stand in one map with the step that they are round.', modifierRows),
    ...objectsIn(ofSteps).map(objectSection)
  ].join('\n')
}

const head = `# The schema

Every key that Concourse ${newestRelease} takes, generated from the tables in \`src/concourse/schema-*.ts\` by \`npm run docs\`. A
key without a value is the same as no key, but for the modifiers of a step. \`causeway schema\` prints it all as JSON
Schema, for editors.
`

function objectSection({ name, doc, keys }: ObjectForm): string {
  return section(titleOf(name), doc, keys)
}

function section(title: string, doc: string, rows: readonly KeyForm[]): string {
  return `## ${title}\n\n${doc}\n\n| Key | Type | Default | Since | |\n| --- | --- | --- | --- | --- |\n${rows.map(line).join('')}`
}

function line({ key, form, doc, isRequired, ...row }: KeyForm): string {
  const otherwise = row.default ?? (isRequired ? '**required**' : '')
  const deprecated = row.deprecated === undefined ? '' : ` Deprecated: ${row.deprecated}.`
  const cells = [`\`${key}\``, wordsOf(form), otherwise, row.since ?? '', doc + deprecated]
  return `| ${cells.map(cell => cell.replace(/[|<]/g, '\\$&')).join(' | ')} |\n`
}

/** The type of a value in words; objects are links to their sections. */
function wordsOf(form: Form): string {
  switch (form.kind) {
    case 'scalar':
      return form.words
    case 'data':
      return 'anything'
    case 'list':
      return `list: ${wordsOf(form.item)}`
    case 'map':
      return `map: ${wordsOf(form.value)}`
    case 'either':
      return form.forms.map(wordsOf).join(', or ')
    case 'object': {
      const title = titleOf(form.name)
      return `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`
    }
    case 'step':
      return 'a step'
    default:
      return form satisfies never
  }
}

/** `BuildLogRetention` → `Build log retention`. */
export function titleOf(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}
