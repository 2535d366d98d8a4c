import { isMap } from '../concourse/json.ts'
import type { JsonObject, SetPipelineStep } from '../concourse/model.ts'
import { hasVar } from './has-var.ts'
import type { Rule } from './rule.ts'

/** The two would undo each other's work at each turn. Silent where a var may tell them apart. */
export const repeatedSetPipeline: Rule = {
  code: 'repeated-set-pipeline',
  summary: 'Two steps set one pipeline, each in its own way.',
  level: 'warning',
  pipeline({ steps }, report) {
    const firsts = new Map<string, { readonly step: SetPipelineStep; readonly path: string }>()
    for (const { step, path } of steps) {
      if (step.kind !== 'set_pipeline') continue
      const pipeline = identityOf(step)
      if (hasVar(pipeline)) continue
      const first = firsts.get(pipeline)
      if (first === undefined) firsts.set(pipeline, { step, path })
      else if (areUnlike(contentOf(first.step), contentOf(step))) {
        report(path, `found the pipeline that ${first.path} sets from another file or with other vars`, {
          hint: 'set it in one place, or give one of the two another name or instance'
        })
      }
    }
  }
}

/** Two steps with the same text set the same pipeline. `self` knows neither team nor instance. */
function identityOf({ name, team = '', instance_vars: vars = {} }: SetPipelineStep): string {
  return JSON.stringify(name === 'self' ? [name] : [name, team, sorted(vars)])
}

function contentOf({ file, vars = {}, var_files: files = [] }: SetPipelineStep): string {
  return JSON.stringify([file, sorted(vars), files])
}

function areUnlike(a: string, b: string): boolean {
  return a !== b && !hasVar(a) && !hasVar(b)
}

function sorted(vars: JsonObject): JsonObject {
  const entries = Object.entries(vars).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, value]) => [key, isMap(value) ? sorted(value) : value]))
}
