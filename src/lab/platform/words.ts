/** A command line that a shell would not understand. */
export class SyntaxProblem extends Error {}

/** One simple command and how it hangs on what ended before it. */
export interface SimpleCommand {
  readonly after: 'always' | 'success' | 'failure'
  readonly words: readonly string[]
}

/**
 * Cuts a command line into simple commands, as a POSIX shell does for `;`, `&&` and `||`, with quotes, backslashes and
 * `$NAME` from the environment. Pipes, redirections and substitutions are refused: the lab's containers have no shell
 * but this.
 */
export function parseCommands(line: string, env: Readonly<Record<string, string>>): readonly SimpleCommand[] {
  const commands: SimpleCommand[] = []
  let after: SimpleCommand['after'] = 'always'
  let words: string[] = []
  const end = (next: SimpleCommand['after']): void => {
    if (words.length > 0) commands.push({ after, words })
    after = next
    words = []
  }
  let rest = line.trim()
  while (rest !== '') {
    const operator = /^(?:&&|\|\||;|\n)/.exec(rest)?.[0]
    if (operator !== undefined) {
      end(operator === '&&' ? 'success' : operator === '||' ? 'failure' : 'always')
      rest = rest.slice(operator.length).trimStart()
      continue
    }
    const silenced = /^(?:2>&1|[12]?>\s*\/dev\/null)(?=\s|;|$)/.exec(rest)?.[0]
    if (silenced !== undefined) {
      rest = rest.slice(silenced.length).trimStart()
      continue
    }
    const [word, length] = readWord(rest, env)
    words.push(word)
    rest = rest.slice(length).trimStart()
  }
  end('always')
  return commands
}

function readWord(text: string, env: Readonly<Record<string, string>>): [string, number] {
  let word = ''
  let index = 0
  while (
    index < text.length &&
    !/[\s;]/.test(text.charAt(index)) &&
    !/^(?:&&|\|\|)/.test(text.slice(index))
  ) {
    const rest = text.slice(index)
    const single = /^'([^']*)'/.exec(rest)
    const double = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest)
    const variable = /^\$(?:\{(\w+)\}|(\w+))/.exec(rest)
    if (single !== null) {
      word += single[1] ?? ''
      index += single[0].length
    } else if (double !== null) {
      word += expandInside(double[1] ?? '', env)
      index += double[0].length
    } else if (variable !== null) {
      word += env[variable[1] ?? variable[2] ?? ''] ?? ''
      index += variable[0].length
    } else if (rest.startsWith('\\')) {
      word += rest.charAt(1)
      index += 2
    } else if (/^[|&<>()`$'"]/.test(rest)) {
      throw new SyntaxProblem(`syntax error near ${JSON.stringify(rest.slice(0, 20))}`)
    } else {
      word += rest.charAt(0)
      index += 1
    }
  }
  return [word, index]
}

function expandInside(text: string, env: Readonly<Record<string, string>>): string {
  return text
    .replaceAll(
      /(?<!\\)\$(?:\{(\w+)\}|(\w+))/g,
      (_, braced?: string, plain?: string) => env[braced ?? plain ?? ''] ?? ''
    )
    .replaceAll(/\\(["$\\`])/g, '$1')
}
