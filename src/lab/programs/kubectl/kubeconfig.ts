import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { systemCodeOf } from '../../../core/errors.ts'
import { isMap, listAt, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import type { ProgramEdge } from '../common/program.ts'
import type { KubectlLine } from './command-line.ts'
import { documentsIn } from './read-text.ts'

type Section = 'clusters' | 'users' | 'contexts'

/** A kubeconfig: clusters, users, and contexts that join them (kubernetes v1.17, tools/clientcmd/api/v1/types.go). */
export class Kubeconfig {
  /** Where changes are written to. */
  readonly path: string
  #document: ValueMap

  constructor(path: string, document: ValueMap) {
    this.path = path
    this.#document = document
  }

  get document(): ValueMap {
    return this.#document
  }

  get currentContext(): string {
    return textAt(this.#document, 'current-context') ?? ''
  }

  /** What stands under a name; undefined where there is nothing. */
  entry(section: Section, name: string): ValueMap | undefined {
    const found = listAt(this.#document, section).find(each => textAt(each, 'name') === name)
    const content = isMap(found) ? found[keyOf(section)] : undefined
    return isMap(content) ? content : undefined
  }

  /** Changes fields of an entry, or makes it; gives whether it was there. */
  change(section: Section, name: string, fields: ValueMap): boolean {
    const present = this.entry(section, name)
    const entry = { name, [keyOf(section)]: { ...present, ...fields } }
    const others = listAt(this.#document, section).filter(each => textAt(each, 'name') !== name)
    this.#document = { ...this.#document, [section]: [...others, entry] }
    return present !== undefined
  }

  useContext(name: string): void {
    this.#document = { ...this.#document, 'current-context': name }
  }

  async write(): Promise<void> {
    const { renderYaml } = await import('../../../manifest/render-yaml.ts')
    mkdirSync(dirname(this.path), { recursive: true })
    writeFileSync(this.path, renderYaml(this.#document), { mode: 0o600 })
  }
}

/**
 * The kubeconfig of `--kubeconfig`, `KUBECONFIG` (several paths, of which the first to name something wins), or
 * `~/.kube/config`. Files that are not there count as empty.
 */
export async function readKubeconfig({ cwd, env }: ProgramEdge, { flags }: KubectlLine): Promise<Kubeconfig> {
  const given = flags.text('kubeconfig') ?? ''
  const paths = given.split(':').filter(path => path !== '')
  if (paths.length === 0) paths.push(join(env['HOME'] ?? '', '.kube', 'config'))
  let merged: ValueMap = { apiVersion: 'v1', kind: 'Config', 'current-context': '' }
  for (const path of paths) merged = merge(merged, await readOne(resolve(cwd, path)))
  return new Kubeconfig(resolve(cwd, paths[0] ?? ''), merged)
}

async function readOne(path: string): Promise<Value> {
  try {
    const [document = null] = await documentsIn(readFileSync(path, 'utf8'), path)
    return document
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return null
    throw thrown
  }
}

function merge(first: ValueMap, second: Value): ValueMap {
  const sections = (['clusters', 'users', 'contexts'] as const).map(section => {
    const known = listAt(first, section)
    const names = new Set(known.map(each => textAt(each, 'name')))
    return [section, [...known, ...listAt(second, section).filter(each => !names.has(textAt(each, 'name')))]]
  })
  const current = textAt(first, 'current-context') || textAt(second, 'current-context')
  return { ...first, 'current-context': current ?? '', ...(Object.fromEntries(sections) as ValueMap) }
}

/** `clusters` holds entries with a `cluster`. */
function keyOf(section: Section): string {
  return section.slice(0, -1)
}
