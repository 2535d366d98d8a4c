import { wordAt, type ValueMap } from '../../../../manifest/value.ts'
import type { Kind } from '../../../platform/kubernetes/kinds.ts'
import { KubectlError } from '../kubectl-error.ts'
import { secondsIn, within } from '../lab-time.ts'
import { oneIn } from '../resources.ts'
import type { Command } from '../session.ts'

/** A Deployment's own deadline (kubernetes v1.17, `progressDeadlineSeconds`). */
const deadlineSeconds = 600

/** `kubectl rollout status deployment/NAME [--timeout=60s] [--watch=false]` */
export const rolloutStatus: Command = async session => {
  const { flags, args } = session.line
  const { kind, name } = oneIn(args)
  const api = await session.api()
  const namespace = await session.namespace()
  const timeout = flags.text('timeout')
  const isWatched = flags.text('watch') !== 'false'
  const seconds = isWatched ? (timeout === undefined ? deadlineSeconds : secondsIn(timeout)) : 0
  let last = ''
  const done = await within(session.edge, seconds, async () => {
    const { ready, wanted } = progressOf(kind, await api.get(kind, namespace, name))
    if (ready >= wanted) return true
    const line = `Waiting for ${kind.kind.toLowerCase()} "${name}" rollout to finish: ${ready} of ${wanted} updated replicas are available...`
    if (line !== last) session.say(line)
    last = line
    return undefined
  })
  if (done === true) session.say(`${kind.kind.toLowerCase()} "${name}" successfully rolled out`)
  else if (isWatched) {
    throw new KubectlError(
      timeout === undefined
        ? `error: ${kind.kind.toLowerCase()} "${name}" exceeded its progress deadline`
        : 'error: timed out waiting for the condition'
    )
  }
}

function progressOf(kind: Kind, object: ValueMap): { readonly ready: number; readonly wanted: number } {
  const number = (...path: readonly string[]): number => Number(wordAt(object, ...path) ?? '0')
  switch (kind.kind) {
    case 'Deployment':
      return {
        ready: number('status', 'availableReplicas'),
        wanted: Number(wordAt(object, 'spec', 'replicas') ?? '1')
      }
    case 'DaemonSet':
      return { ready: number('status', 'numberReady'), wanted: number('status', 'desiredNumberScheduled') }
    default:
      throw new KubectlError(`error: no status viewer has been implemented for ${kind.kind}`)
  }
}
