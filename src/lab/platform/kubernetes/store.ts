import { randomUUID } from 'node:crypto'
import { textAt } from '../../../manifest/value.ts'
import { kinds, pathOf, qualifiedPlural, type Kind } from './kinds.ts'
import { namespaceKind } from './known-kinds.ts'
import { nameOf, namespaceOf, withMetadata, withParts, type KubeObject } from './object.ts'
import { KubeRefused, notFound } from './status.ts'

/** What etcd holds. */
export interface KubeData {
  /** By the object's path. */
  readonly objects: Record<string, KubeObject>
  version: number
}

export function emptyCluster(): KubeData {
  return { objects: {}, version: 0 }
}

/** The objects of a cluster, by kind, namespace and name. */
export class Store {
  readonly #data: KubeData
  readonly #touch: () => void

  constructor(data: KubeData, touch: () => void) {
    this.#data = data
    this.#touch = touch
  }

  list(kind: Kind, namespace?: string): readonly KubeObject[] {
    const prefix = `${pathOf(kind)}#`
    return Object.entries(this.#data.objects)
      .filter(([key]) => key.startsWith(prefix))
      .map(([, object]) => object)
      .filter(object => namespace === undefined || namespaceOf(object) === namespace)
  }

  find(kind: Kind, namespace: string, name: string): KubeObject | undefined {
    return this.#data.objects[keyOf(kind, namespace, name)]
  }

  create(kind: Kind, namespace: string, given: KubeObject): KubeObject {
    const name = nameOf(given)
    if (this.find(kind, namespace, name) !== undefined) {
      throw new KubeRefused(409, 'AlreadyExists', `${qualifiedPlural(kind)} "${name}" already exists`)
    }
    if (kind.namespaced && this.find(namespaceKind, '', namespace) === undefined) {
      throw notFound(namespaceKind, namespace)
    }
    const metadata = {
      ...(kind.namespaced ? { namespace } : {}),
      uid: randomUUID(),
      creationTimestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z')
    }
    return this.#put(kind, namespace, withMetadata(given, metadata))
  }

  /** Puts a new version of an object in the place of the old one; what identifies it stays. */
  update(kind: Kind, namespace: string, given: KubeObject): KubeObject {
    const old = this.find(kind, namespace, nameOf(given))
    if (old === undefined) throw notFound(kind, nameOf(given))
    const identity = {
      ...(kind.namespaced ? { namespace } : {}),
      uid: textAt(old, 'metadata', 'uid') ?? '',
      creationTimestamp: textAt(old, 'metadata', 'creationTimestamp') ?? ''
    }
    return this.#put(kind, namespace, withMetadata(given, identity))
  }

  remove(kind: Kind, namespace: string, name: string): KubeObject {
    const old = this.find(kind, namespace, name)
    if (old === undefined) throw notFound(kind, name)
    Reflect.deleteProperty(this.#data.objects, keyOf(kind, namespace, name))
    this.#touch()
    return old
  }

  /** Everything in a namespace, with its kind. */
  inNamespace(namespace: string): readonly { readonly kind: Kind; readonly object: KubeObject }[] {
    return kinds
      .filter(kind => kind.namespaced)
      .flatMap(kind => this.list(kind, namespace).map(object => ({ kind, object })))
  }

  #put(kind: Kind, namespace: string, object: KubeObject): KubeObject {
    this.#data.version += 1
    const stamped = withMetadata(withParts(object, { apiVersion: kind.apiVersion, kind: kind.kind }), {
      resourceVersion: String(this.#data.version)
    })
    this.#data.objects[keyOf(kind, namespace, nameOf(object))] = stamped
    this.#touch()
    return stamped
  }
}

function keyOf(kind: Kind, namespace: string, name: string): string {
  return `${pathOf(kind)}#${kind.namespaced ? namespace : ''}/${name}`
}
