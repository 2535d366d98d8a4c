import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { systemCodeOf } from '../../../core/errors.ts'
import { readYaml } from '../../../manifest/read-yaml.ts'
import { renderYaml } from '../../../manifest/render-yaml.ts'
import { at, isMap, listAt, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import { interpolate, type Variables } from '../../../manifest/variables.ts'
import { generateCredential, isCredentialType } from '../../credentials/generate.ts'
import { attempt, BoshError } from './bosh-error.ts'

/**
 * The values of a vars store, after everything that the document defines and nobody gives was generated and saved
 * (bosh-cli v7, cmd/opts/vars_fs_store.go). `given` stands above what is stored.
 */
export async function fillVarsStore(path: string, document: Value, given: Variables): Promise<Variables> {
  const store = readStore(path)
  for (const definition of listAt(document, 'variables')) {
    const name = textAt(definition, 'name')
    const type = textAt(definition, 'type')
    if (name === undefined || type === undefined || name in given || name in store) continue
    store[name] = await attempt(`Generating variable '${name}'`, () => {
      const known = { ...store, ...given }
      const { document: options } = interpolate(at(definition, 'options') ?? {}, known)
      if (!isCredentialType(type)) throw new BoshError(`Unsupported value type: ${type}`)
      return generateCredential({ type, parameters: isMap(options) ? options : {} }, ca => known[ca])
    })
    // After each one: who is ended in the middle keeps what was made.
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, renderYaml(store), { mode: 0o600 })
  }
  return store
}

function readStore(path: string): ValueMap {
  try {
    const value = readYaml(readFileSync(path, 'utf8'), path)
    if (isMap(value)) return value
    if (value === null) return {}
    throw new BoshError(`Deserializing variables file store '${path}'`)
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return {}
    throw thrown
  }
}
