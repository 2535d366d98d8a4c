import { readFileSync } from 'node:fs'
import { messageOf } from '../../../core/errors.ts'
import {
  applyOpsFiles,
  OperationFailed,
  OpsFileError,
  readOpsFile,
  type OpsFile
} from '../../../manifest/ops-file.ts'
import { readYaml, YamlError } from '../../../manifest/read-yaml.ts'
import { isMap, type Value } from '../../../manifest/value.ts'
import { interpolate, VariableError, type Interpolated } from '../../../manifest/variables.ts'
import { labelOf } from '../common/go-flags.ts'
import { absolute, openingError } from './arguments.ts'
import { BoshError, oneLine, wrap } from './bosh-error.ts'
import type { Session } from './session.ts'

/**
 * The document after the ops files and variables of the command line (bosh-cli v7, director/template/template.go).
 * With `--vars-store`, what the document defines is generated and kept there.
 */
export async function evaluate(session: Session, text: string): Promise<Interpolated> {
  const files = opsFilesOf(session)
  const given = variablesOf(session)
  const store = session.line.flags.text('vars-store')
  try {
    const document = applyOpsFiles(readYaml(text), files)
    if (store === undefined) return interpolate(document, given)
    const { fillVarsStore } = await import('./vars-store.ts')
    const stored = await fillVarsStore(absolute(store, session.edge.cwd), document, given)
    return interpolate(document, { ...stored, ...given })
  } catch (thrown) {
    throw inBoshWords(thrown)
  }
}

function inBoshWords(thrown: unknown): unknown {
  if (thrown instanceof OperationFailed) {
    return new BoshError(`Error 'operation [${thrown.index}] in ${thrown.file} failed': ${thrown.reason}`)
  }
  if (thrown instanceof VariableError) {
    if (thrown.reason.startsWith('Invalid type')) return new BoshError(thrown.reason)
    return wrap(new BoshError(thrown.reason), `Finding variable '${thrown.variable}'`)
  }
  return thrown instanceof YamlError ? yamlProblem(thrown) : thrown
}

function yamlProblem({ line, reason }: YamlError): BoshError {
  return new BoshError(line === undefined ? `yaml: ${reason}` : `yaml: line ${line}: ${reason}`)
}

function opsFilesOf(session: Session): readonly OpsFile[] {
  return session.line.flags.list('ops-file').map(path =>
    asFlag({ long: 'ops-file', short: 'o', type: '[]opts.OpsFileArg' }, () => {
      const text = readPart(session, path, `Reading ops file '${path}'`)
      try {
        return readOpsFile(text, path)
      } catch (thrown) {
        if (thrown instanceof YamlError) throw wrap(yamlProblem(thrown), `Deserializing ops file '${path}'`)
        if (!(thrown instanceof OpsFileError)) throw thrown
        if (!thrown.reason.startsWith('cannot unmarshal')) {
          throw wrap(new BoshError(thrown.reason), 'Building ops')
        }
        const problem = new BoshError(`yaml: unmarshal errors:\n  line 1: ${thrown.reason}`)
        throw wrap(problem, `Deserializing ops file '${path}'`)
      }
    })
  )
}

/** Later kinds win over earlier ones: environment, vars files, files of single values, values of the command line. */
function variablesOf(session: Session): Readonly<Record<string, Value>> {
  const { flags } = session.line
  const result: Record<string, Value> = {}
  for (const prefix of flags.list('vars-env')) Object.assign(result, fromEnvironment(session, prefix))
  for (const path of flags.list('vars-file')) {
    Object.assign(
      result,
      asFlag({ long: 'vars-file', short: 'l', type: '[]template.VarsFileArg' }, () => fromFile(session, path))
    )
  }
  for (const given of flags.list('var-file')) {
    const [name, path] = asFlag({ long: 'var-file', type: '[]template.VarFileArg' }, () => cut(given, 'path'))
    const full = absolute(path, session.edge.cwd)
    result[name] = asFlag({ long: 'var-file', type: '[]template.VarFileArg' }, () =>
      readPart(session, full, `Reading variable from file '${full}'`)
    )
  }
  for (const given of flags.list('var')) {
    const [name, text] = asFlag({ long: 'var', short: 'v', type: '[]template.VarKV' }, () =>
      cut(given, 'value')
    )
    result[name] = valueOf(text)
  }
  return result
}

function fromEnvironment({ edge }: Session, prefix: string): Record<string, Value> {
  const found = Object.entries(edge.env).filter(([name]) => name.startsWith(`${prefix}_`))
  return Object.fromEntries(found.map(([name, text]) => [name.slice(prefix.length + 1), readYaml(text)]))
}

function fromFile(session: Session, path: string): Record<string, Value> {
  const text = readPart(session, path, `Reading variables file '${path}'`)
  let value: Value
  try {
    value = readYaml(text)
  } catch (thrown) {
    if (thrown instanceof YamlError) throw wrap(yamlProblem(thrown), `Deserializing variables file '${path}'`)
    throw thrown
  }
  if (isMap(value)) return value
  if (value === null) return {}
  const problem = new BoshError(
    'yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into template.StaticVariables'
  )
  throw wrap(problem, `Deserializing variables file '${path}'`)
}

/** A text keeps its newlines, which YAML would fold; anything else has the type that YAML gives it. */
function valueOf(text: string): Value {
  const value = readYaml(text)
  return typeof value === 'string' ? text.replace(/^(["'])([\s\S]*)\1$/, '$2') : value
}

function cut(given: string, what: 'path' | 'value'): [string, string] {
  const equals = given.indexOf('=')
  if (equals < 0) throw new BoshError(`Expected var '${given}' to be in format 'name=${what}'`)
  const [name, value] = [given.slice(0, equals), given.slice(equals + 1)]
  if (name === '') throw new BoshError(`Expected var '${given}' to specify non-empty name`)
  if (value === '') throw new BoshError(`Expected var '${given}' to specify non-empty ${what}`)
  return [name, value]
}

function readPart({ edge }: Session, path: string, attempted: string): string {
  if (path === '') throw new BoshError('Expected file path to be non-empty')
  const full = absolute(path, edge.cwd)
  try {
    return readFileSync(full, 'utf8')
  } catch (thrown) {
    throw wrap(openingError(path, thrown), attempted)
  }
}

/** What is wrong with the value of a flag is told on one line, after the flag's name. */
function asFlag<T>(
  { type, ...flag }: { readonly long: string; readonly short?: string; readonly type: string },
  work: () => T
): T {
  try {
    return work()
  } catch (thrown) {
    const reason = thrown instanceof Error ? oneLine(thrown) : messageOf(thrown)
    const label = labelOf({ ...flag, kind: 'list' })
    throw new BoshError(`invalid argument for flag \`${label}' (expected ${type}): ${reason}`)
  }
}
