import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { systemCodeOf } from '../../../core/errors.ts'
import { readYaml, YamlError } from '../../../manifest/read-yaml.ts'
import { at, isMap, listAt, textAt, wordAt, type Value } from '../../../manifest/value.ts'
import { interpolate, VariableError } from '../../../manifest/variables.ts'
import type { Flags } from '../common/flags.ts'
import type { ProgramEdge } from '../common/program.ts'
import { CfError } from './cf-error.ts'

/** An app as it shall be: the manifest's word, and the command line's above it. */
export interface WantedApp {
  readonly name: string
  readonly image: string
  readonly memoryMiB: number | undefined
  readonly instances: number | undefined
  readonly env: Readonly<Record<string, string>>
  readonly hasRoute: boolean
}

/** The apps of the manifest, or the one that the command line alone describes. */
export function wantedApps(
  edge: ProgramEdge,
  flags: Flags,
  name: string | undefined
): readonly [WantedApp, ...WantedApp[]] {
  const listed = flags.has('no-manifest') ? [] : readManifest(edge, flags)
  const chosen = name === undefined ? listed : listed.filter(app => textAt(app, 'name') === name)
  if (listed.length > 0 && name !== undefined && chosen.length === 0 && listed.length > 1) {
    throw new CfError(`Could not find app named '${name}' in manifest`)
  }
  // With a single app in the manifest, the argument is its name.
  const apps = chosen.length > 0 ? chosen : listed.length === 1 ? listed : [{}]
  const [first = {}, ...rest] = apps
  return [wanted(first, flags, name), ...rest.map(app => wanted(app, flags, undefined))]
}

function wanted(app: Value, flags: Flags, given: string | undefined): WantedApp {
  const name = given ?? textAt(app, 'name')
  if (name === undefined)
    throw new CfError('Incorrect Usage: give APP_NAME, or a manifest that names its apps')
  const image = flags.text('docker-image') ?? textAt(app, 'docker', 'image')
  if (image === undefined) {
    throw new CfError(`App ${name}: the lab runs images only. Give --docker-image, or docker: {image: …}.`)
  }
  const memory = flags.text('m') ?? textAt(app, 'memory')
  const instances = flags.text('instances') ?? wordAt(app, 'instances')
  const env = at(app, 'env')
  return {
    name,
    image,
    memoryMiB: memory === undefined ? undefined : mebibytes(memory),
    instances: instances === undefined ? undefined : Number(instances),
    env: isMap(env) ? Object.fromEntries(Object.keys(env).map(key => [key, wordAt(env, key) ?? ''])) : {},
    hasRoute: !flags.has('no-route') && at(app, 'no-route') !== true
  }
}

/** Applications of `-f PATH`, else of `manifest.yml` where there is one. */
function readManifest(edge: ProgramEdge, flags: Flags): readonly Value[] {
  const given = flags.text('f')
  const path = resolve(edge.cwd, given ?? 'manifest.yml')
  const text = readText(path)
  if (text === undefined) {
    if (given === undefined) return []
    throw new CfError(`Could not find manifest at ${path}`)
  }
  try {
    const { document, missing } = interpolate(parse(path, text), variablesOf(edge, flags))
    if (missing.length > 0) throw new CfError(`Expected to find variables: ${missing.join(', ')}`)
    return listAt(document, 'applications')
  } catch (thrown) {
    if (!(thrown instanceof VariableError)) throw thrown
    throw new CfError(`${path}: ${thrown.message}`, { cause: thrown })
  }
}

function variablesOf(edge: ProgramEdge, flags: Flags): Record<string, Value> {
  const variables: Record<string, Value> = {}
  for (const file of flags.list('vars-file')) {
    const path = resolve(edge.cwd, file)
    const text = readText(path)
    if (text === undefined) throw new CfError(`Could not find vars file at ${path}`)
    const values = parse(path, text)
    if (isMap(values)) Object.assign(variables, values)
  }
  for (const assignment of flags.list('var')) {
    const [name = '', ...value] = assignment.split('=')
    variables[name] = value.join('=')
  }
  return variables
}

function parse(path: string, text: string): Value {
  try {
    return readYaml(text)
  } catch (thrown) {
    if (!(thrown instanceof YamlError)) throw thrown
    throw new CfError(`${path}: ${thrown.message}`, { cause: thrown })
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined
    throw thrown
  }
}

function mebibytes(text: string): number {
  const [, number, unit] = /^(\d+)([MG])B?$/i.exec(text) ?? []
  if (number === undefined || unit === undefined) {
    throw new CfError(
      `Incorrect Usage: memory: found ${text}, expected a number with a unit of M, MB, G or GB`
    )
  }
  return Number(number) * (unit.toUpperCase() === 'G' ? 1024 : 1)
}
