import type { FileKind } from '../concourse/json-schema.ts'
import type { VarFlags } from './check-vars.ts'

/** What stdout carries. */
export type Format = 'text' | 'json'

/** The forms of findings. */
export const findingsFormats = ['text', 'json', 'sarif', 'github'] as const

export type FindingsFormat = (typeof findingsFormats)[number]

/** The settings of check that are taken where none are named, if they are in the working directory. */
export const usualConfigFile = 'causeway-check.yml'

/** The languages of a graph. */
export const graphFormats = ['mermaid', 'dot', 'svg'] as const

export type GraphFormat = (typeof graphFormats)[number]

export interface GraphOptions extends VarFlags {
  readonly env?: string
  /** Where absent, what the name of the output asks for. */
  readonly format?: GraphFormat
  readonly group?: string
  readonly resources: 'all' | 'trigger' | 'none'
  readonly output?: string
}

export interface FormatOptions {
  readonly canonical?: true
  readonly write?: true
  readonly dropComments?: true
}

export interface SchemaOptions {
  readonly of: FileKind
  /** A release, as a person wrote it. */
  readonly target?: string
}

export interface PlanOptions {
  readonly var: readonly string[]
  readonly loadVarsFrom: readonly string[]
  readonly format: Format
}

export interface RunOptions {
  readonly var: readonly string[]
  readonly loadVarsFrom: readonly string[]
  readonly real?: string
  readonly protected?: string
  readonly format: Format
}

export interface TaskCommandOptions {
  readonly help?: true
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly param: readonly string[]
}
