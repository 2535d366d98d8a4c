import { readdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { removeTree } from './copy-tree.ts'
import { readRunFile, writeRunFile, type RunFile } from './run-file.ts'

/**
 * Finds the runs that were killed before they could clean up, removes their volumes, since these hold secrets, and notes in
 * `run.json` that they died. Gives those runs; a run of another host, or one whose process is alive, is left alone.
 */
export async function buryDeadRuns(runsFolder: string): Promise<readonly RunFile[]> {
  const names = await readdir(runsFolder).catch(() => [])
  const dead: RunFile[] = []
  for (const name of names.sort()) {
    const folder = join(runsFolder, name)
    const run = await readRunFile(folder)
    if (run?.state !== 'running' || run.host !== hostname() || isAlive(run.pid)) continue
    await removeTree(join(folder, 'volumes'))
    const died: RunFile = { ...run, state: 'died' }
    await writeRunFile(folder, died)
    dead.push(died)
  }
  return dead
}

/** Whether a process of this number exists. It may be another one by now, in which case the run stays as it is. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}
