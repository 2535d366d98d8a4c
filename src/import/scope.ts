import { call, name, text, type Code } from './code.ts'
import { quoted } from './literal.ts'

/** What the constants of the file are called, by the names of what they stand for. */
export interface Scope {
  readonly resources: ReadonlyMap<string, string>
  readonly types: ReadonlyMap<string, string>
  /** Those that are defined above. */
  readonly jobs: ReadonlyMap<string, string>
  /** Maps that the YAML merges into others. */
  readonly merged: readonly MergedMap[]
  /** What is written above a step, job, resource or type. */
  readonly comments: ReadonlyMap<object, readonly string[]>
}

/** A map that other maps begin with: the JSON of each of its entries, and the constant that holds it. */
export interface MergedMap {
  readonly entries: ReadonlyMap<string, string>
  readonly nameOf: () => string
  /** Whether the constant is there. */
  readonly isUsed: () => boolean
}

/** The same code with what is written above `part`. */
export function commented(code: Code, part: object, { comments }: Scope): Code {
  const above = comments.get(part)
  return above === undefined ? code : { ...code, comments: above }
}

export function resourceCode(scope: Scope, resource: string): Code {
  const known = scope.resources.get(resource)
  return known === undefined ? call('resourceNamed', text(resource)) : name(known)
}

export function typeCode(scope: Scope, type: string): Code {
  const known = scope.types.get(type)
  return known === undefined ? text(type) : name(known)
}

/** A job by its constant; else as a glob, where it is one of that notation, or by name. */
export function jobCode(scope: Scope, job: string, glob: RegExp): Code {
  const known = scope.jobs.get(job)
  if (known !== undefined) return name(known)
  return glob.test(job) ? fixedText(job) : call('jobNamed', text(job))
}

/** A text that must be one of a few, or of a certain form, for the compiler. */
export function fixedText(value: string): Code {
  return { kind: 'raw', code: quoted(value) }
}
