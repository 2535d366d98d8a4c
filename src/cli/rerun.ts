import { spawn } from 'node:child_process'
import { join, relative } from 'node:path'
import { UserError } from '../core/errors.ts'
import { timeOfDay } from '../report/clock.ts'
import { abortedExitCode } from '../runner/ending.ts'
import { recordsFolder, type CliContext } from './context.ts'
import { publishedFolders } from './emission.ts'
import { standardInput } from './read-source.ts'
import { watch } from './watch.ts'

/** Names of changed files that are told; git changes hundreds at a time. */
const mostNames = 3

/**
 * Runs a command line, and again whenever one of the files or folders changes, until Ctrl-C. `args` are those that a
 * person typed, `--watch` among them.
 *
 * Each run is a process of its own, started as a person would start it. So it builds what is stale first, and takes
 * every module anew: within one process Node would give the old pipelines, tasks and rules again. It also can't bring
 * the watching to an end, whatever goes wrong in it. The price is the start of a Node per change.
 */
export async function rerun(
  context: CliContext,
  args: readonly string[],
  paths: readonly string[],
  perhaps: readonly string[] = []
): Promise<number> {
  if (paths.includes(standardInput)) {
    throw new UserError('usage', `--watch: found ${standardInput}, expected files`, {
      hint: 'name a file, since standard input is read but once'
    })
  }
  const command = args.filter(arg => arg !== '--watch')
  context.err(`watching ${paths.map(shown).join(', ')}; Ctrl-C ends it\n`)
  await watch({
    paths: [...paths, ...perhaps],
    signal: context.signal,
    onChange: async changed => {
      if (changed.length > 0) context.err(`\n--- ${timeOfDay(Date.now(), false)} ${told(changed)} ---\n`)
      await run(context, command)
    }
  })
  return abortedExitCode
}

/** What our own pipelines and tasks are made of, and what turns them into what is emitted. */
export function ownSources(context: CliContext): string[] {
  const rooms = ['pipelines', 'tasks', 'src', ...publishedFolders, 'scripts/build.mjs', 'package-lock.json']
  return [recordsFolder(context), ...rooms.map(room => join(context.root, room))]
}

function told(changed: readonly string[]): string {
  const names = changed.slice(0, mostNames).map(shown).join(', ')
  const more = changed.length - mostNames
  return `changed: ${names}${more > 0 ? ` and ${more} more` : ''}`
}

/** A path as seen from where the person is. */
function shown(path: string): string {
  const inside = relative('', path)
  return inside === '' || inside.startsWith('..') ? path : inside
}

/** One run, on our own terminal. Its exit code is of no interest: what it found, it has said. */
async function run({ root, env, signal }: CliContext, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'scripts', 'causeway.mjs'), ...args], {
    env: { ...env },
    stdio: ['ignore', 'inherit', 'inherit']
  })
  const end = (): void => void child.kill('SIGINT')
  signal.addEventListener('abort', end, { once: true })
  try {
    await new Promise<void>((done, failed) => {
      child.once('error', failed)
      child.once('exit', () => done())
    })
  } finally {
    signal.removeEventListener('abort', end)
  }
}
