import type { ParamDefinition, TaskSignature } from '../concourse/signature.ts'

/** What `--help` of a task says: its inputs, outputs and params, as its definition has them. */
export function helpOf(task: TaskSignature): string {
  return [
    `${task.name}: ${task.doc}`,
    section('Inputs', task.inputs, input => `${input.doc}${input.optional === true ? ' Optional.' : ''}`),
    section('Outputs', task.outputs, output => output.doc),
    section('Params', task.params, param => `${param.doc}${paramNote(param)}`),
    `Ends itself after ${task.timeout.toString()}.`
  ]
    .filter(part => part !== '')
    .join('\n\n')
    .concat('\n')
}

function section<D>(
  title: string,
  entries: Readonly<Record<string, D>>,
  describe: (entry: D) => string
): string {
  const names = Object.keys(entries)
  if (names.length === 0) return ''
  const width = Math.max(...names.map(name => name.length))
  const lines = Object.entries(entries).map(([name, entry]) => `  ${name.padEnd(width)}  ${describe(entry)}`)
  return [`${title}:`, ...lines].join('\n')
}

/** What a param's definition says besides its doc: default, choices, optional, secret. */
export function paramNote(param: ParamDefinition): string {
  const notes = [
    'choices' in param ? `one of ${param.choices.join(', ')}` : undefined,
    param.default !== undefined ? `default ${JSON.stringify(param.default)}` : undefined,
    param.optional === true ? 'optional' : undefined,
    param.secret === true ? 'secret' : undefined
  ].filter(note => note !== undefined)
  return notes.length === 0 ? '' : ` (${notes.join('; ')})`
}
