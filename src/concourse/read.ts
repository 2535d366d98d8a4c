import { FindingsError, hasErrors, type Finding } from '../core/finding.ts'
import type { Resolve } from './interpolate.ts'
import type { Pipeline, TaskConfig } from './model.ts'
import { newestRelease, type Release } from './release.ts'
import { keysThatLend } from './lent-anchors.ts'
import { pipeline } from './schema-pipeline.ts'
import { taskConfig } from './schema-task.ts'
import type { Shape } from './shape.ts'
import { TextReading, type Position } from './text-reading.ts'
import type { Comment } from './yaml-node.ts'
import { parseYaml } from './yaml-parse.ts'
import { fillVariables } from './yaml-variables.ts'

export interface ReadOptions {
  /** The release of Concourse that is to take it. @default the newest that the tables describe */
  readonly target?: Release
  /** Values that fly would be given by -v and -l. Without, vars stay as they stand in text. */
  readonly variables?: Resolve
}

/** A text as far as it could be read. */
export interface ReadText<T> {
  /** Undefined where something could not be read, so that what is left would not be the author's. */
  readonly value: T | undefined
  /** What is wrong, in the order of the file. */
  readonly findings: readonly Finding[]
  /** Where a path of a finding stands in the text; where it does not, where what is round it stands. */
  readonly positionOf: (path: string) => Position | undefined
  readonly positionAt: (offset: number) => Position
  readonly comments: readonly Comment[]
}

/** What `readPipeline` and `readTaskConfig` give beside the value. */
interface ReadWhole {
  /** What Concourse takes, but not for what its author may think. */
  readonly warnings: readonly Finding[]
  readonly positionOf: ReadText<unknown>['positionOf']
  readonly comments: readonly Comment[]
}

export interface ReadPipeline extends ReadWhole {
  readonly pipeline: Pipeline
}

export interface ReadTaskConfig extends ReadWhole {
  readonly config: TaskConfig
}

/**
 * Reads a pipeline as Concourse does. Throws one FindingsError with all that is wrong. `file` is what findings call
 * the text.
 */
export function readPipeline(text: string, file: string, options?: ReadOptions): ReadPipeline {
  const { value, ...rest } = whole(inspectPipeline(text, file, options))
  return { pipeline: value, ...rest }
}

/** Reads a task file; otherwise as `readPipeline`. */
export function readTaskConfig(text: string, file: string, options?: ReadOptions): ReadTaskConfig {
  const { value, ...rest } = whole(inspectTaskConfig(text, file, options))
  return { config: value, ...rest }
}

/** Reads as much of a task file as there is, and never throws. */
export function inspectTaskConfig(text: string, file: string, options?: ReadOptions): ReadText<TaskConfig> {
  return read(taskConfig, text, file, options)
}

/** Reads as much of a pipeline as there is, and never throws. */
export function inspectPipeline(text: string, file: string, options?: ReadOptions): ReadText<Pipeline> {
  return read(pipeline, text, file, options)
}

/** The value of a text in which nothing is wrong; throws a FindingsError with all that is. */
export function whole<T>({
  value,
  findings,
  positionOf,
  comments
}: ReadText<T>): ReadWhole & { readonly value: T } {
  if (value === undefined || hasErrors(findings)) throw new FindingsError(findings)
  return { value, warnings: findings, positionOf, comments }
}

/** Reads a text by the shape that it is to have. */
export function read<T>(
  shape: Shape<T>,
  text: string,
  file: string,
  { target = newestRelease, variables }: ReadOptions = {}
): ReadText<T> {
  const { root, aliases, remarks, comments } = parseYaml(text)
  const reading = new TextReading(file, text, target, () => keysThatLend(root, aliases))
  for (const remark of remarks) reading.report({ ...remark, path: '' })
  // A tree that is not the whole document would give findings that are not true of it.
  const isWhole = remarks.every(remark => remark.severity !== 'error')
  const filled =
    variables === undefined
      ? root
      : fillVariables(root, variables, remark => reading.report({ ...remark, path: '' }))
  const value = isWhole ? shape.read(filled, '', reading) : undefined
  const findings = reading.findings()
  return {
    value: findings.some(losesSomething) ? undefined : value,
    findings,
    positionOf: path => reading.positionOf(path),
    positionAt: offset => reading.positionAt(offset),
    comments
  }
}

/** Errors that leave all of the value there, but for what Concourse does not know either. */
const harmless = new Set([
  'unknown-key',
  'not-in-target',
  'unkept-text',
  'unkept-key',
  'number-range',
  'var-value'
])

/** Whether a finding of the reader leaves no value: what was read is not what the author wrote. */
export function losesSomething({ code, severity }: Finding): boolean {
  return severity === 'error' && !harmless.has(code)
}
