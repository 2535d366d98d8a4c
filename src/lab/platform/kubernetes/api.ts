import { at, isMap, textAt, type Value } from '../../../manifest/value.ts'
import { json, Router, type Handler, type Request } from '../../http/router.ts'
import { bodyOf } from '../http.ts'
import { runCommand } from '../shell.ts'
import { kubernetesVersion, type Cluster } from './cluster.ts'
import { kinds, pathOf, type Kind } from './kinds.ts'
import { podKind } from './known-kinds.ts'
import { labelsOf, mergePatch, nameOf, namespaceOf, parseSelector, type KubeObject } from './object.ts'
import { podShell } from './pod-shell.ts'
import { badRequest, invalid, KubeRefused, notFound } from './status.ts'

/** The part of Kubernetes' API that a playground needs, for whoever has the administrator's token. */
export function kubernetesRouter(cluster: Cluster, token: () => string): Router {
  const guarded =
    (handler: Handler): Handler =>
    async request => {
      try {
        if (request.header('authorization') !== `Bearer ${token()}`) {
          throw new KubeRefused(401, 'Unauthorized', 'Unauthorized')
        }
        cluster.reconcile()
        return await handler(request)
      } catch (thrown) {
        if (thrown instanceof KubeRefused) return thrown.response
        throw thrown
      }
    }
  const router = new Router()
    .on('GET', '/healthz', () => ({ status: 200, body: 'ok' }))
    .on('GET', '/version', () => json({ major: '1', minor: '17', gitVersion: kubernetesVersion }))
  for (const kind of kinds) {
    if (kind.namespaced) addRoutes(router, kind, pathOf(kind, ':namespace'), cluster, guarded)
    else addRoutes(router, kind, pathOf(kind), cluster, guarded)
    if (kind.namespaced)
      router.on(
        'GET',
        pathOf(kind),
        guarded(request => list(cluster, kind, request))
      )
  }
  const pods = `${pathOf(podKind, ':namespace')}/:name`
  router.on(
    'GET',
    `${pods}/log`,
    guarded(request => log(cluster, request))
  )
  // Real ones upgrade the connection; the lab's runs one command and answers what it printed.
  router.on(
    'POST',
    `${pods}/exec`,
    guarded(request => exec(cluster, request))
  )
  return router
}

function addRoutes(
  router: Router,
  kind: Kind,
  path: string,
  cluster: Cluster,
  guarded: (handler: Handler) => Handler
): void {
  const one = `${path}/:name`
  router
    .on(
      'GET',
      path,
      guarded(request => list(cluster, kind, request))
    )
    .on(
      'POST',
      path,
      guarded(request => create(cluster, kind, request))
    )
    .on(
      'GET',
      one,
      guarded(request => json(find(cluster, kind, request)))
    )
    .on(
      'PUT',
      one,
      guarded(async request => json(replace(cluster, kind, request, await bodyOf(request))))
    )
    .on(
      'PATCH',
      one,
      guarded(request => patch(cluster, kind, request))
    )
    .on(
      'DELETE',
      one,
      guarded(request => {
        const removed = cluster.remove(kind, namespaceIn(request), nameIn(request))
        cluster.reconcile()
        return json(removed)
      })
    )
}

function list(cluster: Cluster, kind: Kind, { params, query }: Request): ReturnType<Handler> {
  const namespace = params['namespace']
  const all =
    cluster.derived(kind, namespace) ??
    cluster.store.list(kind, namespace).map(object => cluster.view(kind, object))
  const items = all
    .filter(selected(query.get('labelSelector'), labelsOf))
    .filter(selected(query.get('fieldSelector'), fieldsOf))
  return json({
    kind: `${kind.kind}List`,
    apiVersion: kind.apiVersion,
    metadata: { resourceVersion: '1' },
    items
  })
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

async function create(cluster: Cluster, kind: Kind, request: Request): Promise<Awaited<ReturnType<Handler>>> {
  const object = await bodyOf(request)
  if (nameOf(object) === '') {
    throw invalid(
      `${kind.kind} "" is invalid: metadata.name: Required value: name or generateName is required`
    )
  }
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(nameOf(object)) && !kind.plural.includes('role')) {
    throw invalid(
      `${kind.kind} "${nameOf(object)}" is invalid: metadata.name: Invalid value: "${nameOf(object)}"`
    )
  }
  const created = cluster.store.create(kind, namespaceIn(request), withDefaults(kind, object))
  cluster.reconcile()
  return json(
    cluster.view(kind, cluster.store.find(kind, namespaceIn(request), nameOf(created)) ?? created),
    201
  )
}

function find(cluster: Cluster, kind: Kind, request: Request): KubeObject {
  const [namespace, name] = [namespaceIn(request), nameIn(request)]
  const found =
    cluster
      .derived(kind, namespace === '' ? undefined : namespace)
      ?.find(object => nameOf(object) === name) ?? cluster.store.find(kind, namespace, name)
  if (found === undefined) throw notFound(kind.plural, name)
  return cluster.view(kind, found)
}

function replace(cluster: Cluster, kind: Kind, request: Request, object: KubeObject): KubeObject {
  const updated = cluster.store.update(kind, namespaceIn(request), object)
  cluster.reconcile()
  return cluster.view(kind, cluster.store.find(kind, namespaceIn(request), nameOf(updated)) ?? updated)
}

async function patch(cluster: Cluster, kind: Kind, request: Request): Promise<Awaited<ReturnType<Handler>>> {
  const old = cluster.store.find(kind, namespaceIn(request), nameIn(request))
  if (old === undefined) throw notFound(kind.plural, nameIn(request))
  const merged = mergePatch(old, await bodyOf(request))
  if (!isMap(merged)) throw badRequest('a patch has to be an object')
  return json(replace(cluster, kind, request, merged))
}

function log(cluster: Cluster, request: Request): Awaited<ReturnType<Handler>> {
  const pod = find(cluster, podKind, request)
  const state = cluster.pods.state(pod)
  if (state.phase === 'Pending') {
    throw badRequest(`container in pod "${nameOf(pod)}" is waiting to start: ${state.waiting ?? 'Pending'}`)
  }
  const text = state.unready === undefined ? '' : `[ERROR] ${state.unready}\n`
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: text }
}

function exec(cluster: Cluster, request: Request): Awaited<ReturnType<Handler>> {
  const pod = find(cluster, podKind, request)
  const shell = podShell(cluster, pod)
  if (shell === undefined) {
    throw badRequest(`pod ${nameOf(pod)} does not have a host assigned or is not running`)
  }
  const result = runCommand(shell, request.query.getAll('command'))
  if (result.exitCode === 127) {
    const program = request.query.getAll('command')[0] ?? ''
    throw badRequest(
      `OCI runtime exec failed: exec failed: container_linux.go:345: starting container process caused "exec: \\"${program}\\": executable file not found in $PATH": unknown`
    )
  }
  return json(result)
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
