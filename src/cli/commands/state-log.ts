import { changedFiles, type PastCheckpoint } from '../../state/restore.ts'
import { asidePrefix } from '../../state/refusals.ts'
import type { CliContext } from '../context.ts'
import type { Format } from '../options.ts'
import { openStateCopy, type StateFlags } from '../state-copy.ts'

export interface StateLogOptions extends StateFlags {
  readonly format: Format
}

/** Prints the checkpoints of an environment, the newest first, and on stderr what was put aside. Decrypts nothing. */
export async function stateLog(context: CliContext, name: string, options: StateLogOptions): Promise<void> {
  const { environment, branch, past } = await openStateCopy(context, name, options)
  const entries = past.map((one, index) => entryOf(one, past[index + 1]))
  const aside = await branch.branches(asidePrefix(environment.record.state.branch))
  if (options.format === 'json') {
    context.out(`${JSON.stringify({ environment: name, checkpoints: entries, aside }, null, 2)}\n`)
    return
  }
  context.out(entries.map(textOf).join(''))
  if (entries.length === 0) context.err(`${name} has no checkpoint: it was never paved\n`)
  for (const one of aside) {
    context.err(`put aside: ${one}; look at it with: causeway state show ${name} --branch ${one}\n`)
  }
}

function entryOf({ commit, checkpoint }: PastCheckpoint, before: PastCheckpoint | undefined) {
  const { serial, time, reason, revision, tools, recipients, digest } = checkpoint
  const files = changedFiles(before?.checkpoint, checkpoint)
  return { serial, time, reason, files, tools, revision, recipients, digest, commit }
}

function textOf({ serial, time, reason, files, tools, revision }: ReturnType<typeof entryOf>): string {
  const { added, changed, removed } = files
  const counts = [added, changed, removed]
    .map((paths, index) => `${'+~-'.charAt(index)}${paths.length}`)
    .join(' ')
  const versions = Object.entries(tools).map(([tool, version]) => `${tool} ${numberIn(version)}`)
  const from = revision === 'none' ? 'a folder' : revision.slice(0, 12)
  return `${serial}  ${time.slice(0, 19).replace('T', ' ')} UTC  ${reason}\n   files ${counts}; ${versions.join(', ')}; programs of ${from}\n`
}

/** Programs say their version among other words. */
function numberIn(version: string): string {
  return /\d+(\.\d+)+\S*/.exec(version)?.[0] ?? version
}
