import { given } from '../core/given.ts'
import { jsonOf, type DataMap } from './data.ts'
import type { ContainerLimits, RunStep, Step } from './model.ts'
import { modify, type StepOptions } from './modifiers.ts'
import { remember } from './origin.ts'
import { timeText } from './duration-text.ts'

export interface RunOptions extends StepOptions {
  /** The prototype. */
  readonly type: string
  /** What the message says; up to the prototype. */
  readonly params?: DataMap
  readonly privileged?: boolean
  readonly containerLimits?: ContainerLimits
}

/** Sends a message to a prototype. Concourse 8.3 does not, yet says that it succeeded. */
export function run(message: string, options: RunOptions): Step {
  const step: RunStep = {
    kind: 'run',
    name: message,
    type: options.type,
    ...given('params', options.params && jsonOf(options.params)),
    ...given('privileged', options.privileged),
    ...given('container_limits', options.containerLimits),
    ...given('tags', options.tags),
    ...given('timeout', timeText(options.timeout))
  }
  remember(step, run, options.allow)
  return modify(step, options)
}
