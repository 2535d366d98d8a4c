import { textAt, type ValueMap } from '../../../../manifest/value.ts'
import type { Kind } from '../../../platform/kubernetes/kinds.ts'
import { labelsOf } from '../../../platform/kubernetes/object.ts'
import { KubectlError } from '../kubectl-error.ts'
import { nameIn, resourcesIn } from '../resources.ts'
import type { Command, Session } from '../session.ts'

/** `kubectl label TYPE NAME KEY=VALUE… KEY-… [--overwrite]`; instead of names also `-l SELECTOR` or `--all`. */
export const label: Command = async session => {
  const { flags, args } = session.line
  const words = args.filter(isChange)
  const changes = Object.fromEntries(words.map(changeIn))
  if (words.length === 0) throw new KubectlError('error: at least one label update is required')
  const api = await session.api()
  const namespace = await session.namespace()
  for (const [kind, object] of await chosen(
    session,
    args.filter(word => !words.includes(word))
  )) {
    const name = textAt(object, 'metadata', 'name') ?? ''
    const present = labelsOf(object)
    for (const [key, value] of Object.entries(changes)) {
      const old = present[key]
      if (old === undefined || value === null || old === value || flags.has('overwrite')) continue
      throw new KubectlError(`error: '${key}' already has a value (${old}), and --overwrite is false`)
    }
    await api.patch(kind, namespace, name, { metadata: { labels: changes } })
    session.say(`${nameIn(kind, name)} labeled`)
  }
}

/** `key=value` sets a label, `key-` takes it away; no name has an equals sign, or a dash at its end. */
function isChange(word: string): boolean {
  return word.includes('=') || word.endsWith('-')
}

function changeIn(word: string): readonly [string, string | null] {
  const [, key = '', value] = /^([^=]*)=(.*)$/.exec(word) ?? []
  return value === undefined ? [word.slice(0, -1), null] : [key, value]
}

async function chosen(
  session: Session,
  args: readonly string[]
): Promise<readonly (readonly [Kind, ValueMap])[]> {
  const { flags } = session.line
  const api = await session.api()
  const namespace = await session.namespace()
  const found: (readonly [Kind, ValueMap])[] = []
  for (const { kind, names } of resourcesIn(args)) {
    if (names.length === 0 && !flags.has('all') && flags.text('selector') === undefined) {
      throw new KubectlError(
        'error: one or more resources must be specified as <resource> <name> or <resource>/<name>'
      )
    }
    const objects =
      names.length > 0
        ? await Promise.all(names.map(name => api.get(kind, namespace, name)))
        : await api.list(kind, { namespace, labelSelector: flags.text('selector') ?? '' })
    found.push(...objects.map(object => [kind, object] as const))
  }
  return found
}
