import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { labPaths } from '../../../src/lab/paths.ts'
import { openSupervisor } from '../../../src/lab/supervisor.ts'
import type { ValueMap } from '../../../src/manifest/value.ts'
import { DirectorClient } from '../director/client.ts'
import { call, loader, openTestLab, service, type TestLab } from '../director/running-lab.ts'
import { directorService } from '../programs/built.ts'

let lab: TestLab

beforeEach(async () => {
  lab = await openTestLab()
})
afterEach(() => lab.close())

/** Another process that has the lab open. */
async function holdOpen(): Promise<ChildProcess> {
  const holder = spawn(process.execPath, [...loader, join(import.meta.dirname, 'hold-open.ts'), lab.lab], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  await once(holder.stdout, 'data')
  return holder
}

/** Processes on this machine that were started for the lab. */
function processes(): readonly number[] {
  return readdirSync('/proc').flatMap(name => {
    if (!/^\d+$/.test(name)) return []
    try {
      const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
      return args.includes(lab.lab) && args.some(arg => arg === directorService) ? [Number(name)] : []
    } catch {
      return []
    }
  })
}

async function answers(): Promise<boolean> {
  return call(lab, `https://${lab.ip}:25555/info`).then(
    ({ status }) => status === 200,
    () => false
  )
}

describe('the lab is there', () => {
  it('from the making of its Director to the end of it', async () => {
    expect(processes()).toEqual([])
    await lab.create()
    expect(processes()).toHaveLength(1)
    expect(await answers()).toBe(true)
    await lab.delete()
    expect(processes()).toEqual([])
    expect(await answers()).toBe(false)
  })

  it('while the supervisor is open, and again as it was when another one opens', async () => {
    await lab.create()
    const client = new DirectorClient(lab)
    const config = { type: 'cloud', name: 'default', content: 'azs: [{name: z1}]' }
    await client.request('POST', '/configs', JSON.stringify(config))
    await lab.supervisor.close()
    expect(processes()).toEqual([])
    expect(existsSync(labPaths(lab.lab).supervisorSocket)).toBe(false)

    const again = await openSupervisor(lab.lab, service)
    try {
      await again.powerOn()
      expect(await client.get('/configs?type=cloud&latest=true')).toMatchObject([config])
    } finally {
      await again.close()
    }
  })

  it('with nothing running until something is powered on', async () => {
    await lab.supervisor.powerOn()
    expect(processes()).toEqual([])
  })

  it('after its process was killed, when it is asked for again', async () => {
    await lab.create()
    for (const id of processes()) process.kill(id, 'SIGKILL')
    await lab.supervisor.powerOn()
    expect(await answers()).toBe(true)
  })
})

describe('a lab far down in the file system', () => {
  it('is opened all the same, and is one for all who name it', async () => {
    const deep = join(lab.lab, 'x'.repeat(120))
    const supervisor = await openSupervisor(deep, service)
    try {
      vi.stubEnv('TMPDIR', lab.lab)
      await expect(openSupervisor(deep, service)).rejects.toMatchObject({ outcome: 'refused' })
    } finally {
      vi.unstubAllEnvs()
      await supervisor.close()
    }
    expect(existsSync(labPaths(deep).supervisorSocket)).toBe(false)
  })
})

describe('nothing is left behind', () => {
  it('when the supervisor is killed', async () => {
    await lab.create()
    await lab.supervisor.close()
    const holder = await holdOpen()
    expect(processes()).toHaveLength(1)
    holder.kill('SIGKILL')
    const killed = performance.now()
    while (processes().length > 0 && performance.now() - killed < 5_000) await answers()
    expect(processes()).toEqual([])
    expect(performance.now() - killed).toBeLessThan(1_000)

    const next = await openSupervisor(lab.lab, service)
    await next.powerOn()
    expect(await answers()).toBe(true)
    await next.close()
  })

  it('when the supervisor closes while a machine is being made', async () => {
    writeFileSync(
      labPaths(lab.lab).faults,
      JSON.stringify([{ program: 'create-env', args: 'start bosh', action: 'slow', delay: '300ms' }])
    )
    const making = lab.create()
    await Promise.all([lab.supervisor.close(), expect(making).rejects.toThrow('found no running lab')])
    expect(processes()).toEqual([])
  })
})

describe('the lab refuses', () => {
  it('a second supervisor beside the first, whose lab stays as it is', async () => {
    await lab.create()
    await expect(openSupervisor(lab.lab, service)).rejects.toMatchObject({ outcome: 'refused' })
    expect(await answers()).toBe(true)
  })

  it('to make a machine while nobody supervises it, before anything is made', async () => {
    await lab.supervisor.close()
    await expect(lab.create()).rejects.toMatchObject({
      outcome: 'usage',
      hint: 'start the work through causeway, e.g. causeway repave lab'
    })
    expect(lab.cloud.all('vm')).toEqual([])
    expect(existsSync(lab.statePath)).toBe(false)
  })

  it('a Director whose address is in use, and says so', async () => {
    const other = await openTestLab()
    try {
      await lab.create()
      const cidr = lab.ip.replace(/\d+$/, '0/24')
      const { cid } = other.cloud.createNetwork({ name: 'same', cidr, tags: {} })
      const same = JSON.parse(JSON.stringify(lab.manifest).replaceAll(lab.network, cid)) as ValueMap
      await expect(other.create({ manifest: same })).rejects.toThrow(/does not start: .*EADDRINUSE/)
    } finally {
      await other.close()
    }
  })
})
