import { UserError } from '../../../core/errors.ts'

export interface Line {
  readonly command: string
  /** Words after the command that are no flags. */
  readonly words: readonly string[]
  /** Flags without their dashes; one without a value has an empty one. */
  readonly flags: ReadonlyMap<string, string>
  readonly varFiles: readonly string[]
  /** From `-var name=value`. */
  readonly variables: Readonly<Record<string, string>>
}

const switches = ['upgrade', 'auto-approve', 'json', 'no-color', 'force']
const values = ['state', 'var', 'var-file']

/** Reads a command line as Terraform does: flags have one dash or two, and a value after a blank or a sign of equality. */
export function readLine(args: readonly string[]): Line {
  const [command = 'help', ...rest] = args
  const flags = new Map<string, string>()
  const varFiles: string[] = []
  const variables: Record<string, string> = {}
  const words: string[] = []
  for (let index = 0; index < rest.length; index += 1) {
    const word = rest[index] ?? ''
    const [, name, attached] = /^--?([a-z-]+)(?:=(.*))?$/s.exec(word) ?? []
    if (name === undefined) {
      words.push(word)
    } else if (switches.includes(name)) {
      flags.set(name, '')
    } else if (values.includes(name)) {
      const value = attached ?? rest[(index += 1)] ?? ''
      if (name === 'var-file') varFiles.push(value)
      else if (name === 'var') variables[value.split('=', 1)[0] ?? ''] = value.slice(value.indexOf('=') + 1)
      else flags.set(name, value)
    } else {
      throw new UserError(
        'usage',
        `Error: Failed to parse command-line flags\n\nflag provided but not defined: -${name}`
      )
    }
  }
  return { command, words, flags, varFiles, variables }
}
