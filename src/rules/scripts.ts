import type { TaskConfig, TaskStep } from '../concourse/model.ts'
import type { Subject } from './subject.ts'

/** The config of a task where it is known, and how its parts are called in findings. */
export interface KnownConfig {
  readonly config: TaskConfig
  /** The path of a part of it; of a task file, which has none in the pipeline, that of the file's name. */
  readonly pathOf: (part: string) => string
}

export function knownConfig(
  step: TaskStep,
  path: string,
  configOf: Subject['configOf']
): KnownConfig | undefined {
  const config = configOf(step)
  if (config === undefined) return undefined
  return { config, pathOf: part => (step.config === undefined ? `${path}.file` : `${path}.config.${part}`) }
}

/** A script that stands in the arguments of a shell. */
export interface ShellScript {
  readonly text: string
  /** Of the arguments. */
  readonly index: number
  /** What the shell is told besides, e.g. `-e` and `-o pipefail`. */
  readonly options: readonly string[]
}

/** The script after `-c`, where the program is a shell. */
export function shellScriptOf({ run }: TaskConfig): ShellScript | undefined {
  const { path = '', args = [] } = run ?? {}
  // Through env and the like, the shell is an argument.
  const words = [path, ...args]
  const shell = words.findIndex(word => /^(?:.*\/)?(?:ba|da|a|k|z)?sh$/.test(word))
  if (shell === -1 || (shell > 0 && !/(?:^|\/)env$/.test(path))) return undefined
  const flag = words.findIndex((word, index) => index > shell && /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word))
  // Options may also stand between -c and the script.
  let at = flag + 1
  while (flag !== -1 && /^[-+]/.test(words[at] ?? '')) at += words[at] === '-o' ? 2 : 1
  const text = words[at]
  if (flag === -1 || text === undefined) return undefined
  return { text, index: at - 1, options: words.slice(shell + 1, at) }
}
