import { isGlob } from '../concourse/glob.ts'
import { isGroupGlob } from '../concourse/group-glob.ts'
import { isBefore, type Release } from '../concourse/release.ts'
import { hasVar } from './has-var.ts'
import type { Rule } from './rule.ts'

/** Values that came later than their keys; of keys themselves the reader tells. */
export const valueNotInTarget: Rule = {
  code: 'value-not-in-target',
  summary: 'A value means something only to releases after the one that is the target.',
  level: 'error',
  pipeline({ pipeline, target, jobsByName }, report) {
    if (isBefore(target, '8.2')) {
      for (const { name, icon } of pipeline.resources) {
        if (icon?.startsWith('si/') !== true) continue
        report(`resources.${name}.icon`, late(`the icon ${icon}`, '8.2', target), {
          severity: 'warning',
          hint: 'take one of Material Design Icons'
        })
      }
    }
    if (isBefore(target, '7.0')) {
      for (const { name, jobs = [] } of pipeline.groups ?? []) {
        for (const [index, job] of jobs.entries()) {
          if (!isGroupGlob(job) || jobsByName.has(job) || hasVar(job)) continue
          const path = `groups.${name}.jobs[${index}]`
          report(path, late('a glob in a group', '7.0', target), { hint: 'name each job' })
        }
      }
    }
  },
  step: {
    get({ step, path }, report, { target, jobsByName }) {
      if (!isBefore(target, '8.1')) return
      for (const [index, job] of (step.passed ?? []).entries()) {
        if (!isGlob(job) || jobsByName.has(job) || hasVar(job)) continue
        report(`${path}.passed[${index}]`, late('a glob in passed', '8.1', target), { hint: 'name each job' })
      }
    },
    task({ step, path }, report, { target, configOf }) {
      if (!isBefore(target, '8.0')) return
      const config = configOf(step)
      if (config === undefined || config.run?.path !== undefined) return
      const place = step.config === undefined ? path : `${path}.config`
      report(place, late("a task that runs its image's entrypoint", '8.0', target), {
        hint: 'write run.path'
      })
    },
    across({ path }, report, { target }) {
      if (!isBefore(target, '8.0')) return
      report(path, late('across as a matter of course', '8.0', target), {
        severity: 'warning',
        hint: 'start that Concourse with --enable-across-step'
      })
    }
  }
}

function late(what: string, since: Release, target: Release): string {
  return `found ${what}, which Concourse takes since ${since}; the target is ${target}`
}
