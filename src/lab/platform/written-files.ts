/**
 * The files that a shell script writes by here-documents: path → content. It reads `name=value`, `cat >path <<'END'`
 * and `mv from to`, with variables in paths; it runs nothing. Enough to know what a pre-start script leaves on a
 * machine, and a path that it cannot read counts as not written.
 */
export function filesWrittenBy(script: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const variables = new Map<string, string>()
  const lines = script.split('\n')
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]?.trim() ?? ''
    const assignment = /^([A-Za-z_]\w*)=(\S+)$/.exec(line)
    const hereDocument = /^cat\s+>\s*(\S+)\s+<<-?\s*(['"]?)(\w+)\2$/.exec(line)
    const move = /^mv\s+(?:-f\s+)?(\S+)\s+(\S+)$/.exec(line)
    if (assignment !== null) variables.set(assignment[1] ?? '', expand(assignment[2] ?? '', variables))
    if (hereDocument !== null) {
      const end = lines.indexOf(hereDocument[3] ?? '', index + 1)
      if (end < 0) break
      files.set(expand(hereDocument[1] ?? '', variables), `${lines.slice(index + 1, end).join('\n')}\n`)
      index = end
    }
    if (move !== null) {
      const [from, to] = [expand(move[1] ?? '', variables), expand(move[2] ?? '', variables)]
      const content = files.get(from)
      if (content === undefined) continue
      files.delete(from)
      files.set(to, content)
    }
  }
  return files
}

function expand(word: string, variables: ReadonlyMap<string, string>): string {
  const plain = word.replace(/^(["'])(.*)\1$/, '$2')
  return plain.replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) => variables.get(name) ?? whole)
}
