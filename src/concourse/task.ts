import { defined } from '../core/given.ts'
import { nameOfArtifact, type Artifact } from './artifact.ts'
import { jsonOf, type DataMap } from './data.ts'
import type { ContainerLimits, Step, TaskStep } from './model.ts'
import { modify, type StepOptions } from './modifiers.ts'
import { remember } from './origin.ts'
import { taskConfig, type TaskConfigOptions } from './task-config.ts'
import { timeText } from './duration-text.ts'
import { textOf, type LocalVariable } from './variable.ts'

/** What a task step may say, whatever its task is. */
export interface AnyTaskOptions extends StepOptions {
  /** Values for the params that the task declares. */
  readonly params?: DataMap
  /** An artifact that holds the image's root file system. */
  readonly image?: Artifact | string
  /** The task's input → artifact of the plan. */
  readonly inputMapping?: Readonly<Record<string, Artifact | string | LocalVariable>>
  /** The task's output → artifact of the plan. */
  readonly outputMapping?: Readonly<Record<string, string | LocalVariable>>
  /** Values for the vars of the task file. */
  readonly vars?: DataMap
  /** Whether its container may do all that root may. @default false */
  readonly privileged?: boolean
  /** Whether its container is cut off the network. @default false @since Concourse 7.10 */
  readonly hermetic?: boolean
  /** What its container may use; wins over the task file. */
  readonly containerLimits?: ContainerLimits
}

/** A task that a file of an artifact describes: `<artifact>/<path>`. */
export interface FileTaskOptions extends AnyTaskOptions {
  readonly file: string | LocalVariable
  readonly config?: never
}

/** A task that the pipeline describes itself. */
export interface InlineTaskOptions extends AnyTaskOptions {
  readonly config: TaskConfigOptions
  readonly file?: never
}

/** Runs a task: that of a file, or one that is described here. */
export function task(name: string | LocalVariable, options: FileTaskOptions | InlineTaskOptions): Step {
  const step = defined<TaskStep>({
    kind: 'task',
    name: textOf(name),
    params: options.params && jsonOf(options.params),
    file: options.file === undefined ? undefined : textOf(options.file),
    config: options.config && taskConfig(options.config),
    image: options.image === undefined ? undefined : nameOfArtifact(options.image),
    input_mapping: mapped(options.inputMapping),
    output_mapping: mapped(options.outputMapping),
    vars: options.vars && jsonOf(options.vars),
    privileged: options.privileged,
    hermetic: options.hermetic,
    container_limits: options.containerLimits,
    tags: options.tags,
    timeout: timeText(options.timeout)
  })
  remember(step, task, options.allow)
  return modify(step, options)
}

type Mapping = Readonly<Record<string, Artifact | string | LocalVariable>>

function mapped(mapping: Mapping | undefined): Record<string, string> | undefined {
  if (mapping === undefined) return undefined
  const entries = Object.entries(mapping).map(([name, artifact]) => [name, mappedName(artifact)])
  return Object.fromEntries(entries) as Record<string, string>
}

function mappedName(artifact: Artifact | string | LocalVariable): string {
  return typeof artifact === 'object' && 'artifact' in artifact ? artifact.artifact : textOf(artifact)
}
