import type { Programs } from './exec.ts'
import { isRecord, parseJson } from './table.ts'

/** A Kubernetes object, as its API gives it. */
export type KubernetesObject = Readonly<Record<string, unknown>>

export interface Kubectl {
  /** Applies manifests given as text. */
  apply(manifests: string): Promise<void>
  /** Objects of a type, in one namespace or in all (`undefined`). */
  get(type: string, options?: GetOptions): Promise<KubernetesObject[]>
  /** Deletes objects of a type by name; those that are not there are no error. */
  delete(type: string, name: string, namespace?: string): Promise<void>
  /** Runs a command in a pod; throws ProgramFailed where it fails. */
  exec(namespace: string, pod: string, command: readonly string[]): Promise<string>
  /** Waits for a condition of an object, e.g. `condition=Ready` of `pod/probe-a`. */
  wait(namespace: string, object: string, condition: string, seconds: number): Promise<void>
  version(): Promise<string>
}

export interface GetOptions {
  readonly namespace?: string
  readonly selector?: string
}

/** kubectl with a kubeconfig of its own; `~/.kube` is never touched. */
export function createKubectl(programs: Programs, kubeconfig: string): Kubectl {
  const kubectl = async (args: readonly string[], input?: string): Promise<string> => {
    const result = await programs.run({
      program: 'kubectl',
      args: ['--kubeconfig', kubeconfig, ...args],
      ...(input === undefined ? {} : { input }),
      echo: false
    })
    return result.stdout
  }

  return {
    async apply(manifests) {
      await kubectl(['apply', '-f', '-'], manifests)
    },
    async get(type, { namespace, selector } = {}) {
      const scope = namespace === undefined ? ['--all-namespaces'] : ['-n', namespace]
      const filter = selector === undefined ? [] : ['-l', selector]
      const parsed = parseJson(await kubectl(['get', type, ...scope, ...filter, '-o', 'json']))
      const items = isRecord(parsed) ? parsed['items'] : undefined
      return Array.isArray(items) ? items.filter(isRecord) : []
    },
    async delete(type, name, namespace) {
      const scope = namespace === undefined ? [] : ['-n', namespace]
      await kubectl(['delete', type, name, ...scope, '--ignore-not-found'])
    },
    async exec(namespace, pod, command) {
      return kubectl(['exec', '-n', namespace, pod, '--', ...command])
    },
    async wait(namespace, object, condition, seconds) {
      await kubectl(['wait', '-n', namespace, object, `--for=${condition}`, `--timeout=${seconds}s`])
    },
    async version() {
      return (await kubectl(['version', '--client', '-o', 'json'])).trim()
    }
  }
}

export interface ClusterAccess {
  readonly server: string
  /** PEM. */
  readonly certificateAuthority: string
  readonly user: string
  readonly token: string
}

/** A kubeconfig with one cluster and one user. JSON, which is YAML too. */
export function kubeconfigText(name: string, access: ClusterAccess): string {
  const ca = Buffer.from(access.certificateAuthority).toString('base64')
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: access.server, 'certificate-authority-data': ca } }],
    users: [{ name: access.user, user: { token: access.token } }],
    contexts: [{ name, context: { cluster: name, user: access.user } }],
    'current-context': name
  }
  return `${JSON.stringify(config, null, 2)}\n`
}
