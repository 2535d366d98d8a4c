import { isEqual, isMap, textAt, type Value, type ValueMap } from '../../../../manifest/value.ts'
import { mergePatch } from '../../../platform/kubernetes/object.ts'
import type { Client } from '../client.ts'
import { wantedObjects, type Wanted } from '../manifests.ts'
import { sayDone } from '../say-done.ts'
import type { Command } from '../session.ts'

/** Where kubectl keeps what was applied last, to see later what is no longer wanted. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** `kubectl apply -f FILE|-` */
export const apply: Command = async session => {
  const api = await session.api()
  for (const wanted of await wantedObjects(session)) {
    sayDone(session, wanted.kind, wanted.name, await applyOne(api, wanted))
  }
}

async function applyOne(api: Client, wanted: Wanted): Promise<'created' | 'configured' | 'unchanged'> {
  const { kind, namespace, name } = wanted
  const object = annotated(wanted.object)
  const live = await api.find(kind, namespace, name)
  if (live === undefined) {
    await api.create(kind, namespace, object)
    return 'created'
  }
  const patch = asMap(changesTo(appliedTo(live), object))
  if (isEqual(mergePatch(live, patch), live)) return 'unchanged'
  await api.patch(kind, namespace, name, patch)
  return 'configured'
}

function annotated(object: ValueMap): ValueMap {
  return asMap(mergePatch(object, { metadata: { annotations: { [lastApplied]: JSON.stringify(object) } } }))
}

function appliedTo(live: ValueMap): Value {
  const text = textAt(live, 'metadata', 'annotations', lastApplied)
  return text === undefined ? null : (JSON.parse(text) as Value)
}

/**
 * The merge patch that makes an object as wanted. Null stands for what was applied before and is wanted no more; a list
 * that is wanted as before stays out of it, since the server may have filled its entries in.
 */
function changesTo(before: Value, wanted: Value): Value {
  if (!isMap(before) || !isMap(wanted)) return wanted
  const result: ValueMap = {}
  for (const [key, value] of Object.entries(wanted)) {
    const old = before[key] ?? null
    if (!Array.isArray(value) || !isEqual(old, value)) result[key] = changesTo(old, value)
  }
  for (const key of Object.keys(before)) if (!Object.hasOwn(wanted, key)) result[key] = null
  return result
}

function asMap(value: Value): ValueMap {
  return isMap(value) ? value : {}
}
