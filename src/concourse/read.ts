import { FindingsError, hasErrors, type Finding } from '../core/finding.ts'
import type { Pipeline, TaskConfig } from './model.ts'
import { pipeline } from './schema-pipeline.ts'
import { taskConfig } from './schema-task.ts'
import type { Shape } from './shape.ts'
import { TextReading, type Position } from './text-reading.ts'
import { parseYaml } from './yaml-parse.ts'

export interface ReadText {
  /** What Concourse takes, but not for what its author may think. */
  readonly warnings: readonly Finding[]
  /** Where a path of a finding stands in the text; where it does not, where what is round it stands. */
  readonly positionOf: (path: string) => Position | undefined
}

export interface ReadPipeline extends ReadText {
  readonly pipeline: Pipeline
}

export interface ReadTaskConfig extends ReadText {
  readonly config: TaskConfig
}

/**
 * Reads a pipeline as Concourse does. Vars stay as they stand in text. Throws one FindingsError with all that is
 * wrong, what the model does not carry included. `file` is what findings call the text.
 */
export function readPipeline(text: string, file: string): ReadPipeline {
  const { value, ...rest } = read(pipeline, text, file)
  return { pipeline: value, ...rest }
}

/** Reads a task file; otherwise as `readPipeline`. */
export function readTaskConfig(text: string, file: string): ReadTaskConfig {
  const { value, ...rest } = read(taskConfig, text, file)
  return { config: value, ...rest }
}

function read<T>(shape: Shape<T>, text: string, file: string): ReadText & { readonly value: T } {
  const reading = new TextReading(file, text)
  const { root, remarks } = parseYaml(text)
  for (const remark of remarks) reading.report({ ...remark, path: '' })
  // A tree that is not the whole document would give findings that are not true of it.
  const isWhole = remarks.every(remark => remark.severity !== 'error')
  const value = isWhole ? shape.read(root, '', reading) : undefined
  const findings = reading.findings()
  if (value === undefined || hasErrors(findings)) throw new FindingsError(findings)
  return { value, warnings: findings, positionOf: path => reading.positionOf(path) }
}
