import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome, Pod } from './worker.ts'
import { Worker } from './worker.ts'

/** One silk-cni that the suite runs against. */
export interface Silk {
  readonly title: string
  /** Folder with silk-cni and host-local; none for the stand-in. */
  readonly folder?: string
  readonly speaks: string
}

const standIn = join(import.meta.dirname, '..', '..', 'src', 'lab', 'network', 'silk-cni')
const real = process.env['CAUSEWAY_SILK_BIN']

/** The stand-in in both generations, and the real one where `CAUSEWAY_SILK_BIN` names its folder. */
export const silks: readonly Silk[] = [
  { title: 'a stand-in for silk-cni at CNI 0.3.1', speaks: '0.3.1' },
  { title: 'a stand-in for silk-cni at CNI 1.0.0', speaks: '1.0.0' },
  ...(real === undefined ? [] : [{ title: `silk-cni of ${real}`, folder: real, speaks: '' }])
]

/** Without the stand-in's second generation, where its version of CNI makes no difference. */
export const fewerSilks = silks.filter(({ speaks }) => speaks !== '1.0.0')

export const noRealSilk = real === undefined ? 'CAUSEWAY_SILK_BIN names no folder' : undefined

/** A worker with silk-cni and a lease, and the calls that kubelet makes. */
export class SilkWorker {
  readonly worker: Worker
  readonly #silk: Silk

  private constructor(worker: Worker, silk: Silk) {
    this.worker = worker
    this.#silk = silk
  }

  static async start(silk: Silk): Promise<SilkWorker> {
    const worker = await Worker.start(scratch => settingsIn(scratch))
    const bin = join(worker.scratch, 'silk', 'bin')
    await mkdir(bin, { recursive: true })
    for (const name of ['silk-cni', 'host-local']) {
      if (silk.folder !== undefined) await symlink(join(silk.folder, name), join(bin, name))
    }
    if (silk.folder === undefined) {
      await copyFile(join(standIn, 'silk-cni'), join(bin, 'silk-cni'))
      await copyFile(join(standIn, 'host-local'), join(bin, 'host-local'))
    }
    const made = new SilkWorker(worker, silk)
    await made.lease('10.255.30.0/24')
    return made
  }

  /** Gives the worker a lease, as silk-daemon would. */
  lease(subnet: string): Promise<void> {
    return writeFile(
      this.path('lease.env'),
      `FLANNEL_NETWORK=10.255.0.0/16\nFLANNEL_SUBNET=${subnet}\nFLANNEL_MTU=1450\n`
    )
  }

  path(name: string): string {
    return join(this.worker.scratch, name)
  }

  conf(more: Readonly<Record<string, unknown>> = {}): string {
    return JSON.stringify({
      cniVersion: '0.3.1',
      name: 'silk',
      type: 'silk-k8s',
      subnetFile: this.path('lease.env'),
      dataDir: this.path('host-local'),
      datastore: this.path('silk-data/store.json'),
      mtu: 0,
      ...more
    })
  }

  /** Calls the plugin as kubelet does. */
  cni(
    command: string,
    id: string,
    netns: string,
    conf = this.conf(),
    env: Record<string, string> = {}
  ): Promise<Outcome> {
    return this.worker.run(join(this.worker.job, 'bin', 'silk-k8s'), [], {
      env: {
        CNI_COMMAND: command,
        CNI_CONTAINERID: id,
        CNI_NETNS: netns,
        CNI_IFNAME: 'eth0',
        CNI_PATH: '/nonexistent',
        CNI_ARGS: `IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=${id};K8S_POD_INFRA_CONTAINER_ID=${id}`,
        STAND_IN_SPEAKS: this.#silk.speaks,
        ...env
      },
      input: conf
    })
  }

  /** What is on this worker of all pods together. */
  async traces(): Promise<Record<string, readonly string[]>> {
    const list = async (folder: string) => (existsSync(folder) ? (await readdir(folder)).sort() : [])
    const keys = async (file: string) => {
      const text = existsSync(file) ? await readFile(file, 'utf8') : ''
      return Object.keys(JSON.parse(text === '' ? '{}' : text) as object).sort()
    }
    const links = await this.worker.shell('ip -o link show')
    const mounts = await this.worker.shell('cat /proc/self/mounts')
    return {
      devices: [...links.matchAll(/^\d+: ([sc]-\d+)/gm)].map(([, name = '']) => name).sort(),
      addresses: (await list(this.path('host-local/ipam/silk'))).filter(name =>
        /^\d+\.\d+\.\d+\.\d+$/.test(name)
      ),
      silk: await keys(this.path('silk-data/store.json')),
      metadata: await keys(this.path('metadata/store.json')),
      bound: await list(this.path('netns')),
      mounts: mounts.split('\n').filter(line => line.includes(this.path('netns')))
    }
  }

  /** Asks for a pod's address by kubelet's own command line (Kubernetes 1.10 to 1.23, pkg/kubelet/dockershim/network). */
  ask(pod: Pod, nsenter = 'nsenter', family = '-4'): Promise<Outcome> {
    return this.worker.run(nsenter, [
      ...[`--net=${pod.netns}`, '-F', '--', 'ip', '-o', family, 'addr', 'show', 'dev', 'eth0'],
      ...['scope', 'global']
    ])
  }

  stop(): Promise<void> {
    return this.worker.stop()
  }
}

/** The settings that the templates render, with every path below a scratch folder. */
export function settingsIn(scratch: string): Record<string, string> {
  return {
    SILK_CNI: join(scratch, 'silk/bin/silk-cni'),
    POD_IP: 'rescope',
    KUBELET: 'true',
    FIXED_KUBELET_FOLDERS: 'false',
    OVERLAY: '10.255.0.0/16',
    LEASE_PREFIX: '24',
    RECONCILE_SECONDS: '0.05',
    FLANNEL_NETWORK: '10.200.0.0/16',
    NETNS_DIR: join(scratch, 'netns'),
    DATA_DIR: join(scratch, 'host-local'),
    SILK_STORE: join(scratch, 'silk-data/store.json'),
    METADATA_STORE: join(scratch, 'metadata/store.json'),
    CNI_BIN: join(scratch, 'cni/bin'),
    ETC_CNI: join(scratch, 'etc-cni'),
    FLANNEL_RUN: join(scratch, 'flannel'),
    RUN_DIR: join(scratch, 'run'),
    LOG_DIR: join(scratch, 'log')
  }
}

/** Nothing left of any pod. */
export const nothing = { devices: [], addresses: [], silk: [], metadata: [], bound: [], mounts: [] }
