import { finding, type Rule } from './rule.ts'

/** A task needs its config from exactly one place; a file lies in an artifact. */
export const taskSource: Rule = function* ({ steps }) {
  for (const { step, path } of steps) {
    if (step.kind !== 'task') continue
    const { file, config } = step
    if ((file === undefined) === (config === undefined)) {
      yield finding({
        code: 'task-source',
        path,
        message: `found ${file === undefined ? 'neither file nor config' : 'file and config'}, expected one of the two`,
        hint: file === undefined ? 'name a task file, or write its config here' : 'remove one of them'
      })
    }
    if (file !== undefined && !/^[^/]+\/./.test(file)) {
      yield finding({
        code: 'task-source',
        path: `${path}.file`,
        message: `found ${JSON.stringify(file)}, expected <artifact>/<path>`,
        hint: 'begin with the name of the artifact that holds the file'
      })
    }
  }
}
