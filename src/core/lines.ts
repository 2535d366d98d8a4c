import { StringDecoder } from 'node:string_decoder'

/** A line without an end is cut here, or a program that never ends its line would fill the memory. */
const longestLine = 1 << 20

/** How far back from there a better place to cut is looked for. */
const longestWord = 1 << 16

export interface LineCutter {
  push(chunk: Buffer): void
  /** Gives what is left when the stream has ended. */
  flush(): void
}

/**
 * Cuts a stream of UTF-8 into whole lines, so that a secret is never split between two writes and missed. A carriage return
 * ends a line too: each state of a progress bar is one.
 */
export function cutLines(line: (text: string) => void): LineCutter {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string): void => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    lines.forEach(line)
    if (rest.length > longestLine) {
      const cut = placeToCut(rest)
      line(rest.slice(0, cut))
      rest = rest.slice(cut)
    }
  }
  return {
    push: chunk => take(decoder.write(chunk)),
    flush: () => {
      take(decoder.end())
      if (rest !== '') line(rest.replace(/\r$/, ''))
      rest = ''
    }
  }
}

/** Behind the last character that no secret of one word has in it, so that none is cut in two. */
function placeToCut(text: string): number {
  for (const separator of [/\s(?=\S*$)/, /[",;](?=[^",;]*$)/, /\\(?=[^\\]*$)/]) {
    const cut = text.slice(-longestWord).search(separator)
    if (cut !== -1) return text.length - Math.min(text.length, longestWord) + cut + 1
  }
  return text.length
}
