import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nothing, settingsIn, silks, SilkWorker } from './silk.ts'
import { unableToFilter } from './worker.ts'

const unable = unableToFilter()
const [silk] = silks

describe.skipIf(unable !== undefined)(
  `pre-start and drain${unable === undefined ? '' : ` (not checked: ${unable})`}`,
  () => {
    let host: SilkWorker
    const preStart = async (settings: Record<string, string> = {}) => {
      await host.worker.configure({ ...settingsIn(host.worker.scratch), ...settings })
      return host.worker.run(join(host.worker.job, 'bin', 'pre-start'), [])
    }
    const write = async (name: string, text: string) => {
      await mkdir(join(host.path(name), '..'), { recursive: true })
      await writeFile(host.path(name), text)
    }

    beforeAll(async () => {
      host = await SilkWorker.start(silk ?? expect.fail())
      await write('job/config/cni/10-silk.conflist', '{"name":"silk"}')
      await write('cni/bin/nsenter', '#!/bin/sh\nexec nsenter "$@"\n')
      await chmod(host.path('cni/bin/nsenter'), 0o755)
    })
    afterAll(() => host.stop())

    it('takes away what Flannel left, and nothing of others', async () => {
      for (const name of ['etc-cni/10-flannel.conf', 'etc-cni/50-flannel.conflist', 'etc-cni/99-other.conf'])
        await write(name, '{}')
      await write('flannel/subnet.env', 'FLANNEL_NETWORK=10.222.0.0/16\nFLANNEL_SUBNET=10.222.7.1/24\n')
      const others = [
        '-A POSTROUTING -s 10.255.3.0/24 -j MASQUERADE',
        '-A POSTROUTING -s 10.222.0.0/17 -j MASQUERADE'
      ]
      await host.worker.shell(`
      ip link add cni0 type bridge
      ip link add flannel.1 type veth peer name far
      for network in 10.200.0.0/16 10.222.0.0/16; do
        iptables -w -t nat -A POSTROUTING -s $network -d $network -j RETURN
        iptables -w -t nat -A POSTROUTING -s $network ! -d 224.0.0.0/4 -j MASQUERADE
        iptables -w -t nat -A POSTROUTING ! -s $network -d $network -j MASQUERADE
        iptables -w -A FORWARD -s $network -j ACCEPT
      done
      iptables -w -t nat ${others[0] ?? ''}
      iptables -w -t nat ${others[1] ?? ''}`)
      expect(await preStart()).toMatchObject({ code: 0, stderr: '' })
      expect(await readdir(host.path('etc-cni'))).toEqual(['99-other.conf'])
      expect(existsSync(host.path('flannel/subnet.env'))).toBe(false)
      expect(await host.worker.shell('ip -o link show')).not.toMatch(/cni0|flannel/)
      const left = await host.worker.shell('iptables -w -t nat -S POSTROUTING; iptables -w -S FORWARD')
      expect(
        left
          .trimEnd()
          .split('\n')
          .filter(line => line.startsWith('-A'))
      ).toEqual(others)
      expect(await preStart()).toMatchObject({ code: 0, stderr: '' })
    })

    it('forgets pods of a host that was stopped, but no device of others', async () => {
      await host.worker.shell('ip link add ifb0 type veth peer name s-far')
      const pod = await host.worker.pod()
      expect((await host.cni('ADD', 'a', pod.netns)).code).toBe(0)
      expect(await preStart()).toMatchObject({ code: 0, stderr: '' })
      expect(await host.traces()).toEqual(nothing)
      await host.worker.shell('ip link show dev ifb0 && ip link show dev s-far')
      for (const folder of ['metadata', 'silk-data', 'host-local', 'log/silk-cni'])
        expect(existsSync(host.path(folder))).toBe(true)
      const next = await host.worker.pod()
      expect((await host.cni('ADD', 'b', next.netns)).code).toBe(0)
      expect((await host.cni('DEL', 'b', next.netns)).code).toBe(0)
    })

    it('installs the wrapper where it is asked for, and takes it away where it is not', async () => {
      const bin = host.path('cni/bin')
      expect(await preStart({ POD_IP: 'nsenter-wrapper' })).toMatchObject({ code: 0, stderr: '' })
      expect(await readdir(bin)).toEqual(['nsenter', 'nsenter.real'])
      expect(await preStart()).toMatchObject({ code: 0, stderr: '' })
      expect(await readdir(bin)).toEqual(['nsenter'])
    })

    it('fills the folders of a kubelet that cannot be told others, and empties them again', async () => {
      expect(await preStart({ FIXED_KUBELET_FOLDERS: 'true' })).toMatchObject({ code: 0, stderr: '' })
      expect(await readFile(host.path('etc-cni/10-silk.conflist'), 'utf8')).toBe('{"name":"silk"}')
      expect(await readlink(host.path('cni/bin/silk-k8s'))).toBe(host.path('job/bin/silk-k8s'))
      const { stdout } = await host.worker.run(host.path('cni/bin/silk-k8s'), [], {
        env: { CNI_COMMAND: 'VERSION' }
      })
      expect(JSON.parse(stdout)).toHaveProperty('supportedVersions')
      expect(await preStart()).toMatchObject({ code: 0, stderr: '' })
      expect(existsSync(host.path('etc-cni/10-silk.conflist'))).toBe(false)
      expect(await readdir(host.path('cni/bin'))).toEqual(['nsenter'])
    })

    it('needs neither kubelet nor its plugins on a master', async () => {
      expect(await preStart({ KUBELET: 'false', CNI_BIN: '/nonexistent' })).toMatchObject({
        code: 0,
        stderr: ''
      })
      expect(existsSync(host.path('metadata'))).toBe(true)
    })

    it("drains when kubelet's drain is through: what that left no longer holds up silk-daemon's", async () => {
      await preStart()
      const drain = (...args: string[]) => host.worker.run(join(host.worker.job, 'bin', 'drain'), args)
      const pod = await host.worker.pod()
      await host.cni('ADD', 'daemon-set', pod.netns)
      expect((await drain('job_shutdown', 'hash_changed')).stdout).toBe('-10\n')
      const kubelets = host.worker.start('sh', ['-c', 'cat', '/var/vcap/jobs/kubelet/bin/drain'])
      expect((await drain('job_check_status', 'hash_unchanged')).stdout).toBe('-5\n')
      expect((await host.traces())['metadata']).toEqual(['daemon-set'])
      kubelets.stdin?.end()
      await new Promise(resolve => kubelets.once('exit', resolve))
      expect((await drain('job_check_status', 'hash_unchanged')).stdout).toBe('0\n')
      expect((await host.traces())['metadata']).toEqual([])
      expect((await host.cni('DEL', 'daemon-set', pod.netns)).code).toBe(0)
      expect(await host.traces()).toEqual(nothing)
    })
  }
)
