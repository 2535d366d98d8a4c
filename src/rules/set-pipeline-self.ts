import type { Rule } from './rule.ts'

export const setPipelineSelf: Rule = {
  code: 'set-pipeline-self',
  summary: 'A pipeline that sets itself names a team or instance, which Concourse drops.',
  level: 'warning',
  step: {
    set_pipeline({ step, path }, report) {
      if (step.name !== 'self') return
      for (const key of ['team', 'instance_vars'] as const) {
        if (step[key] === undefined) continue
        report(`${path}.${key}`, `found ${key} beside self, which is always this very team and instance`, {
          hint: key === 'team' ? 'remove it' : 'write vars, or name the pipeline'
        })
      }
    }
  }
}
