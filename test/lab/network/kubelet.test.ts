import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desiredNetwork } from '../../../src/lab/network/desired.ts'
import { LabNetwork } from '../../../src/lab/network/lab-network.ts'
import { podStatus } from '../../../src/lab/network/pod-status.ts'
import { builtResident } from '../programs/built.ts'
import { unable } from './able.ts'
import { container, machine, sources, world } from './world.ts'

const kubelet = { kubelet: {} }
const workers = [
  machine('worker', 0, '127.90.5.21', { ...kubelet, 'silk-k8s': {} }, 1),
  machine('worker', 1, '127.90.5.22', { ...kubelet, 'silk-k8s': { pod_ip: 'nsenter-wrapper' } }, 2),
  machine('worker', 2, '127.90.5.23', kubelet, 3)
] as const
const pods = [
  container('pod/default/web', workers[0], '10.255.1.9', 'lab/idle:1'),
  container('pod/default/api', workers[0], '10.255.1.3', 'lab/idle:1'),
  container('pod/default/old', workers[1], '10.255.2.2', 'lab/idle:1'),
  container('pod/default/bare', workers[2], '10.255.3.2', 'lab/idle:1')
] as const
const [web, api, old, bare] = pods

const real = process.env['CAUSEWAY_SILK_BIN']
/** Up to silk-release 3.26 silk-cni spoke CNI 0.3.1 alone, and since then 1.0.0 alone. */
const speaks = real === undefined ? ['0.3.1'] : versionsOf(join(real, 'silk-cni'))
const noRealSilk = real === undefined ? 'CAUSEWAY_SILK_BIN names no folder' : undefined

function versionsOf(plugin: string): readonly string[] {
  const env = { ...process.env, CNI_COMMAND: 'VERSION' }
  const said = execFileSync(plugin, { env, input: '{"cniVersion":"0.3.1"}', encoding: 'utf8' })
  return (JSON.parse(said) as { supportedVersions: string[] }).supportedVersions
}

describe.each([
  { title: 'the stand-in for silk-cni', sources, speaks: ['0.3.1'], why: unable },
  {
    title: 'silk-cni itself',
    sources: { ...sources, silkCni: real ?? '' },
    speaks,
    why: unable ?? noRealSilk
  }
])('kubelet', ({ title, sources, speaks, why }) => {
  const isOf2018 = speaks.includes('0.3.1')
  describe.skipIf(why !== undefined)(
    `with ${title}${why === undefined ? '' : ` (not checked: ${why})`}`,
    () => {
      let network: LabNetwork
      const shell = async (host: string, line: string) => {
        const ran = await network.exec(host, ['sh', '-c', line], { deadline: 5000 })
        return ran.stdout
      }

      beforeAll(async () => {
        network = await LabNetwork.open({ file: builtResident })
        await network.apply(desiredNetwork(world(workers, pods), sources))
      })
      afterAll(() => network.close())

      it('finds the addresses that the lab gave to its pods, by the shipped plugin', async () => {
        expect(await podStatus(network, web, 17)).toEqual({ address: web.address })
        expect(await podStatus(network, api, 17)).toEqual({ address: api.address })
      })

      it('finds them by the nsenter wrapper too, where the pod is as SILK made it', async () => {
        expect(await podStatus(network, old, 17)).toEqual({ address: old.address })
        expect(await shell('pod.default.old', 'ip -o -4 address show dev eth0 scope global')).toBe('')
      })

      it.runIf(isOf2018)(
        'finds none where silk-cni alone is called, and says so as it did in 2018',
        async () => {
          expect(await podStatus(network, bare, 11)).toEqual({
            problem:
              'NetworkPlugin cni failed on the status hook for pod "bare_default": Unexpected address output  '
          })
          expect(await podStatus(network, bare, 17)).toEqual({
            problem:
              'networkPlugin cni failed on the status hook for pod "bare_default": unexpected address output  '
          })
          // SILK itself gave the pod its place.
          expect(await shell('pod.default.bare', 'ip -o -4 address show dev eth0')).toContain(
            'inet 10.255.3.2 peer 169.254.0.1/32 scope link eth0'
          )
        }
      )

      it.runIf(!isOf2018)('can not call a silk-cni of CNI 1.0.0 alone, and says so', async () => {
        expect(await podStatus(network, bare, 17)).toEqual({
          problem:
            'networkPlugin cni failed to set up pod "bare_default" network: incompatible CNI versions; config is "0.3.1", plugin supports ["1.0.0"]'
        })
      })

      it('deletes a pod, and a plugin without a lease refuses the next', async () => {
        const late = container('pod/default/late', workers[0], '10.255.1.4', 'lab/idle:1')
        await shell('lab.worker.0', 'rm /run/hosts/lab.worker.0/run/lease.env')
        await network.apply(desiredNetwork(world(workers, [web, late, old, bare]), sources))
        expect(await podStatus(network, late, 17)).toEqual({
          problem: expect.stringMatching(
            /^networkPlugin cni failed to set up pod "late_default" network: discover network info; /
          ) as string
        })
        expect(await shell('lab.worker.0', 'ip -o link | grep -c s-010255001003')).toBe('0\n')
        expect(await podStatus(network, web, 17)).toEqual({ address: web.address })
      })

      it('loses pods and lease with its machine, and begins anew on another one', async () => {
        const [first, ...others] = workers
        const recreated = {
          ...machine('worker', 0, '127.90.5.21', { ...kubelet, 'silk-k8s': {} }, 4),
          instance: { ...first.instance, vmCid: 'vm-new' }
        }
        const moved = container('pod/default/web', recreated, '10.255.4.2', 'lab/idle:1')
        await network.apply(desiredNetwork(world([recreated, ...others], [moved, old, bare]), sources))
        expect(await podStatus(network, moved, 17)).toEqual({ address: '10.255.4.2' })
        expect(await shell('lab.worker.1', 'ip route | grep silk-vtep | grep via')).toBe(
          [3, 4]
            .map(share => `10.255.${share}.0/24 via 10.255.${share}.0 dev silk-vtep src 10.255.2.0 \n`)
            .join('')
        )
      })
    }
  )
})
