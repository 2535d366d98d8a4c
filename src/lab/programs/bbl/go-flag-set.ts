import { BblError } from './bbl-error.ts'

/** Flags of one command: texts and switches by name. */
export interface FlagSet {
  readonly texts: readonly string[]
  readonly switches?: readonly string[]
}

/**
 * Reads a command's flags as Go's package flag does (go1.22, flag/flag.go): one dash or two, until the first word that is none.
 * Throws what it says of flags that it does not know.
 */
export function readFlagSet(
  args: readonly string[],
  { texts, switches = [] }: FlagSet
): ReadonlyMap<string, string> {
  const given = new Map<string, string>()
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '--' || !/^-./.test(arg)) break
    const [, name, attached] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(arg) ?? []
    if (name === undefined) throw new BblError(`bad flag syntax: ${arg}`)
    if (switches.includes(name)) {
      given.set(name, attached ?? 'true')
      continue
    }
    if (!texts.includes(name)) throw new BblError(`flag provided but not defined: -${name}`)
    const value = attached ?? args[(index += 1)]
    if (value === undefined) throw new BblError(`flag needs an argument: -${name}`)
    given.set(name, value)
  }
  return given
}
