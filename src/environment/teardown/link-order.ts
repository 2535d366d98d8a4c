import { isRecord } from '../../tools/table.ts'
import { readYaml } from '../yaml-source.ts'

export interface DeploymentOrder {
  /** Consumers before what they consume; what is independent by name. */
  readonly order: readonly string[]
  /** Deployments that consume each other in a circle, if any: no order is right for them. */
  readonly circle: readonly string[]
}

/**
 * The order in which deployments can be deleted: one that takes a link from another goes first, since the Director keeps a
 * provider that has consumers. `manifests` are those of the Director, by deployment; a manifest names the other deployment
 * where it consumes (`consumes: {cf_network: {from: cf_network, deployment: cf}}`, bosh.io/docs/links/#cross-deployment).
 */
export function deletionOrder(manifests: ReadonlyMap<string, string>): DeploymentOrder {
  const names = [...manifests.keys()].sort()
  const providers = new Map(
    names.map(name => [
      name,
      providersIn(manifests.get(name) ?? '').filter(other => other !== name && manifests.has(other))
    ])
  )
  const order: string[] = []
  let waiting = names
  while (waiting.length > 0) {
    const needed = new Set(waiting.flatMap(name => providers.get(name) ?? []))
    const free = waiting.filter(name => !needed.has(name))
    if (free.length === 0) return { order: [...order, ...waiting], circle: waiting }
    order.push(...free)
    waiting = waiting.filter(name => needed.has(name))
  }
  return { order, circle: [] }
}

/** Deployments that a manifest consumes links of, wherever in it that stands: jobs, addons, variables. */
export function providersIn(manifest: string): string[] {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isRecord(value)) return
    const consumed = value['consumes']
    if (isRecord(consumed)) {
      for (const link of Object.values(consumed)) {
        if (isRecord(link) && typeof link['deployment'] === 'string') found.add(link['deployment'])
      }
    }
    Object.values(value).forEach(visit)
  }
  visit(readYaml(manifest, 'manifest').value)
  return [...found].sort()
}
