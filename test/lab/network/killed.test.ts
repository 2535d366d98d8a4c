import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, it, vi } from 'vitest'
import { builtResident } from '../programs/built.ts'
import { unable, whyNot } from './able.ts'

/** Processes that inherited a variable from the one that a test has started. */
async function processesWith(mark: string): Promise<number> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const found = await Promise.all(pids.map(pid => readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')))
  return found.filter(environment => environment.includes(mark)).length
}

/** What the machine itself has: devices, mounts, what lies below /run. */
async function machine(): Promise<readonly string[]> {
  const [devices, mounts, run] = await Promise.all([
    readFile('/proc/net/dev', 'utf8'),
    readFile('/proc/self/mounts', 'utf8'),
    readdir('/run')
  ])
  return [...devices.matchAll(/^ *([^:\s]+):/gm)].map(([, name = '']) => name).concat(mounts, run)
}

it.skipIf(unable !== undefined)(
  `eight networks at once leave nothing of theirs when their processes are killed${whyNot}`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'killed-'))
    const mark = `CAUSEWAY_TEST_MARK=${randomUUID()}`
    try {
      const holder = join(folder, 'hold-network.mjs')
      await build({
        entryPoints: [join(import.meta.dirname, 'hold-network.ts')],
        bundle: true,
        format: 'esm',
        platform: 'node',
        outfile: holder
      })
      const before = await machine()
      const [name = '', value = ''] = mark.split('=')
      const holders = Array.from({ length: 8 }, () =>
        spawn(process.execPath, [holder, builtResident], {
          env: { ...process.env, [name]: value },
          stdio: ['ignore', 'pipe', 'inherit']
        })
      )
      await Promise.all(
        holders.map(async ({ stdout }) => {
          const [said] = (await once(stdout, 'data')) as [Buffer]
          expect(said.toString()).toBe('made\n')
        })
      )
      expect(await machine()).toEqual(before)
      // Each has itself, unshare, and the first process of its network.
      expect(await processesWith(mark)).toBeGreaterThanOrEqual(8 * 3)
      for (const each of holders) each.kill('SIGKILL')
      await vi.waitFor(async () => expect(await processesWith(mark)).toBe(0), {
        timeout: 20_000,
        interval: 20
      })
      expect(await machine()).toEqual(before)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
)
