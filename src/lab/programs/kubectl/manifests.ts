import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemCodeOf } from '../../../core/errors.ts'
import { isMap, listAt, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import { kindOf, type Kind } from '../../platform/kubernetes/kinds.ts'
import type { ProgramEdge } from '../common/program.ts'
import { KubectlError } from './kubectl-error.ts'
import { documentsIn } from './read-text.ts'
import type { Session } from './session.ts'

/** An object as a file asks for it. */
export interface Wanted {
  readonly kind: Kind
  /** Empty for an object of the whole cluster. */
  readonly namespace: string
  readonly name: string
  readonly object: ValueMap
}

/** The objects of all `-f`: files, folders, and `-` for standard input. */
export async function wantedObjects(session: Session): Promise<readonly Wanted[]> {
  const { edge, line } = session
  const wanted: Wanted[] = []
  for (const given of line.flags.list('filename')) {
    for (const [name, text] of await textsOf(edge, given)) {
      for (const document of (await documentsIn(text, name)).flatMap(itemsOf)) {
        wanted.push(await wantedIn(session, document, name))
      }
    }
  }
  if (wanted.length === 0) throw new KubectlError('error: no objects passed to ' + (line.command ?? ''))
  return wanted
}

async function wantedIn(session: Session, document: Value, file: string): Promise<Wanted> {
  const [apiVersion, name] = [textAt(document, 'apiVersion') ?? '', textAt(document, 'kind') ?? '']
  if (!isMap(document) || name === '') {
    throw new KubectlError(
      `error: error validating ${JSON.stringify(file)}: error validating data: kind not set`
    )
  }
  const kind = kindOf(apiVersion, name)
  if (kind === undefined) {
    throw new KubectlError(
      `error: unable to recognize ${JSON.stringify(file)}: no matches for kind "${name}" in version "${apiVersion}"`
    )
  }
  return {
    kind,
    namespace: kind.namespaced ? await namespaceOf(session, document) : '',
    name: textAt(document, 'metadata', 'name') ?? '',
    object: document
  }
}

async function namespaceOf(session: Session, document: Value): Promise<string> {
  const own = textAt(document, 'metadata', 'namespace')
  const given = session.line.flags.text('namespace')
  if (own !== undefined && given !== undefined && own !== given) {
    throw new KubectlError(
      `error: the namespace from the provided object "${own}" does not match the namespace "${given}". You must pass '--namespace=${own}' to perform this operation.`
    )
  }
  return own ?? (await session.namespace())
}

function itemsOf(document: Value): readonly Value[] {
  return textAt(document, 'kind') === 'List' ? listAt(document, 'items') : [document]
}

async function textsOf(edge: ProgramEdge, given: string): Promise<readonly (readonly [string, string])[]> {
  if (given === '-') return [['STDIN', await edge.readInput()]]
  const path = resolve(edge.cwd, given)
  try {
    if (!statSync(path).isDirectory()) return [[given, readFileSync(path, 'utf8')]]
    return readdirSync(path)
      .filter(name => /\.(?:json|ya?ml)$/.test(name))
      .sort()
      .map(name => [join(given, name), readFileSync(join(path, name), 'utf8')] as const)
  } catch (thrown) {
    if (systemCodeOf(thrown) !== 'ENOENT') throw thrown
    throw new KubectlError(`error: the path ${JSON.stringify(given)} does not exist`, 1, { cause: thrown })
  }
}
