import { resolve } from 'node:path'
import { UserError } from '../../core/errors.ts'
import { treeOf, type Kept } from '../../state/encrypted-tree.ts'
import { keysOf } from '../../state/params.ts'
import { openBranch, readBranch } from '../../state/read-branch.ts'
import { isRecord, parseJson } from '../../tools/table.ts'
import { readTree, writeTree } from '../../tools/tree.ts'
import type { CliContext } from '../context.ts'
import type { Format } from '../options.ts'
import { commitNamed, openStateCopy, type StateCopy, type StateFlags } from '../state-copy.ts'

export interface StateShowOptions extends StateFlags {
  readonly to?: string
  readonly branch?: string
  readonly format: Format
}

/** Decrypts a checkpoint, which proves it, and prints what it is. Only `--to` shows what is secret, to the disk. */
export async function stateShow(
  context: CliContext,
  name: string,
  serial: string | undefined,
  options: StateShowOptions
): Promise<void> {
  if (options.to !== undefined) await refuseFull(options.to)
  const copy = await openStateCopy(context, name, options, options.branch)
  const kept = await openCommit(copy, commitNamed(copy, serial))
  if (kept === undefined) {
    context.err(`${name} has no checkpoint: it was never paved\n`)
    return
  }
  if (options.to !== undefined) {
    await writeTree(resolve(options.to), treeOf(kept))
    context.err(
      `wrote serial ${kept.checkpoint.serial} to ${options.to}, in plain text: remove it when you are done\n`
    )
  }
  const shown = shownOf(kept)
  if (options.format === 'json') context.out(`${JSON.stringify(shown, null, 2)}\n`)
  else context.out(textOf(shown))
}

/** The files of a checkpoint, decrypted and compared with what it says of them. */
export async function openCommit(copy: StateCopy, commit: string | undefined): Promise<Kept | undefined> {
  if (commit === undefined) return undefined
  const values = await copy.values()
  await copy.branch.reset(commit)
  return openBranch(await readBranch(copy.branch.folder), values.ENVIRONMENT, await keysOf(values))
}

async function refuseFull(folder: string): Promise<void> {
  const [first] = (await readTree(resolve(folder))).keys()
  if (first === undefined) return
  throw new UserError('usage', `--to: found ${first} in ${folder}, expected an empty folder, or none`, {
    hint: 'name another folder'
  })
}

function shownOf({ checkpoint, files }: Kept) {
  const { environment, serial, time, reason, revision, tools, recipients } = checkpoint
  const text = files.get('bbl/bbl-state.json')?.plain.content
  const state = text === undefined ? undefined : parseJson(Buffer.from(text).toString('utf8'))
  const [envId, iaas] = ['envID', 'iaas'].map(key => textAt(state, key))
  const [director, address] = ['directorName', 'directorAddress'].map(key => textAt(state, 'bosh', key))
  return {
    ...{ environment, serial, time, reason, revision, tools, recipients },
    bbl: { env_id: envId, iaas, director, director_address: address },
    files: [...files].map(([path, { plain }]) => ({ path, size: plain.content.length, kind: plain.kind }))
  }
}

function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  let at = value
  for (const key of keys) at = isRecord(at) ? at[key] : undefined
  return typeof at === 'string' && at !== '' ? at : undefined
}

function textOf(shown: ReturnType<typeof shownOf>): string {
  const { bbl, files } = shown
  const head = [
    ['environment', shown.environment],
    ['serial', String(shown.serial)],
    ['time', shown.time],
    ['reason', shown.reason],
    ['programs of', shown.revision],
    ...Object.entries(shown.tools),
    ['readers', shown.recipients.join(', ')],
    ['env id', bbl.env_id ?? 'none: not paved'],
    ['Director', [bbl.director ?? 'none', bbl.director_address ?? ''].join(' ').trim()]
  ] as const
  const lines = head.map(([label, value]) => `${label.padEnd(12)} ${value}\n`)
  const width = Math.max(0, ...files.map(({ size }) => String(size).length))
  const listed = files.map(
    ({ path, size, kind }) => `${String(size).padStart(width)}  ${path}${kind === 'link' ? ' (link)' : ''}\n`
  )
  return `${lines.join('')}\n${listed.join('')}`
}
