import type { Rule } from './rule.ts'

export const taskSource: Rule = {
  code: 'task-source',
  summary: 'A task has its config from no place, from two, or from a file that lies in no artifact.',
  level: 'error',
  step: {
    task({ step: { file, config }, path }, report) {
      if ((file === undefined) === (config === undefined)) {
        const found = file === undefined ? 'neither file nor config' : 'file and config'
        report(path, `found ${found}, expected one of the two`, {
          hint: file === undefined ? 'name a task file, or write its config here' : 'remove one of them'
        })
      }
      if (file !== undefined && !file.includes('((') && !/^[^/]+\/./.test(file)) {
        report(`${path}.file`, `found ${JSON.stringify(file)}, expected <artifact>/<path>`, {
          hint: 'begin with the name of the artifact that holds the file'
        })
      }
    }
  }
}
