import { at, textAt, wordAt } from '../../manifest/value.ts'
import { jobOf, type Group } from './jobs.ts'

/** What of CNI lies on a worker: configurations by path, and plugins by folder. */
export interface CniFiles {
  /** Path → types of its plugins, in the order in which they are called. */
  readonly configurations: ReadonlyMap<string, readonly string[]>
  readonly folders: ReadonlyMap<string, readonly string[]>
}

const silkPlugins = '/var/vcap/packages/silk-cni/bin'

/**
 * What jobs bring (kubo-release v0.44.0, flanneld and package cni; silk-release 2.30.0, silk-cni; our silk-k8s). silk-cni's
 * own configuration is for Garden, and brought by a job that is not disabled.
 */
export function cniFilesOf(group: Group): CniFiles {
  const [flanneld, silkCni, silkK8s] = ['flanneld', 'silk-cni', 'silk-k8s'].map(name => jobOf(group, name))
  const configurations = new Map<string, readonly string[]>()
  const folders = new Map<string, readonly string[]>([
    ['/var/vcap/jobs/kubelet/packages/cni/bin', ['loopback', 'portmap', 'host-local', 'flannel', 'bridge']]
  ])
  if (flanneld !== undefined) configurations.set('/etc/cni/net.d/50-flannel.conflist', ['flannel', 'portmap'])
  if (silkCni !== undefined) {
    folders.set(silkPlugins, ['silk-cni', 'cni-wrapper-plugin', 'host-local', 'bandwidth'])
    if (at(silkCni.properties, 'disable') !== true) {
      const path = '/var/vcap/jobs/silk-cni/config/cni/cni-wrapper-plugin.conflist'
      configurations.set(path, ['cni-wrapper-plugin', 'bandwidth'])
    }
  }
  if (silkK8s !== undefined && at(silkK8s.properties, 'kubelet') !== false) {
    folders.set('/var/vcap/jobs/silk-k8s/bin', ['silk-k8s'])
    const more = at(silkK8s.properties, 'bandwidth') === true ? ['bandwidth'] : []
    configurations.set('/var/vcap/jobs/silk-k8s/config/cni/10-silk.conflist', [
      'silk-k8s',
      'portmap',
      ...more
    ])
  }
  return { configurations, folders }
}

/** Plugins of the first configuration by name in a folder; undefined where there is none. */
export function pluginsIn({ configurations }: CniFiles, folder: string): readonly string[] | undefined {
  const [first] = [...configurations.keys()].filter(path => path.startsWith(`${folder}/`)).sort()
  return first === undefined ? undefined : configurations.get(first)
}

/** Whether a plugin lies in one of these folders, which are divided by commas. */
export function canCall({ folders }: CniFiles, among: string, plugin: string): boolean {
  return among.split(',').some(folder => folders.get(folder)?.includes(plugin) === true)
}

/** Why the plugin that kubelet calls has no network to give, before it asks silk-daemon; undefined where it has. */
export function pluginProblem(group: Group, files: CniFiles): string | undefined {
  const plugin = jobOf(group, 'silk-k8s')?.properties
  const path = textAt(plugin, 'silk_cni') ?? `${silkPlugins}/silk-cni`
  const folder = path.slice(0, path.lastIndexOf('/'))
  if (!canCall(files, folder, path.slice(folder.length + 1))) return `silk-k8s: there is no silk-cni: ${path}`
  const asked = wordAt(plugin, 'daemon_port') ?? '23954'
  const listens = wordAt(jobOf(group, 'silk-daemon')?.properties, 'listen_port') ?? '23954'
  if (asked === listens) return undefined
  return `silk-cni: no answer on http://127.0.0.1:${asked}, since silk-daemon listens on ${listens}`
}
