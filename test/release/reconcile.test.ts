import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { settingsIn } from './silk.ts'
import { unableToFilter, Worker } from './worker.ts'

const unable = unableToFilter()
const rule = (lease: string) =>
  `-A POSTROUTING -s ${lease} ! -d 10.255.0.0/16 ! -o silk-vtep -m comment --comment silk-k8s -j MASQUERADE`
const foreign = '-A POSTROUTING -s 10.9.0.0/24 -m comment --comment another -j MASQUERADE'

describe.skipIf(unable !== undefined)(
  `the reconciler${unable === undefined ? '' : ` (not checked: ${unable})`}`,
  () => {
    let worker: Worker
    let reconciler: ChildProcess

    const rules = async () =>
      (await worker.shell('iptables -w -t nat -S POSTROUTING')).trimEnd().split('\n').slice(1)
    const addresses = async () => {
      const text = await worker.shell('ip -o -4 address show dev silk-vtep')
      return [...text.matchAll(/inet (\S+) .*?scope (\w+)/g)].map(
        ([, address = '', scope = '']) => `${address} ${scope}`
      )
    }
    /** silk-vtep as silk-daemon makes it, with the first address of a lease. */
    const vtep = (address: string) =>
      worker.shell(
        `ip link del silk-vtep 2>/dev/null || :
       ip link add silk-vtep type veth peer name under0
       ip address add ${address}/16 brd 10.255.255.255 dev silk-vtep scope link
       ip link set silk-vtep up`
      )
    const eventually = (expected: () => Promise<void>) =>
      vi.waitFor(expected, { timeout: 50_000, interval: 50 })
    const start = () => worker.start(join(worker.job, 'bin', 'reconcile'))

    beforeAll(async () => {
      worker = await Worker.start(settingsIn)
      await worker.shell(
        'iptables -w -t nat -A POSTROUTING -s 10.9.0.0/24 -m comment --comment another -j MASQUERADE'
      )
      reconciler = start()
    })
    afterAll(() => worker.stop())

    it('waits for silk-vtep, and gives it its address with scope global and the lease its rule', async () => {
      expect(await rules()).toEqual([foreign])
      await vtep('10.255.30.0')
      await eventually(async () => {
        expect(await rules()).toEqual([foreign, rule('10.255.30.0/24')])
        expect(await addresses()).toEqual(['10.255.30.0/16 link', '10.255.30.0/32 global'])
      })
    })

    it('puts back what others flush', async () => {
      await worker.shell('iptables -w -t nat -F && ip address del 10.255.30.0/32 dev silk-vtep scope global')
      await eventually(async () => {
        expect(await rules()).toEqual([rule('10.255.30.0/24')])
        expect(await addresses()).toContain('10.255.30.0/32 global')
      })
    })

    it('follows a new lease, and keeps nothing of the old one', async () => {
      await vtep('10.255.77.0')
      await worker.shell('ip address add 10.255.30.0/32 dev silk-vtep scope global')
      await eventually(async () => {
        expect(await rules()).toEqual([rule('10.255.77.0/24')])
        expect(await addresses()).toEqual(['10.255.77.0/16 link', '10.255.77.0/32 global'])
      })
    })

    it('survives that silk-vtep goes, and makes no rule for a single address without pods', async () => {
      await worker.shell('ip link del silk-vtep && iptables -w -t nat -F')
      await vtep('10.255.0.7')
      await eventually(async () => {
        expect(await addresses()).toEqual(['10.255.0.7/16 link', '10.255.0.7/32 global'])
      })
      expect(await rules()).toEqual([])
      await vtep('10.255.77.0')
      await eventually(async () => expect(await rules()).toEqual([rule('10.255.77.0/24')]))
    })

    it('changes nothing where all is as it should be', async () => {
      const again = start()
      const said: string[] = []
      again.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
      // A change that comes after many looks of the second one would show that these found nothing to do.
      await vtep('10.255.88.0')
      await eventually(async () => expect(await rules()).toContain(rule('10.255.88.0/24')))
      again.kill('SIGTERM')
      await once(again, 'close')
      expect(said.join('')).not.toContain('10.255.77.0 with')
    })

    it('ends at once when it is told to, also in the middle of a long pause', async () => {
      reconciler.kill('SIGTERM')
      await once(reconciler, 'exit')
      await worker.configure({ ...settingsIn(worker.scratch), RECONCILE_SECONDS: '3600' })
      await worker.shell('iptables -w -t nat -F')
      const patient = start()
      await eventually(async () => expect(await rules()).toHaveLength(1))
      patient.kill('SIGTERM')
      const [code] = (await once(patient, 'exit')) as [number | null]
      expect(code).toBe(0)
    })

    it('is one process under monit: starts once, and stops when it is told to', async () => {
      const ctl = join(worker.job, 'bin', 'silk-k8s_ctl')
      const started = worker.start(ctl, ['start'])
      const pidFile = join(worker.scratch, 'run', 'silk-k8s.pid')
      await eventually(async () => expect((await readFile(pidFile, 'utf8')).trim()).toBe(String(started.pid)))
      await eventually(async () => expect((await worker.run(ctl, ['start'])).code).toBe(0))
      expect(started.exitCode).toBeNull()
      await Promise.all([once(started, 'exit'), worker.run(ctl, ['stop'])])
      await expect(readFile(pidFile)).rejects.toThrow('ENOENT')
      expect((await worker.run(ctl, ['stop'])).code).toBe(0)
      expect((await worker.run(ctl, [])).code).toBe(2)
    })
  }
)
