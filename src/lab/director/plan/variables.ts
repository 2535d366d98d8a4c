import type { Credential } from '../../credhub/credential.ts'
import { CredhubError } from '../../credhub/credential.ts'
import type { Credhub } from '../../credhub/credhub.ts'
import { isMap, listAt, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import { DirectorError } from '../director-error.ts'
import type { VariablePlan } from './deployment-plan.ts'

/** Where the variables of one deployment are kept: `/<director>/<deployment>/<name>`, unless the name is absolute. */
export interface Namespace {
  readonly director: string
  readonly deployment: string
}

/** A variable as one deploy has used it. */
export interface UsedVariable {
  readonly id: string
  readonly name: string
}

/**
 * Generates what the manifest's `variables` ask for and CredHub does not have yet. They are generated side by side; a
 * certificate waits for its CA. Throws the Director's error (bosh v283, config_server/client.rb).
 */
export async function generateVariables(
  variables: readonly VariablePlan[],
  names: Namespace,
  credhub: Credhub
): Promise<readonly UsedVariable[]> {
  const generated = await Promise.all(
    variables.map(async ({ name, type, options, updateMode }) => {
      const path = absolutePath(name, names)
      const ca = textAt(options, 'ca')
      const parameters = ca === undefined ? options : { ...options, ca: absolutePath(ca, names) }
      try {
        return await credhub.generate({ name: path, type, parameters, mode: updateMode })
      } catch (thrown) {
        if (!(thrown instanceof CredhubError)) throw thrown
        throw new DirectorError(
          540005,
          `Config Server failed to generate value for '${path}' with type '${type}'. ` +
            `HTTP Code '${thrown.status}', Error: '${thrown.message}'`
        )
      }
    })
  )
  return generated.map(({ id, name }) => ({ id, name }))
}

/** The manifest with every `((variable))` filled in, and what could not be found. */
export interface Resolved {
  readonly manifest: ValueMap
  readonly used: readonly UsedVariable[]
  readonly problems: readonly Problem[]
}

export interface Problem {
  /** The instance group and job in whose properties the variable stands, where it stands in one. */
  readonly group: string | undefined
  readonly job: string | undefined
  readonly message: string
}

/** Fills in the latest value of every variable that CredHub has. */
export function resolveVariables(manifest: ValueMap, names: Namespace, credhub: Credhub): Resolved {
  const used = new Map<string, UsedVariable>()
  const problems: Problem[] = []
  const resolve = (value: Value, place: Pick<Problem, 'group' | 'job'>): Value => {
    if (Array.isArray(value)) return value.map(item => resolve(item, place))
    if (isMap(value)) return resolveMap(value, place)
    return typeof value === 'string' && value.includes('((') ? fill(value, place) : value
  }
  const lookUp = (reference: string): Value => {
    const [root = '', ...keys] = absolutePath(reference, names).split('.')
    const credential = credhub.latest(root)
    if (credential === undefined) throw missing(root)
    used.set(credential.id, { id: credential.id, name: credential.name })
    return fieldOf(credential, root, keys)
  }
  const fill = (text: string, place: Pick<Problem, 'group' | 'job'>): Value => {
    try {
      const [, whole] = /^\(\(!?([^()\s]+)\)\)$/.exec(text) ?? []
      if (whole !== undefined) return lookUp(whole)
      return text.replace(/\(\(!?([^()\s]+)\)\)/g, (_, name: string) => {
        const value = lookUp(name)
        return typeof value === 'string' ? value : JSON.stringify(value)
      })
    } catch (thrown) {
      if (!(thrown instanceof DirectorError)) throw thrown
      problems.push({ ...place, message: thrown.message })
      return text
    }
  }
  const resolveMap = (map: ValueMap, place: Pick<Problem, 'group' | 'job'>): ValueMap =>
    Object.fromEntries(Object.entries(map).map(([key, item]) => [key, resolve(item, place)]))
  const nowhere = { group: undefined, job: undefined }
  const groups = listAt(manifest, 'instance_groups').map(group => {
    const name = textAt(group, 'name')
    const jobs = listAt(group, 'jobs').map(job => resolve(job, { group: name, job: textAt(job, 'name') }))
    return { ...resolveMap(without(group, 'jobs'), { group: name, job: undefined }), jobs }
  })
  const rest = resolveMap(without(manifest, 'instance_groups', 'variables'), nowhere)
  return {
    manifest: { ...rest, instance_groups: groups, variables: manifest['variables'] ?? [] },
    used: [...used.values()],
    problems
  }
}

/** The Director's one message for all variables that lack (bosh v283, jobs/update_deployment.rb). */
export function renderingError(problems: readonly Problem[]): DirectorError {
  const lines = ['Unable to render instance groups for deployment. Errors are:']
  for (const [group, ofGroup] of grouped(problems, ({ group }) => group ?? '')) {
    lines.push(`  - Unable to render jobs for instance group '${group}'. Errors are:`)
    for (const [job, ofJob] of grouped(ofGroup, ({ job }) => job ?? '')) {
      lines.push(`    - Unable to render templates for job '${job}'. Errors are:`)
      lines.push(...ofJob.map(({ message }) => `      - ${message}`))
    }
  }
  return new DirectorError(100, lines.join('\n'))
}

function grouped(
  problems: readonly Problem[],
  keyOf: (problem: Problem) => string
): ReadonlyMap<string, readonly Problem[]> {
  const groups = new Map<string, Problem[]>()
  for (const problem of problems) {
    const key = keyOf(problem)
    groups.set(key, [...(groups.get(key) ?? []), problem])
  }
  return groups
}

function without(value: Value, ...keys: readonly string[]): ValueMap {
  if (!isMap(value)) return {}
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
}

function absolutePath(name: string, { director, deployment }: Namespace): string {
  return name.startsWith('/') ? name : `/${director}/${deployment}/${name}`
}

function fieldOf({ value }: Credential, root: string, keys: readonly string[]): Value {
  return keys.reduce<Value>((found, key, index) => {
    const parent = [root, ...keys.slice(0, index)].join('.')
    const problem = (what: string): DirectorError =>
      new DirectorError(
        540001,
        `Failed to fetch variable '${root}' from config server: Expected parent '${parent}' ${what}`
      )
    if (!isMap(found)) throw problem('to be a hash')
    const next = found[key]
    if (next === undefined) throw problem(`hash to have key '${key}'`)
    return next
  }, value)
}

function missing(name: string): DirectorError {
  const error =
    'The request could not be completed because the credential does not exist or you do not have sufficient authorization.'
  return new DirectorError(
    540002,
    `Failed to find variable '${name}' from config server: HTTP Code '404', Error: '${error}'`
  )
}
