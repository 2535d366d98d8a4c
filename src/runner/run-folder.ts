import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, UserError } from '../core/errors.ts'
import type { RunContext } from './run-context.ts'

/** Makes the folder of a run. Throws a UserError where it can't be made, or where there is a run already. */
export async function makeRunFolder(dir: string): Promise<void> {
  const isUsed = await stat(join(dir, 'run.json')).then(
    () => true,
    () => false
  )
  if (isUsed) {
    throw new UserError('usage', `${dir}: found a run, expected a folder for a new one`, {
      hint: 'give each run a folder of its own'
    })
  }
  try {
    await mkdir(join(dir, 'logs'), { recursive: true, mode: 0o700 })
    await mkdir(join(dir, 'volumes'), { mode: 0o700 })
  } catch (thrown) {
    throw new UserError('program', `${dir}: ${messageOf(thrown)}, expected a folder for a new run`, {
      hint: 'choose a folder that this user can write to, on a disk that has room',
      cause: thrown
    })
  }
}

/** Copies artifacts out of the volumes, as they are at the end; gives where they lie now. */
export async function keepArtifacts(
  { artifacts, volumes }: RunContext,
  { dir, keep = [] }: { readonly dir: string; readonly keep?: readonly string[] }
): Promise<Record<string, string>> {
  const kept: Record<string, string> = {}
  for (const name of new Set(keep)) {
    const artifact = artifacts.find(name)
    if (artifact === undefined) continue
    kept[name] = join(dir, 'artifacts', name)
    await volumes.copy(artifact.folder, kept[name])
  }
  return kept
}

/** They hold secrets; if they can't go, people must know, but the run has ended as it has. */
export async function removeVolumes({ volumes, journal }: RunContext): Promise<void> {
  await volumes.close().catch((thrown: unknown) => {
    journal.notice(`the volumes of the run could not be removed, and may hold secrets: ${messageOf(thrown)}`)
  })
}
