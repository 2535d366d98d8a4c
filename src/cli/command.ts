import type { Command } from 'commander'

/** Sets the exit code of a command that ends without an error. */
export type SetExitCode = (code: number) => void

/** Adds a command with its help; a command without an example can't be added. */
export function command(
  program: Command,
  words: string,
  doc: string,
  ...examples: readonly string[]
): Command {
  const title = examples.length === 1 ? 'Example' : 'Examples'
  const help = [`\n${title}:`, ...examples.map(example => `  ${example}`)].join('\n')
  const added = program.command(words).description(doc).addHelpText('after', help)
  // That what may be said several times is said no time by default goes without saying.
  const usual = added.createHelp()
  return added.configureHelp({
    optionDescription: option => usual.optionDescription(option).replace(' (default: [])', '')
  })
}
