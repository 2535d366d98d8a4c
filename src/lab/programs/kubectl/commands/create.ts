import { namespaceKind } from '../../../platform/kubernetes/known-kinds.ts'
import { KubectlError } from '../kubectl-error.ts'
import { wantedObjects } from '../manifests.ts'
import { sayDone } from '../say-done.ts'
import type { Command } from '../session.ts'

/** `kubectl create -f FILE|-` */
export const create: Command = async session => {
  if (session.line.flags.list('filename').length === 0) {
    throw new KubectlError('error: must specify one of -f and -k')
  }
  const api = await session.api()
  for (const { kind, namespace, name, object } of await wantedObjects(session)) {
    await api.create(kind, namespace, object)
    sayDone(session, kind, name, 'created')
  }
}

/** `kubectl create namespace NAME` */
export const createNamespace: Command = async session => {
  const [name, ...more] = session.line.args
  if (name === undefined || more.length > 0) {
    throw new KubectlError(`error: exactly one NAME is required, got ${session.line.args.length}`)
  }
  await (
    await session.api()
  ).create(namespaceKind, '', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name }
  })
  sayDone(session, namespaceKind, name, 'created')
}
