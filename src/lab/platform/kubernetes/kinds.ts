/** A kind of object that the API knows. */
export interface Kind {
  readonly kind: string
  readonly plural: string
  readonly shortNames: readonly string[]
  /** `v1`, `apps/v1`. */
  readonly apiVersion: string
  readonly namespaced: boolean
}

const core = 'v1'
const rbac = 'rbac.authorization.k8s.io/v1'

/** Kinds of Kubernetes 1.17 that a playground uses. */
export const kinds: readonly Kind[] = [
  kind('Namespace', 'namespaces', core, ['ns'], false),
  kind('Node', 'nodes', core, ['no'], false),
  kind('Pod', 'pods', core, ['po']),
  kind('Service', 'services', core, ['svc']),
  kind('Endpoints', 'endpoints', core, ['ep']),
  kind('ConfigMap', 'configmaps', core, ['cm']),
  kind('Secret', 'secrets', core),
  kind('ServiceAccount', 'serviceaccounts', core, ['sa']),
  kind('Event', 'events', core, ['ev']),
  kind('PersistentVolumeClaim', 'persistentvolumeclaims', core, ['pvc']),
  kind('PersistentVolume', 'persistentvolumes', core, ['pv'], false),
  kind('Deployment', 'deployments', 'apps/v1', ['deploy']),
  kind('DaemonSet', 'daemonsets', 'apps/v1', ['ds']),
  kind('StorageClass', 'storageclasses', 'storage.k8s.io/v1', ['sc'], false),
  kind('Role', 'roles', rbac),
  kind('RoleBinding', 'rolebindings', rbac),
  kind('ClusterRole', 'clusterroles', rbac, [], false),
  kind('ClusterRoleBinding', 'clusterrolebindings', rbac, [], false),
  kind('APIService', 'apiservices', 'apiregistration.k8s.io/v1', [], false)
]

function kind(
  name: string,
  plural: string,
  apiVersion: string,
  shortNames: readonly string[] = [],
  namespaced = true
): Kind {
  return { kind: name, plural, apiVersion, shortNames, namespaced }
}

/** The kind that a person means: `po`, `pod`, `pods`, `deployments.apps`. */
export function kindNamed(word: string): Kind | undefined {
  const [name = ''] = word.toLowerCase().split('.')
  return kinds.find(
    candidate =>
      candidate.plural === name ||
      candidate.kind.toLowerCase() === name ||
      candidate.shortNames.includes(name)
  )
}

/** The kind of an object by its own words. */
export function kindOf(apiVersion: string, name: string): Kind | undefined {
  const group = groupOf(apiVersion)
  return kinds.find(candidate => candidate.kind === name && groupOf(candidate.apiVersion) === group)
}

/** `deployment.apps`, `pod`: how kubectl names an object's kind in its messages. */
export function qualifiedName({ kind: name, apiVersion }: Kind): string {
  const group = groupOf(apiVersion)
  return group === '' ? name.toLowerCase() : `${name.toLowerCase()}.${group}`
}

/** `deployments.apps`, `pods`: how the API names a kind's objects in its messages. */
export function qualifiedPlural({ plural, apiVersion }: Kind): string {
  const group = groupOf(apiVersion)
  return group === '' ? plural : `${plural}.${group}`
}

/** `/api/v1/namespaces/default/pods`, `/apis/apps/v1/deployments`. */
export function pathOf({ apiVersion, plural, namespaced }: Kind, namespace?: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return namespaced && namespace !== undefined
    ? `${root}/namespaces/${namespace}/${plural}`
    : `${root}/${plural}`
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}
