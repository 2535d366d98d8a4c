import { textAt } from '../../../../manifest/value.ts'
import { qualifiedName, type Kind } from '../../../platform/kubernetes/kinds.ts'
import type { Client } from '../client.ts'
import { KubectlError, ServerRefused } from '../kubectl-error.ts'
import { wantedObjects } from '../manifests.ts'
import { resourcesIn } from '../resources.ts'
import type { Command, Session } from '../session.ts'

interface Doomed {
  readonly kind: Kind
  readonly namespace: string
  readonly name: string
}

/** `kubectl delete TYPE NAME…|-l SELECTOR|--all [--ignore-not-found]`, `kubectl delete -f FILE|-` */
export const remove: Command = async session => {
  const { flags } = session.line
  const api = await session.api()
  const doomed = flags.list('filename').length > 0 ? await wantedObjects(session) : await named(session, api)
  const missing: ServerRefused[] = []
  for (const { kind, namespace, name } of doomed) {
    try {
      await api.delete(kind, namespace, name)
      session.say(`${qualifiedName(kind)} "${name}" deleted`)
    } catch (thrown) {
      if (!(thrown instanceof ServerRefused) || thrown.status !== 404) throw thrown
      missing.push(thrown)
    }
  }
  if (missing.length > 0 && !flags.has('ignore-not-found')) {
    throw new KubectlError(missing.map(({ message }) => message).join('\n'))
  }
}

async function named(session: Session, api: Client): Promise<readonly Doomed[]> {
  const { flags, args } = session.line
  const namespace = await session.namespace()
  const selector = flags.text('selector')
  const doomed: Doomed[] = []
  for (const { kind, names } of resourcesIn(args)) {
    if (names.length > 0) {
      doomed.push(...names.map(name => ({ kind, namespace, name })))
      continue
    }
    if (selector === undefined && !flags.has('all')) {
      throw new KubectlError(
        'error: resource(s) were provided, but no name, label selector, or --all flag specified'
      )
    }
    const found = await api.list(kind, { namespace, labelSelector: selector ?? '' })
    if (found.length === 0) session.say('No resources found')
    doomed.push(...found.map(object => ({ kind, namespace, name: textAt(object, 'metadata', 'name') ?? '' })))
  }
  return doomed
}
