import { textAt, textsAt } from '../../../manifest/value.ts'
import type { ErrandOutcome, RunningDeployment } from '../../lab-service.ts'
import { groupsOf, jobOf } from '../jobs.ts'
import { clusterDnsOf } from '../pod-network.ts'
import { runCommand } from '../shell.ts'
import { addonObjects } from './addons.ts'
import type { Cluster } from './cluster.ts'
import { kindOf } from './kinds.ts'
import { deploymentKind, namespaceKind, podKind } from './known-kinds.ts'
import { nameOf, namespaceOf, withParts, type KubeObject } from './object.ts'
import { podShell } from './pod-shell.ts'
import { podsOf } from './workloads.ts'

/** CFCR's errand `apply-specs`: applies the addons and waits until they are up, or says which is not. */
export function applySpecs(cluster: Cluster, deployment: RunningDeployment): ErrandOutcome {
  const groups = groupsOf({ deployments: [deployment] })
  const job = groups.map(group => jobOf(group, 'apply-specs')).find(found => found !== undefined)
  const dns = clusterDnsOf(groups.find(group => jobOf(group, 'kubelet') !== undefined))
  const wanted = textsAt(job?.properties, 'addons')
  const lines: string[] = []
  for (const object of wanted.flatMap(addon => addonObjects[addon] ?? [])) {
    lines.push(apply(cluster, nameOf(object) === 'kube-dns' ? withAddress(object, dns) : object))
  }
  cluster.reconcile()
  for (const name of wanted) {
    const addon = cluster.store.find(deploymentKind, 'kube-system', name)
    if (addon === undefined) continue
    const stuck = podsOf(cluster.store, addon).find(pod => !cluster.pods.isReady(pod))
    if (stuck === undefined) {
      lines.push(`deployment "${name}" successfully rolled out`)
      continue
    }
    const state = cluster.pods.state(stuck)
    const why = state.phase === 'Pending' ? state.message : (state.unready ?? '')
    const stderr = `error: deployment "${name}" exceeded its progress deadline\npod ${nameOf(stuck)}: ${why}\n`
    return { exitCode: 1, stdout: text(lines), stderr }
  }
  return { exitCode: 0, stdout: text(lines), stderr: '' }
}

/** CFCR's errand `smoke-tests`: runs two pods, and lets one ask the other. */
export async function smokeTests(cluster: Cluster): Promise<ErrandOutcome> {
  const namespace = 'smoke-tests'
  const names = ['server', 'client']
  try {
    cluster.store.create(namespaceKind, '', { metadata: { name: namespace }, status: { phase: 'Active' } })
    for (const name of names) {
      const container = { name, image: 'lab/probe:1', ports: [{ containerPort: 8080 }] }
      cluster.store.create(podKind, namespace, { metadata: { name }, spec: { containers: [container] } })
    }
    cluster.reconcile()
    const [server, client] = names.map(name => cluster.store.find(podKind, namespace, name))
    const state = server === undefined ? undefined : cluster.pods.state(server)
    const shell = client === undefined ? undefined : podShell(cluster, client)
    if (state?.phase !== 'Running' || shell === undefined) {
      return failure(state?.phase === 'Pending' ? state.message : 'the client does not run')
    }
    const asked = await runCommand(shell, ['wget', '-qO-', `http://${state.address}:8080/`])
    return asked.exitCode === 0
      ? { exitCode: 0, stdout: 'SUCCESS!\n', stderr: '' }
      : failure(asked.stderr.trim())
  } finally {
    if (cluster.store.find(namespaceKind, '', namespace) !== undefined)
      cluster.remove(namespaceKind, '', namespace)
  }
}

function failure(reason: string): ErrandOutcome {
  return { exitCode: 1, stdout: 'FAIL!\n', stderr: `${reason}\n` }
}

function apply(cluster: Cluster, object: KubeObject): string {
  const kind = kindOf(textAt(object, 'apiVersion') ?? '', textAt(object, 'kind') ?? '')
  if (kind === undefined) return ''
  const namespace = namespaceOf(object)
  const exists = cluster.store.find(kind, namespace, nameOf(object)) !== undefined
  if (!exists) cluster.store.create(kind, namespace, object)
  return `${kind.kind.toLowerCase()}/${nameOf(object)} ${exists ? 'unchanged' : 'created'}`
}

function withAddress(service: KubeObject, address: string | undefined): KubeObject {
  const spec = service['spec']
  if (address === undefined || typeof spec !== 'object' || spec === null || Array.isArray(spec))
    return service
  return withParts(service, { spec: { ...spec, clusterIP: address } })
}

function text(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join('')
}
