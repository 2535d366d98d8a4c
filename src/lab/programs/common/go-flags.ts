import { FlagError, Flags, scan, type Flag } from './flags.ts'

export interface Positional {
  readonly name: string
  readonly required?: true
}

/** A command of a program that reads its command line with github.com/jessevdk/go-flags. */
export interface CommandSpec {
  readonly aliases?: readonly string[]
  readonly flags: readonly Flag[]
  readonly positionals?: readonly Positional[]
}

export interface CommandLine {
  /** By its first name, where it was called by an alias. Undefined where none was given. */
  readonly command: string | undefined
  readonly flags: Flags
  readonly args: readonly string[]
  /** Words that the command has no place for. */
  readonly extra: readonly string[]
}

export interface ProgramSpec {
  readonly flags: readonly Flag[]
  readonly commands: Readonly<Record<string, CommandSpec>>
  /** Whether an unknown command is one word too many instead of a failure of its own. */
  readonly commandIsOptional?: true
}

/** A command line that go-flags refuses, in its words. */
export class UsageError extends Error {}

/**
 * Reads a command line with commands. Flags of the program and of its command may be mixed. Throws a UsageError with
 * the words of go-flags v1.6 (parser.go).
 */
export function readCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  program: ProgramSpec
): CommandLine {
  const { commands } = program
  const help: Flag = { long: 'help', short: 'h', kind: 'switch' }
  const flagsOf = (words: readonly string[]): readonly Flag[] => {
    const name = words[0] === undefined ? undefined : commandNamed(words[0], commands)
    // A command's own letter wins: `-v` is a variable after `interpolate` and the version before it.
    return [...(name === undefined ? [] : (commands[name]?.flags ?? [])), ...program.flags, help]
  }
  try {
    const { given, words, rest } = scan(args, flagsOf)
    const flags = new Flags(flagsOf(words), given, env)
    const [word, ...more] = words
    const all = [...more, ...rest]
    if (word === undefined) return { command: undefined, flags, args: [], extra: rest }
    const command = commandNamed(word, commands)
    if (command === undefined) {
      if (program.commandIsOptional === true) return { command, flags, args: [], extra: [word, ...all] }
      throw new UsageError(unknownCommand(word, Object.keys(commands)))
    }
    const { flags: own = [], positionals = [] } = commands[command] ?? {}
    const unset = own.filter(flag => flag.required === true && !flags.isGiven(flag.long))
    if (unset.length > 0 && !flags.has('help')) throw new UsageError(missingFlags(unset))
    const missing = positionals.slice(all.length).filter(positional => positional.required === true)
    if (missing.length > 0 && !flags.has('help')) throw new UsageError(missingArguments(missing))
    return { command, flags, args: all.slice(0, positionals.length), extra: all.slice(positionals.length) }
  } catch (thrown) {
    if (thrown instanceof FlagError) throw new UsageError(wordsOf(thrown))
    throw thrown
  }
}

/** `-o, --ops-file`, as go-flags names a flag. */
export function labelOf(flag: Flag): string {
  return flag.short === undefined ? `--${flag.long}` : `-${flag.short}, --${flag.long}`
}

function commandNamed(word: string, commands: Readonly<Record<string, CommandSpec>>): string | undefined {
  if (Object.hasOwn(commands, word)) return word
  return Object.keys(commands).find(name => commands[name]?.aliases?.includes(word) === true)
}

function wordsOf({ problem }: FlagError): string {
  switch (problem.kind) {
    case 'unknown':
      return `unknown flag \`${problem.name}'`
    case 'no-value': {
      const start = `expected argument for flag \`${labelOf(problem.flag)}'`
      if (problem.found === undefined) return start
      const what = problem.found === '--' ? 'double dash' : 'option'
      return `${start}, but got ${what} \`${problem.found}'`
    }
    case 'switch-value':
      return `bool flag \`${labelOf(problem.flag)}' cannot have an argument`
  }
}

function missingFlags(missing: readonly Flag[]): string {
  const names = missing.map(flag => `\`${labelOf(flag)}'`)
  const last = names.pop() ?? ''
  return names.length === 0
    ? `the required flag ${last} was not specified`
    : `the required flags ${names.join(', ')} and ${last} were not specified`
}

function missingArguments(missing: readonly Positional[]): string {
  const names = missing.map(({ name }) => `\`${name}\``)
  const last = names.pop() ?? ''
  return names.length === 0
    ? `the required argument ${last} was not provided`
    : `the required arguments ${names.join(', ')} and ${last} were not provided`
}

/** As `missingArguments`, for a program that was given no command at all. */
export function noCommand(names: readonly string[]): string {
  return `Please specify one command of: ${enumerate(names)}`
}

function unknownCommand(word: string, names: readonly string[]): string {
  const distances = names.map(name => ({ name, distance: editDistance(name, word) }))
  const [closest] = distances.sort((a, b) => a.distance - b.distance)
  const start = `Unknown command \`${word}'`
  if (closest !== undefined && closest.distance / closest.name.length < 0.5) {
    return `${start}, did you mean \`${closest.name}'?`
  }
  return `${start}. Please specify one command of: ${enumerate(names)}`
}

function enumerate(names: readonly string[]): string {
  const sorted = [...names].sort()
  const last = sorted.pop() ?? ''
  return sorted.length === 0 ? last : `${sorted.join(', ')} or ${last}`
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1]
      const substitution = (row[j - 1] ?? 0) + (same ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution))
    }
    row = next
  }
  return row[right.length] ?? 0
}
