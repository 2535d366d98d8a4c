import { textAt } from '../../../../manifest/value.ts'
import type { Kind } from '../../../platform/kubernetes/kinds.ts'
import type { Client } from '../client.ts'
import { KubectlError } from '../kubectl-error.ts'
import { secondsIn, within } from '../lab-time.ts'
import { nameIn, resourcesIn } from '../resources.ts'
import { isTrue } from '../rows.ts'
import type { Command, Session } from '../session.ts'

/** `kubectl wait TYPE/NAME…|TYPE -l SELECTOR|TYPE --all --for=condition=NAME|delete [--timeout=30s]` */
export const wait: Command = async session => {
  const { flags } = session.line
  const goal = flags.text('for') ?? ''
  const [, condition] = /^condition=([\w-]+)$/.exec(goal) ?? []
  if (condition === undefined && goal !== 'delete') {
    throw new KubectlError(`error: unrecognized condition: ${JSON.stringify(goal)}`)
  }
  const seconds = secondsIn(flags.text('timeout') ?? '30s')
  const api = await session.api()
  const targets = await targetsOf(session, api)
  if (targets.length === 0) throw new KubectlError('error: no matching resources found')
  const late: string[] = []
  for (const [kind, name] of targets) {
    const isMet = await within(session.edge, seconds, () => met(session, api, kind, name, condition))
    if (isMet === undefined) late.push(`timed out waiting for the condition on ${kind.plural}/${name}`)
    else session.say(`${nameIn(kind, name)} ${condition === undefined ? 'deleted' : 'condition met'}`)
  }
  if (late.length > 0) throw new KubectlError(late.map(line => `error: ${line}`).join('\n'))
}

/** True when the goal is met, undefined as long as it is not. */
async function met(
  session: Session,
  api: Client,
  kind: Kind,
  name: string,
  condition: string | undefined
): Promise<true | undefined> {
  const namespace = await session.namespace()
  if (condition === undefined) {
    return (await api.find(kind, namespace, name)) === undefined ? true : undefined
  }
  return isTrue(await api.get(kind, namespace, name), condition) ? true : undefined
}

async function targetsOf(session: Session, api: Client): Promise<readonly (readonly [Kind, string])[]> {
  const { flags, args } = session.line
  const namespace = await session.namespace()
  const targets: (readonly [Kind, string])[] = []
  for (const { kind, names } of resourcesIn(args)) {
    if (names.length > 0) {
      targets.push(...names.map(name => [kind, name] as const))
      continue
    }
    const found = await api.list(kind, { namespace, labelSelector: flags.text('selector') ?? '' })
    targets.push(...found.map(object => [kind, textAt(object, 'metadata', 'name') ?? ''] as const))
  }
  return targets
}
