import { at, isMap, textAt, type Value } from '../../../manifest/value.ts'
import { json, type Handler, type Request } from '../../http/router.ts'
import { bodyOf } from '../http.ts'
import type { ApiRoute } from './api.ts'
import type { Cluster } from './cluster.ts'
import { pathOf, type Kind } from './kinds.ts'
import { labelsOf, mergePatch, nameOf, namespaceOf, parseSelector, type KubeObject } from './object.ts'
import { badRequest, invalid, notFound } from './status.ts'

/** Reading, making, changing and deleting the objects of a kind. */
export function objectRoutes(cluster: Cluster, kind: Kind): ApiRoute[] {
  const all = pathOf(kind)
  const some = kind.namespaced ? pathOf(kind, ':namespace') : all
  const one = `${some}/:name`
  const list: Handler = request => json(listOf(cluster, kind, request))
  return [
    ['GET', some, list],
    ...(some === all ? [] : [['GET', all, list] as const]),
    ['POST', some, async request => json(create(cluster, kind, request, await bodyOf(request)), 201)],
    ['GET', one, request => json(findObject(cluster, kind, request))],
    ['PUT', one, async request => json(replace(cluster, kind, request, await bodyOf(request)))],
    ['PATCH', one, async request => json(patch(cluster, kind, request, await bodyOf(request)))],
    [
      'DELETE',
      one,
      request => {
        const removed = cluster.remove(kind, namespaceIn(request), nameIn(request))
        cluster.reconcile()
        return json(removed)
      }
    ]
  ]
}

/** The object that a path names, as it is seen from outside. Throws where there is none. */
export function findObject(cluster: Cluster, kind: Kind, request: Request): KubeObject {
  const [namespace, name] = [namespaceIn(request), nameIn(request)]
  const derived = cluster.derived(kind, namespace === '' ? undefined : namespace)
  const found = derived?.find(object => nameOf(object) === name) ?? cluster.store.find(kind, namespace, name)
  if (found === undefined) throw notFound(kind, name)
  return cluster.view(kind, found)
}

function listOf(cluster: Cluster, kind: Kind, { params, query }: Request): KubeObject {
  const namespace = params['namespace']
  const all =
    cluster.derived(kind, namespace) ??
    cluster.store.list(kind, namespace).map(object => cluster.view(kind, object))
  const items = all
    .filter(selected(query.get('labelSelector'), labelsOf))
    .filter(selected(query.get('fieldSelector'), fieldsOf))
  return {
    kind: `${kind.kind}List`,
    apiVersion: kind.apiVersion,
    metadata: { resourceVersion: '1' },
    items: [...items]
  }
}

function selected(
  selector: string | null,
  valuesOf: (object: KubeObject) => Readonly<Record<string, string | undefined>>
): (object: KubeObject) => boolean {
  if (selector === null || selector === '') return () => true
  try {
    const matches = parseSelector(selector)
    return object => matches(valuesOf(object))
  } catch (thrown) {
    throw badRequest(thrown instanceof Error ? thrown.message : String(thrown))
  }
}

function fieldsOf(object: KubeObject): Readonly<Record<string, string | undefined>> {
  return {
    'metadata.name': nameOf(object),
    'metadata.namespace': namespaceOf(object),
    'spec.nodeName': textAt(object, 'spec', 'nodeName') ?? '',
    'status.phase': textAt(object, 'status', 'phase'),
    'involvedObject.name': textAt(object, 'involvedObject', 'name'),
    type: textAt(object, 'type')
  }
}

function create(cluster: Cluster, kind: Kind, request: Request, object: KubeObject): KubeObject {
  const name = nameOf(object)
  if (name === '') {
    throw invalid(
      `${kind.kind} "" is invalid: metadata.name: Required value: name or generateName is required`
    )
  }
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) && !kind.plural.includes('role')) {
    throw invalid(`${kind.kind} "${name}" is invalid: metadata.name: Invalid value: "${name}"`)
  }
  const created = cluster.store.create(kind, namespaceIn(request), withDefaults(kind, object))
  return settled(cluster, kind, request, created)
}

function replace(cluster: Cluster, kind: Kind, request: Request, object: KubeObject): KubeObject {
  return settled(cluster, kind, request, cluster.store.update(kind, namespaceIn(request), object))
}

function patch(cluster: Cluster, kind: Kind, request: Request, changes: KubeObject): KubeObject {
  const old = cluster.store.find(kind, namespaceIn(request), nameIn(request))
  if (old === undefined) throw notFound(kind, nameIn(request))
  const merged = mergePatch(old, changes)
  if (!isMap(merged)) throw badRequest('a patch has to be an object')
  return replace(cluster, kind, request, merged)
}

/** The object after the controllers have done what it asks for. */
function settled(cluster: Cluster, kind: Kind, request: Request, object: KubeObject): KubeObject {
  cluster.reconcile()
  return cluster.view(kind, cluster.store.find(kind, namespaceIn(request), nameOf(object)) ?? object)
}

/** Fields that the API server fills in where an object leaves them out. */
function withDefaults(kind: Kind, object: KubeObject): KubeObject {
  if (kind.kind === 'Namespace') return { ...object, status: { phase: 'Active' } }
  if (kind.kind !== 'Pod') return object
  const spec: Value = at(object, 'spec') ?? null
  return {
    ...object,
    spec: { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', ...(isMap(spec) ? spec : {}) }
  }
}

function namespaceIn({ params }: Request): string {
  return params['namespace'] ?? ''
}

function nameIn({ params }: Request): string {
  return params['name'] ?? ''
}
