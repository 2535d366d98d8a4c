import type { Resolve } from '../concourse/interpolate.ts'
import { isMap } from '../concourse/json.ts'
import type { Json } from '../concourse/model.ts'
import { read, whole } from '../concourse/read.ts'
import { parseReference, type VariableReference } from '../concourse/references.ts'
import { json, jsonObject } from '../concourse/shape-json.ts'
import { UserError } from '../core/errors.ts'
import type { CliContext } from './context.ts'
import { flagPairs } from './flag-pairs.ts'
import { readSource } from './read-source.ts'

/** The flags by which fly is given values for ((vars)). */
export interface VarFlags {
  readonly var: readonly string[]
  readonly yamlVar: readonly string[]
  readonly loadVarsFrom: readonly string[]
}

type Values = Record<string, Json>

/**
 * Resolves ((vars)) as fly does with the same flags: a flag beats a file and a later file an earlier one, by the first
 * word of a var; within that, flags add up (concourse v8.3, fly/commands/internal/templatehelpers/yaml_template.go).
 * Undefined where there are no flags. Throws a FindingsError for a file that is no map in YAML.
 */
export async function readVars(context: CliContext, flags: VarFlags): Promise<Resolve | undefined> {
  const { var: texts, yamlVar, loadVarsFrom } = flags
  if (texts.length + yamlVar.length + loadVarsFrom.length === 0) return undefined
  const given: Values = {}
  for (const [name, text] of flagPairs('--var', texts)) put(given, referenceOf('--var', name), text)
  for (const [name, text] of flagPairs('--yaml-var', yamlVar)) {
    put(given, referenceOf('--yaml-var', name), whole(read(json, text, `--yaml-var ${name}`)).value)
  }
  const files: Values[] = []
  for (const file of loadVarsFrom) {
    const { value } = whole(read(jsonObject, await readSource(context, file), file))
    files.unshift(value)
  }
  return reference => valueIn([given, ...files], reference)
}

/** Words with dots between them; quotes keep dots. */
const varName = /^(?:[^":]*:)?(?:"[^"]*"|[^".])+(?:\.(?:"[^"]*"|[^".])+)*$/su

function referenceOf(flag: string, name: string): VariableReference {
  if (varName.test(name)) return parseReference(name)
  throw new UserError('usage', `${flag}: found ${JSON.stringify(name)}, expected the name of a var`, {
    hint: 'write it as it stands in (( )), e.g. cf.admin.password'
  })
}

/** Lays a value at `a.b.c` beside those of `a.b` that are there (concourse v8.3, vars/static_vars.go). */
function put(
  values: Values,
  { path, fields }: Pick<VariableReference, 'path' | 'fields'>,
  value: Json
): void {
  const [field, ...rest] = fields
  const before = Object.hasOwn(values, path) ? values[path] : undefined
  const inside: Values = isMap(before) ? { ...before } : {}
  if (field !== undefined) put(inside, { path: field, fields: rest }, value)
  values[path] = field === undefined ? value : inside
}

function valueIn(
  sources: readonly Values[],
  { name, source, path, fields }: VariableReference
): Json | undefined {
  if (source !== undefined) return undefined
  const values = sources.find(candidate => Object.hasOwn(candidate, path))
  let found = values?.[path]
  for (const field of values === undefined ? [] : fields) {
    if (!isMap(found) || !Object.hasOwn(found, field)) {
      const message = `((${name})): found a value of ${path} without the field ${field}, expected one with it`
      throw new UserError('findings', message, { hint: `give ${name} a value too, or none to ${path}` })
    }
    found = found[field]
  }
  return found
}
