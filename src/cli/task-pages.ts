import type { ParamDefinition, TaskSignature } from '../concourse/signature.ts'
import { paramNote } from '../task/help.ts'
import { loadTasks } from './modules.ts'

/** docs/tasks.md: a section for each task, from its definition. */
export async function taskPages(root: string): Promise<string> {
  const tasks = await loadTasks(root)
  return [head, ...tasks.map(page)].join('\n')
}

const head = `# Tasks

Generated from \`tasks/\` by \`npm run docs\`. Every task has a further input, \`causeway\`: what \`causeway publish\` pushed.
\`causeway task NAME\` runs one alone.
`

function page(task: TaskSignature): string {
  return [
    `## ${task.name}\n`,
    `${task.doc} Ends itself after ${task.timeout.toString()}.\n`,
    table('Input', task.inputs, input => `${input.doc}${input.optional === true ? ' (optional)' : ''}`),
    table('Output', task.outputs, output => output.doc),
    table('Param', task.params, (param: ParamDefinition) => `${param.doc}${paramNote(param)}`)
  ]
    .filter(part => part !== '')
    .join('\n')
}

function table<D>(
  title: string,
  entries: Readonly<Record<string, D>>,
  describe: (entry: D) => string
): string {
  const rows = Object.entries(entries).map(([name, entry]) => `| \`${name}\` | ${describe(entry)} |\n`)
  return rows.length === 0 ? '' : `| ${title} | |\n| --- | --- |\n${rows.join('')}`
}
