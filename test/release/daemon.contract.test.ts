import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readByKubelet } from '../../src/lab/network/kubelet-lookup.ts'
import { silks, SilkWorker } from './silk.ts'
import { unableToFilter } from './worker.ts'

const real = silks.find(({ folder }) => folder !== undefined)
const daemonProgram = join(real?.folder ?? '', 'silk-daemon')
const unable =
  real === undefined || !existsSync(daemonProgram)
    ? 'CAUSEWAY_SILK_BIN names no folder with silk-daemon'
    : unableToFilter()

describe.skipIf(unable !== undefined)(
  `with the real silk-daemon${unable === undefined ? '' : ` (not checked: ${unable})`}`,
  () => {
    let host: SilkWorker
    let daemon: ChildProcess
    const eventually = <T>(expected: () => Promise<T>) =>
      vi.waitFor(expected, { timeout: 50_000, interval: 100 })
    const startDaemon = () => host.worker.start(daemonProgram, ['-config', host.path('daemon.json')])
    const stop = async (child: ChildProcess) => {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    }
    const vtepAddresses = async () => {
      const text = await host.worker.shell('ip -o -4 address show dev silk-vtep')
      return [...text.matchAll(/inet (\S+) .*?scope (\w+)/g)].map(
        ([, address = '', scope = '']) => `${address} ${scope}`
      )
    }
    const sources = async () => {
      const text = await host.worker.shell('iptables -w -t nat -S POSTROUTING')
      return [...text.matchAll(/-s (\S+) .*silk-k8s/g)].map(([, source]) => source)
    }
    const conf = () => host.conf({ subnetFile: undefined, daemonPort: 23954 })

    beforeAll(async () => {
      host = await SilkWorker.start(real ?? expect.fail())
      const folder = host.path('certs')
      await mkdir(folder)
      await host.worker.shell(`cd ${folder}
      openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=ca -days 1 2>/dev/null
      echo 'subjectAltName=IP:127.0.0.1' >san
      for name in server client; do
        openssl req -newkey rsa:2048 -nodes -keyout $name.key -out $name.csr -subj /CN=$name 2>/dev/null
        openssl x509 -req -in $name.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 1 -extfile san -out $name.crt 2>/dev/null
      done
      ip link add eth9 type veth peer name under9
      ip address add 10.244.0.12/24 dev eth9 && ip link set eth9 up && ip link set under9 up`)
      await writeFile(host.path('subnet'), '10.255.41.0/24')
      await writeFile(
        host.path('daemon.json'),
        JSON.stringify({
          underlay_ip: '10.244.0.12',
          subnet_prefix_length: 24,
          overlay_network: '10.255.0.0/16',
          health_check_port: 23954,
          vtep_name: 'silk-vtep',
          vtep_port: 4789,
          vni: 1,
          connectivity_server_url: 'https://127.0.0.1:4103',
          ca_cert_file: join(folder, 'ca.crt'),
          client_cert_file: join(folder, 'client.crt'),
          client_key_file: join(folder, 'client.key'),
          poll_interval: 1,
          debug_server_port: 22233,
          datastore: host.path('silk-data/store.json'),
          partition_tolerance_seconds: 604_800,
          client_timeout_seconds: 5,
          metron_port: 3457,
          log_prefix: 'cfnetworking'
        })
      )
      const controller = host.worker.start(process.execPath, [
        ...[
          join(import.meta.dirname, '..', 'fixtures', 'release', 'controller.mjs'),
          folder,
          host.path('subnet')
        ]
      ])
      await Promise.race([once(controller.stdout ?? expect.fail(), 'data'), once(controller, 'exit')])
      host.worker.start(join(host.worker.job, 'bin', 'reconcile'))
      daemon = startDaemon()
    })
    afterAll(() => host.stop())

    it('a pod has an address of its lease, the lease a way out, and silk-vtep an address of scope global', async () => {
      await eventually(async () =>
        expect(await vtepAddresses()).toEqual(['10.255.41.0/16 link', '10.255.41.0/32 global'])
      )
      await eventually(async () => expect(await sources()).toEqual(['10.255.41.0/24']))
      const pod = await host.worker.pod()
      await eventually(async () =>
        expect((await host.worker.run('curl', ['-sf', 'http://127.0.0.1:23954/'])).code).toBe(0)
      )
      expect((await host.cni('ADD', 'a', pod.netns, conf())).code).toBe(0)
      expect(readByKubelet(await host.ask(pod))).toMatch(/^10\.255\.41\.\d+$/)
    })

    it('they stay when the daemon starts again, and a pod can be deleted while there is none', async () => {
      await stop(daemon)
      expect((await host.cni('DEL', 'a', '', conf())).code).toBe(0)
      const pod = await host.worker.pod()
      expect((await host.cni('ADD', 'b', pod.netns, conf())).code).toBe(1)
      daemon = startDaemon()
      await eventually(async () => expect((await host.cni('ADD', 'c', pod.netns, conf())).code).toBe(0))
      expect(await vtepAddresses()).toEqual(['10.255.41.0/16 link', '10.255.41.0/32 global'])
      expect((await host.cni('DEL', 'c', '', conf())).code).toBe(0)
    })

    it('they follow a new lease, which the daemon takes since no pod is left in its store', async () => {
      await stop(daemon)
      await writeFile(host.path('subnet'), '10.255.99.0/24')
      daemon = startDaemon()
      await eventually(async () =>
        expect(await vtepAddresses()).toEqual(['10.255.99.0/16 link', '10.255.99.0/32 global'])
      )
      await eventually(async () => expect(await sources()).toEqual(['10.255.99.0/24']))
      const pod = await host.worker.pod()
      await eventually(async () => expect((await host.cni('ADD', 'd', pod.netns, conf())).code).toBe(0))
      expect(readByKubelet(await host.ask(pod))).toMatch(/^10\.255\.99\.\d+$/)
      expect((await host.cni('DEL', 'd', pod.netns, conf())).code).toBe(0)
    })
  }
)
