import type { Value } from '../../../manifest/value.ts'
import { messageOf } from '../../../core/errors.ts'
import { KubectlError } from './kubectl-error.ts'

/** The documents of a text, YAML or JSON, without empty ones. `name` says in failures where it is from. */
export async function documentsIn(text: string, name: string): Promise<Value[]> {
  const parts = text.split(/^---(?:[ \t].*)?$/m).filter(part => part.trim() !== '')
  const documents: Value[] = []
  for (const part of parts) documents.push(await readOne(part, name))
  return documents.filter(document => document !== null)
}

async function readOne(text: string, name: string): Promise<Value> {
  try {
    // What programs write is JSON, and the reader of YAML takes longer to load than all the rest.
    if (text.trimStart().startsWith('{')) return JSON.parse(text) as Value
  } catch {
    // YAML may begin like that too; if it is none, its reader says so.
  }
  const { readYaml } = await import('../../../manifest/read-yaml.ts')
  try {
    return readYaml(text, name)
  } catch (thrown) {
    throw new KubectlError(`error: error parsing ${messageOf(thrown)}`, 1, { cause: thrown })
  }
}
