import { UserError } from '../core/errors.ts'
import { PatchError } from './patch-error.ts'
import { applyOperation, type Operation } from './patch.ts'
import { parsePointer, PointerError, type Pointer } from './pointer.ts'
import { readYaml } from './read-yaml.ts'
import { isMap, type Value, type ValueMap } from './value.ts'

export interface OpsFile {
  /** As given on the command line; errors name it. */
  readonly name: string
  readonly operations: readonly Operation[]
}

/** An ops file that holds something else than operations. `reason` is worded as BOSH's CLI does. */
export class OpsFileError extends UserError {
  readonly reason: string

  constructor(name: string, reason: string) {
    super('findings', `${name}: ${reason}`, { hint: 'give a list of operations with type, path and value' })
    this.name = 'OpsFileError'
    this.reason = reason
  }
}

/** An operation that does not fit the document it is applied to. `index` counts from 0, as BOSH's CLI does. */
export class OperationFailed extends UserError {
  readonly file: string
  readonly index: number
  readonly reason: string

  constructor(file: string, index: number, reason: string) {
    super('findings', `${file}: operation [${index}]: ${reason}`, {
      hint: 'compare the path with the document that the ops files before this one leave'
    })
    this.name = 'OperationFailed'
    this.file = file
    this.index = index
    this.reason = reason
  }
}

/** Reads the operations of one ops file. Throws YamlError or OpsFileError. An empty file has no operations. */
export function readOpsFile(text: string, name: string): OpsFile {
  const document = readYaml(text, name)
  if (document !== null && !Array.isArray(document)) {
    const found = isMap(document) ? '!!map' : '!!str'
    throw new OpsFileError(name, `cannot unmarshal ${found} into []patch.OpDefinition`)
  }
  return { name, operations: (document ?? []).map((entry, index) => readOperation(entry, index, name)) }
}

/** The document after all operations of all files, in order; the given document stays as it is. Throws OperationFailed. */
export function applyOpsFiles(document: Value, files: readonly OpsFile[]): Value {
  let result = structuredClone(document)
  for (const { name, operations } of files) {
    for (const [index, operation] of operations.entries()) {
      try {
        result = applyOperation(result, operation)
      } catch (thrown) {
        if (thrown instanceof PatchError) throw new OperationFailed(name, index, thrown.message)
        throw thrown
      }
    }
  }
  return result
}

function readOperation(entry: Value, index: number, name: string): Operation {
  const definition: ValueMap = isMap(entry) ? entry : {}
  const { type = null, value = null, absent = null } = definition
  const fail = (what: string): never => {
    throw new OpsFileError(name, `${what} within\n${describe(definition, index, name)}`)
  }
  if (type !== 'replace' && type !== 'remove' && type !== 'test') {
    return fail(`Unknown operation [${index}] with type '${typeof type === 'string' ? type : ''}'`)
  }
  const word = `${type.charAt(0).toUpperCase()}${type.slice(1)} operation [${index}]`
  const text = definition['path']
  if (typeof text !== 'string') return fail(`${word}: Missing path`)
  if (type === 'replace' && value === null) return fail(`${word}: Missing value`)
  if (type === 'remove' && value !== null) return fail(`${word}: Cannot specify value`)
  if (type === 'test' && value === null && absent === null) return fail(`${word}: Missing value or absent`)

  let path: Pointer
  try {
    path = parsePointer(text)
  } catch (thrown) {
    if (!(thrown instanceof PointerError)) throw thrown
    return fail(`${word}: Invalid path: ${thrown.message}`)
  }
  if (type === 'replace') return { kind: 'replace', path, value }
  if (type === 'remove') return { kind: 'remove', path }
  return absent === true ? { kind: 'test-absent', path } : { kind: 'test', path, value }
}

/** The definition as BOSH's CLI shows it, its value hidden. */
function describe(definition: ValueMap, index: number, name: string): string {
  const { type, path, value = null, absent } = definition
  const shown = {
    ...(type === undefined ? {} : { Type: type }),
    ...(path === undefined ? {} : { Path: path }),
    ...(value === null ? {} : { Value: '<redacted>' }),
    ...(absent === undefined ? {} : { Absent: absent }),
    Error: `operation [${index}] in ${name} failed`
  }
  return JSON.stringify(shown, null, 2).replaceAll('&', '\\u0026')
}
