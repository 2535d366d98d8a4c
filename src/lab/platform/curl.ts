import { FlagError, Flags, on, scan, value, type Flag } from '../programs/common/flags.ts'
import { readUrl, type Answer, type Ask, type Target } from './request.ts'
import type { CommandResult } from './shell.ts'

const flagsOfCurl: readonly Flag[] = [
  on('silent', 's'),
  on('show-error', 'S'),
  on('fail', 'f'),
  on('insecure', 'k'),
  on('location', 'L'),
  on('include', 'i'),
  on('head', 'I'),
  on('verbose', 'v'),
  value('max-time', { short: 'm' }),
  value('connect-timeout'),
  value('output', { short: 'o' }),
  value('write-out', { short: 'w' }),
  value('header', { short: 'H' }),
  value('request', { short: 'X' }),
  value('retry')
]

/** `curl` inside a container, for what connectivity tests use of it; exit codes as in curl's manual. */
export async function curl(ask: Ask, args: readonly string[]): Promise<CommandResult> {
  let flags: Flags
  let url: string | undefined
  try {
    const { given, words } = scan(args, () => flagsOfCurl)
    flags = new Flags(flagsOfCurl, given, {})
    url = words[0]
  } catch (thrown) {
    if (!(thrown instanceof FlagError)) throw thrown
    const argument = thrown.problem.kind === 'unknown' ? thrown.problem.argument : thrown.problem.flag.long
    return failed(2, `curl: option ${argument}: is unknown\ncurl: try 'curl --help' for more information\n`)
  }
  if (url === undefined)
    return failed(2, "curl: no URL specified!\ncurl: try 'curl --help' for more information\n")
  const target = readUrl(url)
  if (target === undefined) return failed(3, 'curl: (3) URL using bad/illegal format or missing URL\n')
  const answer = await ask(target, patienceOf(flags))
  const isLoud = !flags.has('silent') || flags.has('show-error')
  const problem = problemOf(answer, target, flags)
  const written = (flags.text('write-out') ?? '')
    .replaceAll('%{http_code}', answer.outcome === 'answered' ? String(answer.status) : '000')
    .replaceAll('\\n', '\n')
  if (problem !== undefined) {
    return {
      exitCode: problem.code,
      stdout: written,
      stderr: isLoud ? `curl: (${problem.code}) ${problem.text}\n` : ''
    }
  }
  const body = answer.outcome === 'answered' && !flags.has('head') ? answer.body : ''
  const head = flags.has('include') || flags.has('head') ? headOf(answer) : ''
  const shown = flags.text('output') === undefined ? head + body : ''
  return { exitCode: 0, stdout: shown + written, stderr: '' }
}

function problemOf(
  answer: Answer,
  { host, port }: Target,
  flags: Flags
): { code: number; text: string } | undefined {
  switch (answer.outcome) {
    case 'unknown-host':
      return { code: 6, text: `Could not resolve host: ${host}` }
    case 'refused':
      return { code: 7, text: `Failed to connect to ${host} port ${port}: Connection refused` }
    case 'unreachable':
      return { code: 7, text: `Failed to connect to ${host} port ${port}: No route to host` }
    case 'timeout': {
      const seconds = patienceOf(flags) ?? 130
      return { code: 28, text: `Connection timed out after ${seconds * 1000 + 1} milliseconds` }
    }
    case 'answered':
      if (!flags.has('fail') || answer.status < 400) return undefined
      return { code: 22, text: `The requested URL returned error: ${answer.status}` }
  }
}

function patienceOf(flags: Flags): number | undefined {
  const seconds = flags.text('connect-timeout') ?? flags.text('max-time')
  return seconds === undefined ? undefined : Number(seconds)
}

function headOf(answer: Answer): string {
  return answer.outcome === 'answered' ? `HTTP/1.1 ${answer.status}\r\n\r\n` : ''
}

function failed(exitCode: number, stderr: string): CommandResult {
  return { exitCode, stdout: '', stderr }
}
