import type { Pipeline, Step } from '../concourse/model.ts'

/**
 * Who puts a value in the place of a var. `build`: Concourse, when it needs the value, from its credential managers, the
 * var sources and the build's own vars. `across`: the step round it, and only its own vars. `nobody`: fly alone, with -v
 * or -l, before the pipeline is set; what is left then stays as it is written.
 */
export type VarPlace = 'build' | 'across' | 'nobody'

type Places = Readonly<Record<string, VarPlace>>

/**
 * What becomes of vars in the keys of a step. Any other key is part of the plan of a build, in which across puts the
 * values of its vars; what picks versions and resources is decided before there is a plan (concourse v8.3,
 * atc/builds/planner.go, atc/exec, atc/creds).
 */
const stepPlaces: { readonly [K in Step['kind']]?: Places } = {
  get: { params: 'build', resource: 'nobody', passed: 'nobody', version: 'nobody', trigger: 'nobody' },
  put: { params: 'build', get_params: 'build', resource: 'nobody' },
  task: { params: 'build', vars: 'build', config: 'build' },
  set_pipeline: { file: 'build', team: 'build', vars: 'build', var_files: 'build', instance_vars: 'build' },
  load_var: { file: 'build', format: 'build' },
  run: { params: 'build' },
  // Of each of its vars.
  across: { values: 'build', var: 'nobody' },
  // Concourse reads the time-out of a step without one of its own when the pipeline is set.
  timeout: { timeout: 'nobody' }
}

export function placeInStep(kind: Step['kind'], key: string): VarPlace {
  return stepPlaces[kind]?.[key] ?? 'across'
}

/** The keys in which Concourse resolves vars, by section of the pipeline; in all others, nobody does. */
const sectionPlaces = {
  resources: ['source', 'webhook_token'],
  resource_types: ['source', 'params', 'defaults'],
  prototypes: ['source', 'params', 'defaults'],
  var_sources: ['config'],
  groups: []
} as const satisfies { readonly [K in keyof Pipeline]?: readonly string[] }

export const sections = Object.keys(sectionPlaces) as (keyof typeof sectionPlaces)[]

export function placeInSection(section: keyof typeof sectionPlaces, key: string): VarPlace {
  const keys: readonly string[] = sectionPlaces[section]
  return keys.includes(key) ? 'build' : 'nobody'
}
