import { readFile, rm, writeFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readByKubelet } from '../../src/lab/network/kubelet-lookup.ts'
import { fewerSilks, noRealSilk, nothing, silks, SilkWorker } from './silk.ts'
import type { Pod } from './worker.ts'
import { unable } from './worker.ts'

interface Result {
  readonly cniVersion: string
  readonly interfaces: readonly { readonly name: string; readonly sandbox?: string }[]
  readonly ips: readonly { readonly version?: string; readonly address: string }[]
}
interface CniError {
  readonly code: number
  readonly msg: string
}
const parse = ({ stdout }: { stdout: string }) => JSON.parse(stdout) as Result & CniError
const codeOf = (outcome: { stdout: string }) => parse(outcome).code
const addressOf = (outcome: { stdout: string }) => parse(outcome).ips[0]?.address.replace('/32', '') ?? ''

it.skipIf(noRealSilk !== undefined)(
  `runs with the real silk-cni too${noRealSilk === undefined ? '' : ` (not checked: ${noRealSilk})`}`,
  () => {
    expect(silks).toHaveLength(3)
  }
)

describe.skipIf(unable !== undefined).each(silks)(
  `silk-k8s with $title${unable === undefined ? '' : ` (not checked: ${unable})`}`,
  silk => {
    let host: SilkWorker
    let pods: Pod[] = []
    const newPod = async () => {
      const pod = await host.worker.pod()
      pods.push(pod)
      return pod
    }
    beforeAll(async () => {
      host = await SilkWorker.start(silk)
    })
    afterAll(() => host.stop())
    afterEach(async () => {
      await Promise.all(pods.map(pod => pod.kill()))
      pods = []
      // Each test takes away what it made.
      expect(await host.traces()).toEqual(nothing)
    })

    it('says which versions it speaks, without a configuration', async () => {
      const { stdout } = await host.cni('VERSION', '', '', '')
      expect(JSON.parse(stdout)).toEqual({
        cniVersion: '1.0.0',
        supportedVersions: ['1.0.0', '0.4.0', '0.3.1', '0.3.0', '0.2.0', '0.1.0']
      })
    })

    it('gives a pod an address that kubelet can read, and takes all of it away again', async () => {
      const pod = await newPod()
      const added = await host.cni('ADD', 'a', pod.netns)
      expect(added).toMatchObject({ code: 0 })
      const address = addressOf(added)
      expect(address).toMatch(/^10\.255\.30\.\d+$/)
      const { stdout } = await host.ask(pod)
      expect(stdout.trimEnd().split('\n')).toHaveLength(1)
      expect(readByKubelet({ code: 0, stdout, stderr: '' })).toBe(address)
      expect(await host.ask(pod, 'nsenter', '-6')).toMatchObject({ code: 0, stdout: '' })
      const routes = await host.worker.shell(`nsenter --net=${pod.netns} ip route show`)
      expect(
        routes
          .trimEnd()
          .split('\n')
          .map(line => line.trim())
          .sort()
      ).toEqual([
        `169.254.0.1 dev eth0 proto kernel scope link src ${address}`,
        `default via 169.254.0.1 dev eth0 src ${address}`
      ])
      expect(await host.traces()).toMatchObject({
        addresses: [address],
        silk: ['a'],
        metadata: ['a'],
        bound: ['a']
      })
      expect(JSON.parse(await readFile(host.path('metadata/store.json'), 'utf8'))).toEqual({
        a: { handle: 'a', ip: address, metadata: {} }
      })
      expect(await host.cni('DEL', 'a', pod.netns)).toMatchObject({ code: 0, stdout: '' })
      expect(Number(await readFile(host.path('metadata/store.json_version'), 'utf8'))).toBeGreaterThan(2)
    })

    it('speaks to kubelet as kubelet speaks, with the sandbox that kubelet knows', async () => {
      for (const [version, family] of [
        ['0.3.0', '4'],
        ['0.3.1', '4'],
        ['0.4.0', '4'],
        ['1.0.0', undefined]
      ] as const) {
        const pod = await newPod()
        const added = await host.cni('ADD', `v${version}`, pod.netns, host.conf({ cniVersion: version }))
        const result = parse(added)
        expect(result.cniVersion).toBe(version)
        expect(result.ips[0]?.version).toBe(family)
        expect(result.interfaces.map(({ sandbox }) => sandbox ?? '')).toEqual(['', pod.netns])
        await host.cni('DEL', `v${version}`, pod.netns, host.conf({ cniVersion: version }))
      }
    })

    it('writes a result as CNI 0.1.0 and 0.2.0 had it, and takes no version for 0.1.0', async () => {
      for (const version of ['0.2.0', undefined]) {
        const pod = await newPod()
        const added = await host.cni('ADD', 'old', pod.netns, host.conf({ cniVersion: version }))
        expect(JSON.parse(added.stdout)).toEqual({
          cniVersion: version ?? '0.1.0',
          ip4: {
            ip: expect.stringMatching(/^10\.255\.30\.\d+\/32$/) as string,
            gateway: '169.254.0.1',
            routes: [{ dst: '0.0.0.0/0', gw: '169.254.0.1' }]
          },
          dns: {}
        })
        await host.cni('DEL', 'old', pod.netns)
      }
    })

    it('checks a pod, and says what became of it', async () => {
      const pod = await newPod()
      const added = await host.cni('ADD', 'a', pod.netns)
      const conf = host.conf({ cniVersion: '0.4.0', prevResult: JSON.parse(added.stdout) as unknown })
      expect(await host.cni('CHECK', 'a', pod.netns, conf)).toMatchObject({ code: 0, stdout: '' })
      expect(codeOf(await host.cni('CHECK', 'a', pod.netns))).toBe(1)
      expect(codeOf(await host.cni('CHECK', 'a', pod.netns, host.conf({ cniVersion: '0.4.0' })))).toBe(7)
      expect(codeOf(await host.cni('CHECK', 'b', pod.netns, conf))).toBe(3)
      await host.worker.shell(
        `nsenter --net=${pod.netns} ip address del ${addressOf(added)}/32 dev eth0 scope global`
      )
      expect(await host.cni('CHECK', 'a', pod.netns, conf)).toMatchObject({ code: 1 })
      await host.cni('DEL', 'a', pod.netns)
    })

    // The version makes no difference to what follows.
    if (!fewerSilks.includes(silk)) return

    it('takes a pod away that is dead, whatever its namespace is called by now', async () => {
      for (const after of ['', 'its own', '/proc/self/ns/net', '/nonexistent']) {
        const pod = await newPod()
        expect((await host.cni('ADD', 'dead', pod.netns)).code).toBe(0)
        await pod.kill()
        const netns = after === 'its own' ? pod.netns : after
        expect(await host.cni('DEL', 'dead', netns)).toMatchObject({ code: 0, stdout: '' })
        expect(await host.traces()).toEqual(nothing)
      }
    })

    it('succeeds at a DEL that has nothing to do, and at a second one', async () => {
      const pod = await newPod()
      expect((await host.cni('DEL', 'never', pod.netns)).code).toBe(0)
      await host.cni('ADD', 'a', pod.netns)
      expect((await host.cni('DEL', 'a', pod.netns)).code).toBe(0)
      expect((await host.cni('DEL', 'a', pod.netns)).code).toBe(0)
    })

    it("leaves the host's own devices alone", async () => {
      await host.worker.shell('ip link add eth0 type veth peer name far0')
      const own = '/proc/self/ns/net'
      expect(codeOf(await host.cni('ADD', 'host', own))).toBe(4)
      expect((await host.cni('DEL', 'host', own)).code).toBe(0)
      await host.worker.shell('ip link show dev eth0 && ip link del eth0')
    })

    it('keeps a pod that is told to join a second time', async () => {
      const pod = await newPod()
      const address = addressOf(await host.cni('ADD', 'a', pod.netns))
      const again = await host.cni('ADD', 'a', pod.netns)
      expect(again.code).toBe(1)
      expect(codeOf(again)).toBe(100)
      expect(readByKubelet(await host.ask(pod))).toBe(address)
      await host.cni('DEL', 'a', pod.netns)
    })

    it('keeps a pod whose namespace a second container claims, also when that one is deleted', async () => {
      const pod = await newPod()
      const address = addressOf(await host.cni('ADD', 'a', pod.netns))
      expect(codeOf(await host.cni('ADD', 'b', pod.netns))).toBe(100)
      expect((await host.cni('DEL', 'b', pod.netns)).code).toBe(0)
      expect(readByKubelet(await host.ask(pod))).toBe(address)
      expect(await host.traces()).toMatchObject({
        addresses: [address],
        silk: ['a'],
        metadata: ['a'],
        bound: ['a']
      })
      await host.cni('DEL', 'a', pod.netns)
    })

    it('keeps a pod whose bind mount got lost, and takes it away when it is told to', async () => {
      for (const kill of [false, true]) {
        const pod = await newPod()
        const address = addressOf(await host.cni('ADD', 'lost', pod.netns))
        await host.worker.shell(`umount -l ${host.path('netns/lost')}`)
        if (kill) await pod.kill()
        else {
          expect(codeOf(await host.cni('ADD', 'lost', pod.netns))).toBe(100)
          expect(readByKubelet(await host.ask(pod))).toBe(address)
        }
        expect((await host.cni('DEL', 'lost', kill ? '' : pod.netns)).code).toBe(0)
        expect(await host.traces()).toEqual(nothing)
      }
    })

    it('deletes after a reboot, when no bind mount is there and no device', async () => {
      const pod = await newPod()
      await host.cni('ADD', 'a', pod.netns)
      await host.worker.shell(`umount -l ${host.path('netns/a')}`)
      await rm(host.path('netns'), { recursive: true })
      await pod.kill()
      expect((await host.cni('DEL', 'a', '')).code).toBe(0)
    })

    it('rolls back when silk-cni fails, with its own words', async () => {
      const pod = await newPod()
      await rm(host.path('lease.env'))
      const failed = await host.cni('ADD', 'a', pod.netns)
      expect(parse(failed)).toMatchObject({ code: 100, msg: 'discover network info' })
      expect(await host.traces()).toEqual(nothing)
      await host.lease('10.255.30.0/24')
    })

    it('rolls back what silk-cni leaves of an ADD that fails late', async () => {
      const pod = await newPod()
      // silk-cni writes its store last, and cannot where a folder is in its place.
      await host.worker.shell(`mkdir -p ${host.path('blocked/store.json')}`)
      const failed = await host.cni(
        'ADD',
        'a',
        pod.netns,
        host.conf({ datastore: host.path('blocked/store.json') })
      )
      expect(failed.code).toBe(1)
      expect(await host.traces()).toEqual(nothing)
    })

    it('rolls back when the container-metadata store cannot be read, and deletes all the same', async () => {
      const pod = await newPod()
      await host.cni('ADD', 'a', pod.netns)
      const kept = await readFile(host.path('metadata/store.json'), 'utf8')
      await writeFile(host.path('metadata/store.json'), '{"a":')
      const other = await newPod()
      expect(codeOf(await host.cni('ADD', 'b', other.netns))).toBe(5)
      expect((await host.cni('DEL', 'a', pod.netns)).code).toBe(0)
      await writeFile(host.path('metadata/store.json'), kept)
      await host.cni('DEL', 'a', pod.netns)
    })

    it('refuses what it cannot read or use, by the codes of the specification', async () => {
      const pod = await newPod()
      const add = (conf: string, env = {}, netns = pod.netns) => host.cni('ADD', 'bad', netns, conf, env)
      expect(codeOf(await add('{"cniVersion":'))).toBe(6)
      expect(codeOf(await add(''))).toBe(6)
      expect(codeOf(await add(host.conf({ cniVersion: '9.9.9' })))).toBe(1)
      expect(codeOf(await add(host.conf({ dataDir: undefined })))).toBe(7)
      expect(codeOf(await add(host.conf({ datastore: '' })))).toBe(7)
      expect(codeOf(await add(host.conf(), { CNI_CONTAINERID: '../x' }))).toBe(4)
      expect(codeOf(await add(host.conf(), { CNI_IFNAME: 'a/b' }))).toBe(4)
      expect(codeOf(await add(host.conf(), {}, host.path('lease.env')))).toBe(4)
      expect(codeOf(await add(host.conf(), { CNI_COMMAND: 'GC' }))).toBe(4)
      expect(await host.traces()).toEqual(nothing)
    })

    it('reads a configuration in any layout', async () => {
      const pod = await newPod()
      const parsed: unknown = JSON.parse(
        host.conf({ note: 'a "quoted" \\ text, {[: \u00e9', deep: [1.5e3, [], {}, null, true] })
      )
      expect(
        (await host.cni('ADD', 'a', pod.netns, JSON.stringify(parsed, null, '\t').replaceAll('\n', '\r\n')))
          .code
      ).toBe(0)
      expect((await host.cni('DEL', 'a', pod.netns, JSON.stringify(parsed, null, 4))).code).toBe(0)
    })

    it('gives many pods an address at the same time', async () => {
      const made = await Promise.all(Array.from({ length: 12 }, newPod))
      const added = await Promise.all(made.map((pod, index) => host.cni('ADD', `p${index}`, pod.netns)))
      expect(added.map(({ code }) => code)).toEqual(made.map(() => 0))
      expect(new Set(added.map(addressOf)).size).toBe(12)
      expect((await host.traces())['metadata']).toHaveLength(12)
      // Twice each at once, as a kubelet that lost patience does.
      const ids = [...made.keys(), ...made.keys()]
      const deleted = await Promise.all(
        ids.map(index => host.cni('DEL', `p${index}`, made[index]?.netns ?? ''))
      )
      expect(deleted.map(({ code }) => code)).toEqual(ids.map(() => 0))
    })
  }
)
