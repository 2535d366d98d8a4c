import { FlagError, Flags, on, scan, value, type Flag } from '../programs/common/flags.ts'
import { readUrl, type Ask } from './request.ts'
import type { CommandResult } from './shell.ts'

const flagsOfWget: readonly Flag[] = [
  on('quiet', 'q'),
  on('server-response', 'S'),
  on('spider'),
  on('no-check-certificate'),
  value('output-document', { short: 'O' }),
  value('timeout', { short: 'T' }),
  value('tries', { short: 't' }),
  value('header')
]

/** `wget` inside a container, as busybox has it: any failure is exit code 1. */
export async function wget(ask: Ask, args: readonly string[]): Promise<CommandResult> {
  let flags: Flags
  let url: string
  try {
    const { given, words } = scan(args, () => flagsOfWget)
    flags = new Flags(flagsOfWget, given, {})
    url = words[0] ?? ''
  } catch (thrown) {
    if (!(thrown instanceof FlagError)) throw thrown
    return failed(`unrecognized option: ${thrown.problem.kind === 'unknown' ? thrown.problem.name : ''}`)
  }
  const target = readUrl(url)
  if (target === undefined) return failed(`bad address '${url}'`)
  const seconds = flags.text('timeout')
  const answer = await ask(target, seconds === undefined ? undefined : Number(seconds))
  switch (answer.outcome) {
    case 'unknown-host':
      return failed(`bad address '${target.host}'`)
    case 'refused':
      return failed(`can't connect to remote host (${answer.address}): Connection refused`)
    case 'unreachable':
      return failed(`can't connect to remote host (${answer.address}): No route to host`)
    case 'timeout':
      return failed('download timed out')
    case 'answered': {
      if (answer.status >= 400) return failed(`server returned error: HTTP/1.1 ${answer.status}`)
      const isShown = flags.text('output-document') === '-' && !flags.has('spider')
      return { exitCode: 0, stdout: isShown ? answer.body : '', stderr: '' }
    }
  }
}

function failed(message: string): CommandResult {
  return { exitCode: 1, stdout: '', stderr: `wget: ${message}\n` }
}
