import { at, textAt, type ValueMap } from '../../../../manifest/value.ts'
import { tableOf } from '../../common/columns.ts'
import type { Client } from '../client.ts'
import { KubectlError, ServerRefused } from '../kubectl-error.ts'
import { formatIn, print, type Format } from '../output.ts'
import { nameIn, resourcesIn, type Resource } from '../resources.ts'
import { columnsOf, pairs } from '../rows.ts'
import type { Command, Session } from '../session.ts'

/** `kubectl get TYPE[/NAME] [NAME…] [-n NS | -A] [-l SELECTOR] [-o json|yaml|wide|name] …` */
export const get: Command = async session => {
  const { flags, args } = session.line
  const format = formatIn(flags.text('output'))
  const resources = resourcesIn(args)
  const api = await session.api()
  const found: Found[] = []
  for (const resource of resources) found.push(await find(session, api, resource))
  const objects = found.flatMap(({ objects: some }) => some)
  const isOne = resources.length === 1 && resources[0]?.names.length === 1
  if (format === 'json' || format === 'yaml') {
    if (isOne && objects[0] === undefined) return
    const list = { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '', selfLink: '' } }
    await print(session.edge, format, isOne ? (objects[0] ?? null) : { ...list, items: objects })
    return
  }
  if (format === 'name') {
    for (const { kind, objects: some } of found) {
      for (const object of some) session.say(nameIn(kind, textAt(object, 'metadata', 'name') ?? ''))
    }
    return
  }
  await show(session, found, format)
}

type Found = Pick<Resource, 'kind'> & { readonly objects: readonly ValueMap[] }

async function find(session: Session, api: Client, { kind, names }: Resource): Promise<Found> {
  const { flags } = session.line
  const everywhere = flags.has('all-namespaces')
  const namespace = await session.namespace()
  if (names.length === 0) {
    const objects = await api.list(kind, {
      namespace: everywhere ? undefined : namespace,
      labelSelector: flags.text('selector') ?? '',
      fieldSelector: flags.text('field-selector') ?? ''
    })
    return { kind, objects }
  }
  if (everywhere) {
    throw new KubectlError('error: a resource cannot be retrieved by name across all namespaces')
  }
  const objects: ValueMap[] = []
  for (const name of names) {
    try {
      objects.push(await api.get(kind, namespace, name))
    } catch (thrown) {
      const isMissing = thrown instanceof ServerRefused && thrown.status === 404
      if (!isMissing || !flags.has('ignore-not-found')) throw thrown
    }
  }
  return { kind, objects }
}

async function show(session: Session, found: readonly Found[], format: Format | undefined): Promise<void> {
  const { flags } = session.line
  const filled = found.filter(({ objects }) => objects.length > 0)
  if (filled.length === 0) {
    if (flags.has('ignore-not-found')) return
    const isNamespaced = found.some(({ kind }) => kind.namespaced) && !flags.has('all-namespaces')
    const where = isNamespaced ? ` in ${await session.namespace()} namespace.` : ''
    session.edge.err(`No resources found${where}\n`)
    return
  }
  const tables = filled.map(({ kind, objects }) => {
    const columns = columnsOf(kind.kind)
    const places = flags.has('all-namespaces') && kind.namespaced
    const isWide = format === 'wide'
    const now = new Date()
    const header = [
      ...(places ? ['NAMESPACE'] : []),
      ...columns.headers,
      ...(isWide ? columns.wideHeaders : []),
      ...(flags.has('show-labels') ? ['LABELS'] : [])
    ]
    const rows = objects.map(object => {
      // With several types at once, a name says of which type it is.
      const [name = '', ...cells] = columns.cells(object, now)
      return [
        ...(places ? [textAt(object, 'metadata', 'namespace') ?? ''] : []),
        found.length > 1 ? nameIn(kind, name) : name,
        ...cells,
        ...(isWide ? columns.wideCells(object) : []),
        ...(flags.has('show-labels') ? [pairs(at(object, 'metadata', 'labels'))] : [])
      ]
    })
    return tableOf([...(flags.has('no-headers') ? [] : [header]), ...rows])
  })
  session.say(tables.join('\n\n'))
}
