import type { TaskConfig, TaskOutput } from '../concourse/model.ts'
import { artifactFlow } from './artifact-flow.ts'
import type { Report, Rule } from './rule.ts'

/** The last to end wins, and takes the name for itself. */
export const outputClash: Rule = {
  code: 'output-clash',
  summary: 'Two outputs have one name at one time, or one folder.',
  level: 'warning',
  job(job, report, subject) {
    for (const { artifact, first, second } of artifactFlow(job, subject).clashes) {
      if (first.step.kind !== 'task' && second.step.kind !== 'task') continue
      report(
        second.path,
        `found an artifact ${JSON.stringify(artifact)}, which ${first.path} makes at the same time`,
        { hint: 'give them names of their own, e.g. by output_mapping' }
      )
    }
  },
  step: {
    task({ step, path }, report, { configOf }) {
      const config = configOf(step)
      const at = step.config === undefined ? `${path}.file` : `${path}.config`
      if (config !== undefined) checkFolders(config, at, report)
    }
  }
}

function checkFolders({ outputs = [] }: TaskConfig, path: string, report: Report): void {
  for (const [index, inner] of outputs.entries()) {
    const outer = outputs.find((other, at) => at !== index && holds(other, inner, at < index))
    if (outer === undefined) continue
    report(path, `found the output ${inner.name} within the folder of the output ${outer.name}`, {
      hint: 'give each a path of its own'
    })
  }
}

/** Of two with the same folder, the second lies in the first. */
function holds(outer: TaskOutput, inner: TaskOutput, isFirst: boolean): boolean {
  const [outside, inside] = [folderOf(outer), folderOf(inner)]
  return outside === inside ? isFirst : outside === '' || inside.startsWith(`${outside}/`)
}

/** Below the working directory. Concourse strikes out `..` (concourse v8.3, atc/exec/task_step.go, resolvePath). */
function folderOf({ name, path = '' }: TaskOutput): string {
  const parts = (path === '' ? name : path).replaceAll('..', '').split('/')
  const isAbsolute = path.startsWith('/')
  return `${isAbsolute ? '/' : ''}${parts.filter(part => part !== '' && part !== '.').join('/')}`
}
