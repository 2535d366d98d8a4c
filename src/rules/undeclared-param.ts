import { nearestName } from '../core/nearest.ts'
import type { Rule } from './rule.ts'

/**
 * The task gets the variable all the same, and its log a warning (concourse v8.3, atc/exec/task_config_source.go). More
 * often than not it is the name of a param, misspelt.
 */
export const undeclaredParam: Rule = {
  code: 'undeclared-param',
  summary: 'A step gives a param that the task file does not declare.',
  level: 'warning',
  step: {
    task({ step, path }, report, { configOf }) {
      if (step.params === undefined || step.config !== undefined) return
      const config = configOf(step)
      if (config === undefined) return
      const declared = Object.keys(config.params ?? {})
      for (const name of Object.keys(step.params)) {
        if (declared.includes(name)) continue
        const meant = nearestName(name, declared)
        report(`${path}.params.${name}`, `found the param ${name}, expected one that the task declares`, {
          hint: meant === undefined ? 'declare it in the task file, or remove it' : `write ${meant}`
        })
      }
    }
  }
}
