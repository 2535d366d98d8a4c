/** What stdout carries. */
export type Format = 'text' | 'json'

/** The forms of findings. */
export const findingsFormats = ['text', 'json', 'sarif', 'github'] as const

export type FindingsFormat = (typeof findingsFormats)[number]

export interface RunOptions {
  readonly var: readonly string[]
  readonly loadVarsFrom: readonly string[]
  readonly real?: string
  readonly format: Format
}

export interface TaskCommandOptions {
  readonly help?: true
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly param: readonly string[]
}
