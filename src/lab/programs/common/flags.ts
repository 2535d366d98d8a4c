/** One flag of a command line. */
export interface Flag {
  readonly long: string
  readonly short?: string
  /** `switch` takes no value; `value` keeps the last one given, `list` all of them. */
  readonly kind: 'switch' | 'value' | 'list'
  /** The value where the flag stands alone; another one is given only by `--flag=value`. */
  readonly alone?: string
  /** Environment variable that is taken where the flag is not given. */
  readonly env?: string
  readonly default?: string
  readonly required?: true
}

type More = Omit<Flag, 'long' | 'kind'>

/** A flag that takes no value. */
export function on(long: string, short?: string): Flag {
  return { long, kind: 'switch', ...(short === undefined ? {} : { short }) }
}

/** A flag of which the last value counts. */
export function value(long: string, more: More = {}): Flag {
  return { long, kind: 'value', ...more }
}

/** A flag that may be given again, for one more value. */
export function list(long: string, more: More = {}): Flag {
  return { long, kind: 'list', ...more }
}

export type FlagProblem =
  | { readonly kind: 'unknown'; readonly name: string; readonly short: boolean; readonly argument: string }
  | { readonly kind: 'no-value'; readonly flag: Flag; readonly found?: string }
  | { readonly kind: 'switch-value'; readonly flag: Flag; readonly value: string }

/** A command line that does not fit its flags; each program words it as the real one does. */
export class FlagError extends Error {
  readonly problem: FlagProblem

  constructor(problem: FlagProblem) {
    super(problem.kind)
    this.name = 'FlagError'
    this.problem = problem
  }
}

/** What a command line says: flags by their long names, and the words that are none. */
export class Flags {
  readonly #known: ReadonlyMap<string, Flag>
  readonly #given: ReadonlyMap<string, readonly string[]>
  readonly #env: Readonly<Record<string, string>>

  constructor(
    known: readonly Flag[],
    given: ReadonlyMap<string, readonly string[]>,
    env: Readonly<Record<string, string>>
  ) {
    this.#known = new Map(known.map(flag => [flag.long, flag]))
    this.#given = given
    this.#env = env
  }

  /** Whether a switch is on, or a flag with a value has one. */
  has(long: string): boolean {
    const values = this.list(long)
    return values.length > 0 && values.at(-1) !== 'false'
  }

  /** The last value given, else the environment's, else the default. */
  text(long: string): string | undefined {
    return this.list(long).at(-1)
  }

  list(long: string): readonly string[] {
    const given = this.#given.get(long)
    if (given !== undefined) return given
    const flag = this.#known.get(long)
    const fromEnv = flag?.env === undefined ? undefined : this.#env[flag.env]
    const value = fromEnv ?? flag?.default
    return value === undefined ? [] : [value]
  }

  /** Whether the flag stood on the command line or in the environment. */
  isGiven(long: string): boolean {
    const env = this.#known.get(long)?.env
    return this.#given.has(long) || (env !== undefined && this.#env[env] !== undefined)
  }
}

export interface Scanned {
  readonly given: Map<string, string[]>
  readonly words: string[]
  /** Words after `--`. */
  readonly rest: string[]
}

/**
 * Tells flags and words apart, as github.com/jessevdk/go-flags and github.com/spf13/pflag do: `--long value`,
 * `--long=value`, `-s value`, `-svalue`, `-abc` for switches. `flagsFor` is asked again after each word, since the
 * first one may be a command that brings flags of its own. Throws a FlagError.
 */
export function scan(
  args: readonly string[],
  flagsFor: (words: readonly string[]) => readonly Flag[]
): Scanned {
  const scanned: Scanned = { given: new Map(), words: [], rest: [] }
  const queue = [...args]
  for (let argument = queue.shift(); argument !== undefined; argument = queue.shift()) {
    if (argument === '--') {
      scanned.rest.push(...queue)
      break
    }
    const flags = flagsFor(scanned.words)
    if (argument.startsWith('--')) readLong(argument, flags, queue, scanned)
    else if (argument.startsWith('-') && argument.length > 1) readShort(argument, flags, queue, scanned)
    else scanned.words.push(argument)
  }
  return scanned
}

function readLong(argument: string, flags: readonly Flag[], queue: string[], scanned: Scanned): void {
  const [, name = '', value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(argument) ?? []
  const flag = flags.find(candidate => candidate.long === name)
  if (flag === undefined) throw new FlagError({ kind: 'unknown', name, short: false, argument })
  keep(scanned, flag, value ?? valueOf(flag, queue))
}

function readShort(argument: string, flags: readonly Flag[], queue: string[], scanned: Scanned): void {
  let letters = argument.slice(1)
  while (letters !== '') {
    const name = letters.charAt(0)
    letters = letters.slice(1)
    const flag = flags.find(candidate => candidate.short === name)
    if (flag === undefined) throw new FlagError({ kind: 'unknown', name, short: true, argument })
    if (letters.startsWith('=')) {
      keep(scanned, flag, letters.slice(1))
      return
    }
    if (flag.kind !== 'switch' && flag.alone === undefined && letters !== '') {
      keep(scanned, flag, letters)
      return
    }
    keep(scanned, flag, valueOf(flag, queue))
  }
}

function valueOf(flag: Flag, queue: string[]): string {
  if (flag.kind === 'switch') return 'true'
  if (flag.alone !== undefined) return flag.alone
  const next = queue.shift()
  if (next === undefined) throw new FlagError({ kind: 'no-value', flag })
  // A lone dash is a word: standard input. Three dashes begin a certificate (go-flags v1.6, optstyle_other.go, argumentIsOption).
  if (/^(?:--?[^-]|--$)/.test(next) && !/^-\d+$/.test(next))
    throw new FlagError({ kind: 'no-value', flag, found: next })
  return next
}

function keep(scanned: Scanned, flag: Flag, value: string): void {
  if (flag.kind === 'switch' && !/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)) {
    throw new FlagError({ kind: 'switch-value', flag, value })
  }
  const kept = flag.kind === 'switch' ? String(/^[1tT]/.test(value)) : value
  scanned.given.set(flag.long, [...(scanned.given.get(flag.long) ?? []), kept])
}
