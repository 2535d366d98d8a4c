import { join } from 'node:path'
import { listAt, textAt, textsAt, wordAt, type Value } from '../../../manifest/value.ts'
import type { RunningServer } from '../../http/https-server.ts'
import type { LabContext, LabService, LabState } from '../../lab-service.ts'
import { Saved } from '../../saved.ts'
import { isAddress } from '../addresses.ts'
import { listen } from '../http.ts'
import { groupsWith, jobOf, type Group } from '../jobs.ts'
import type { ContainerNetwork } from '../network.ts'
import { kubernetesRouter } from './api.ts'
import { Cluster } from './cluster.ts'
import { applySpecs, smokeTests } from './errands.ts'
import { emptyCluster, type KubeData } from './store.ts'

/** Kubernetes' API, while a deployment with masters runs. It answers on every master's address. */
export function kubernetesService(
  networkOf: (context: Pick<LabContext, 'lab' | 'state' | 'log'>) => ContainerNetwork
): LabService {
  let running: Cluster | undefined
  return {
    name: 'kubernetes',
    wanted: state => mastersOf(state) !== undefined,
    start: async context => {
      const masters = mastersOf(context.state())
      const server = masters === undefined ? undefined : jobOf(masters, 'kube-apiserver')
      if (masters === undefined || server === undefined) throw new Error('Kubernetes is not deployed')
      const saved = new Saved<KubeData>(join(context.folder, 'kubernetes.json'), emptyCluster())
      const network = networkOf(context)
      const cluster = new Cluster({
        data: saved.data,
        touch: () => saved.touch(),
        network,
        cloud: context.cloud,
        masters: () => mastersOf(context.state())
      })
      network.join(cluster)
      running = cluster
      cluster.reconcile()
      const router = kubernetesRouter(cluster, () => textAt(server.properties, 'admin-password') ?? '')
      const port = Number(wordAt(server.properties, 'k8s-args', 'secure-port') ?? '8443')
      const tls = tlsOf(server.properties)
      const addresses = masters.instances.flatMap(({ ips }) => ips.slice(0, 1))
      const servers: RunningServer[] = []
      for (const host of addresses) {
        servers.push(await listen({ host, port, ...tls, router, log: line => context.log(line) }))
      }
      const [first] = servers
      if (first === undefined) throw new Error('no master has an address')
      const place = `${addresses[0] ?? ''}:${first.port}`
      context.publish(Object.fromEntries(namesOf(masters).map(name => [name, place])))
      return {
        port: first.port,
        close: async () => {
          await Promise.all(servers.map(each => each.close()))
          running = undefined
          network.leave(cluster)
        }
      }
    },
    runErrand: async ({ job, deployment }) => {
      if (running === undefined) return undefined
      if (job === 'apply-specs') return applySpecs(running, deployment)
      return job === 'smoke-tests' ? smokeTests(running) : undefined
    }
  }
}

function mastersOf(state: LabState): Group | undefined {
  return groupsWith(state, 'kube-apiserver')[0]
}

function tlsOf(properties: Value): { certificate: string; privateKey: string } {
  const certificate = textAt(properties, 'tls', 'kubernetes', 'certificate')
  const privateKey = textAt(properties, 'tls', 'kubernetes', 'private_key')
  if (certificate !== undefined && privateKey !== undefined) return { certificate, privateKey }
  throw new Error('kube-apiserver: found no certificate in tls.kubernetes, expected one')
}

/** Names outside of the cluster that the API's certificate bears: they lead to the first master. */
function namesOf({ deployment }: Group): readonly string[] {
  const definition = listAt(deployment.manifest, 'variables').find(
    variable => textAt(variable, 'name') === 'tls-kubernetes'
  )
  const names = textsAt(definition, 'options', 'alternative_names')
  return names.filter(name => name.includes('.') && !isAddress(name) && !name.startsWith('kubernetes.'))
}
