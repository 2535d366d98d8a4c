import type { Duration } from '../core/duration.ts'
import type { Variable } from './variable.ts'

/** What a step has to know of a task to be checked against it: everything but the program itself. */
export interface TaskSignature {
  /** Verb-noun; also the name of its file. */
  readonly name: string
  readonly doc: string
  /** A name in `images/`. The pipeline brings the image. */
  readonly image: string
  readonly inputs: Readonly<Record<string, InputDefinition>>
  readonly outputs: Readonly<Record<string, OutputDefinition>>
  readonly params: Readonly<Record<string, ParamDefinition>>
  /** Paths that Concourse keeps between builds of the job. */
  readonly caches?: readonly string[]
  /** When the task ends itself, in good order; the step that runs it gets a little longer. */
  readonly timeout: Duration
}

export interface InputDefinition {
  readonly doc: string
  readonly optional?: true
}

export interface OutputDefinition {
  readonly doc: string
}

export type ParamDefinition = TextParam | NumberParam | BooleanParam | ListParam

interface ParamBase {
  readonly doc: string
  /** The task does without it where the pipeline says nothing. */
  readonly optional?: true
  /** Reaches a pipeline only as `((var))`, and never a log. */
  readonly secret?: true
}

export interface TextParam extends ParamBase {
  readonly type?: 'text'
  readonly default?: string
  readonly choices?: readonly string[]
}

export interface NumberParam extends ParamBase {
  readonly type: 'number'
  readonly default?: number
}

export interface BooleanParam extends ParamBase {
  readonly type: 'boolean'
  readonly default?: boolean
}

/** Several words; JSON in the environment of the task. */
export interface ListParam extends ParamBase {
  readonly type: 'list'
  readonly default?: readonly string[]
}

type Plain<P extends ParamDefinition> = P extends { type: 'number' }
  ? number
  : P extends { type: 'boolean' }
    ? boolean
    : P extends { type: 'list' }
      ? readonly string[]
      : P extends { choices: readonly (infer C)[] }
        ? C
        : string

/** The type of a param inside the task. */
export type ParamValue<P extends ParamDefinition> = P extends { optional: true }
  ? Plain<P> | undefined
  : Plain<P>

/** What a pipeline may give for a param: a secret only as a var. */
export type ParamGiven<P extends ParamDefinition> = P extends { secret: true }
  ? Variable
  : Plain<P> | Variable

type Needless = { optional: true } | { default: unknown }

export type RequiredParams<T extends TaskSignature> = {
  readonly [K in keyof T['params'] as T['params'][K] extends Needless ? never : K]: ParamGiven<T['params'][K]>
}

export type OptionalParams<T extends TaskSignature> = {
  readonly [K in keyof T['params'] as T['params'][K] extends Needless ? K : never]?: ParamGiven<
    T['params'][K]
  >
}

export type ParamsGiven<T extends TaskSignature> = RequiredParams<T> & OptionalParams<T>
