import { given } from '../core/given.ts'
import { jsonOf, type DataMap } from './data.ts'
import type { LoadVarStep, SetPipelineStep, Step } from './model.ts'
import { modifyAndBound, type GroupOptions } from './modifiers.ts'
import { remember } from './origin.ts'
import { textOf, type LocalVariable } from './variable.ts'

export interface SetPipelineOptions extends GroupOptions {
  /** The pipeline, `<artifact>/<path>`. */
  readonly file: string | LocalVariable
  /** Whose it becomes; only the main team may say so. @default this team */
  readonly team?: string | LocalVariable
  /** What tells this instance from others of its name; also values for its vars. @since Concourse 7.0 */
  readonly instanceVars?: DataMap
  /** Values for its vars; win over those of files. */
  readonly vars?: DataMap
  /** Files of values, `<artifact>/<path>`. */
  readonly varFiles?: readonly (string | LocalVariable)[]
}

/** Sets a pipeline, by its name or `self`. */
export function setPipeline(name: string | LocalVariable, options: SetPipelineOptions): Step {
  const step: SetPipelineStep = {
    kind: 'set_pipeline',
    name: textOf(name),
    file: textOf(options.file),
    ...given('team', options.team === undefined ? undefined : textOf(options.team)),
    ...given('instance_vars', options.instanceVars && jsonOf(options.instanceVars)),
    ...given('vars', options.vars && jsonOf(options.vars)),
    ...given('var_files', options.varFiles?.map(textOf))
  }
  remember(step, setPipeline, options.allow)
  return modifyAndBound(step, options)
}

export interface LoadVarOptions extends GroupOptions {
  /** The file, `<artifact>/<path>`. */
  readonly file: string | LocalVariable
  /** How to read it; `trim` drops blanks round the text, `raw` does not. @default by the file's extension, else trim */
  readonly format?: 'json' | 'yaml' | 'yml' | 'trim' | 'raw'
  /** Whether its value may be seen in build logs. @default false */
  readonly reveal?: boolean
}

/** Reads a file into a local var: later steps of the build have it as `localVariable(name)`. */
export function loadVar(name: string, options: LoadVarOptions): Step {
  const step: LoadVarStep = {
    kind: 'load_var',
    name,
    file: textOf(options.file),
    ...given('format', options.format),
    ...given('reveal', options.reveal)
  }
  remember(step, loadVar, options.allow)
  return modifyAndBound(step, options)
}
