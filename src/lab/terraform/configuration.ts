import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../core/errors.ts'
import type { Era } from './era.ts'
import { parseHcl, type Block, type Expression } from './hcl.ts'
import { applyOverrides } from './overrides.ts'
import { requirementsOf, type Requirement } from './requirements.ts'

export type TfValue =
  string | number | boolean | null | readonly TfValue[] | { readonly [key: string]: TfValue }

export interface TfResource {
  readonly type: string
  readonly name: string
  /** `lab_network.default` */
  readonly address: string
  readonly attributes: Readonly<Record<string, Expression>>
}

export interface Configuration {
  /** Each after those that it refers to. */
  readonly resources: readonly TfResource[]
  readonly outputs: Readonly<Record<string, Expression>>
  readonly variables: Readonly<Record<string, TfValue>>
  /** What `required_providers` says of versions. */
  readonly providers: readonly Requirement[]
}

/** Where a configuration lies, and how it is read. */
export interface Source {
  /** Folder of the `*.tf` files. */
  readonly folder: string
  /** Files of variables; the later wins. */
  readonly varFiles: readonly string[]
  /** Variables of the command line, which win over those of files. */
  readonly variables?: Readonly<Record<string, string>>
  /** Text in the place of a file, by its name. */
  readonly instead?: Readonly<Record<string, string>>
  readonly era?: Era
}

/** Reads the `*.tf` files of a folder, and the values of its variables. Throws UserErrors in Terraform's words. */
export function readConfiguration(source: Source): Configuration {
  const { folder, varFiles, variables, instead, era = '1' } = source
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith('.tf'))
        .sort()
    : []
  const isOverride = (name: string): boolean => name === 'override.tf' || name.endsWith('_override.tf')
  const read = (wanted: readonly string[]): readonly Block[] =>
    wanted.flatMap(name => [...parseHcl(instead?.[name] ?? readFileSync(join(folder, name), 'utf8'), name)])
  const [base, overrides] = [read(names.filter(name => !isOverride(name))), read(names.filter(isOverride))]
  const blocks = applyOverrides(base, overrides, era)
  const resources = blocks.filter(({ type }) => type === 'resource').map(readResource)
  const outputs = blocks.filter(({ type }) => type === 'output')
  return {
    resources: inOrder(resources),
    outputs: Object.fromEntries(
      outputs.map(({ labels, attributes }) => [labels[0] ?? '', attributes['value'] ?? nothing])
    ),
    variables: { ...defaultsOf(blocks), ...readVarFiles(varFiles), ...variables },
    providers: era === '1' ? requirementsOf(base, overrides) : []
  }
}

const nothing: Expression = { kind: 'literal', value: null }

function readResource({ labels, attributes, file, line }: Block): TfResource {
  const [type = '', name = ''] = labels
  if (!/^lab_/.test(type)) {
    throw new UserError(
      'findings',
      `Error: Invalid resource type\n\n  on ${file} line ${line}:\n\nThe provider lab does not support resource type "${type}".`,
      {
        hint: 'use the resource types of the lab'
      }
    )
  }
  return { type, name, address: `${type}.${name}`, attributes }
}

function inOrder(resources: readonly TfResource[]): readonly TfResource[] {
  const byAddress = new Map(resources.map(resource => [resource.address, resource]))
  const ordered = new Set<TfResource>()
  const visiting: string[] = []
  const visit = (resource: TfResource): void => {
    if (visiting.includes(resource.address)) throw cycle(visiting)
    visiting.push(resource.address)
    for (const [type = '', name = ''] of Object.values(resource.attributes).flatMap(referencesOf)) {
      if (type === 'var') continue
      const needed = byAddress.get(`${type}.${name}`)
      if (needed === undefined) throw undeclared(`${type}.${name}`)
      if (needed !== resource && !ordered.has(needed)) visit(needed)
    }
    visiting.pop()
    ordered.add(resource)
  }
  resources.forEach(visit)
  return [...ordered]
}

function cycle(addresses: readonly string[]): UserError {
  return new UserError('findings', `Error: Cycle: ${addresses.join(', ')}`, {
    hint: 'let none of these resources refer to another that needs it'
  })
}

export function undeclared(address: string): UserError {
  return new UserError(
    'findings',
    `Error: Reference to undeclared resource\n\nA managed resource "${address}" has not been declared in the root module.`,
    { hint: 'declare the resource, or correct its name' }
  )
}

function referencesOf(expression: Expression): readonly (readonly string[])[] {
  switch (expression.kind) {
    case 'literal':
      return []
    case 'reference':
      return [expression.path]
    case 'template':
      return expression.parts.filter(part => typeof part !== 'string')
    case 'list':
      return expression.items.flatMap(referencesOf)
    case 'map':
      return Object.values(expression.entries).flatMap(referencesOf)
  }
}

function defaultsOf(blocks: readonly Block[]): Readonly<Record<string, TfValue>> {
  const variables = blocks.filter(({ type }) => type === 'variable')
  return Object.fromEntries(
    variables.flatMap(({ labels, attributes }) => {
      const value = attributes['default']
      return value === undefined ? [] : [[labels[0] ?? '', evaluate(value, () => null)]]
    })
  )
}

function readVarFiles(files: readonly string[]): Readonly<Record<string, TfValue>> {
  return Object.assign(
    {},
    ...files.map(file => {
      // A file of variables is the inside of a block.
      const [block] = parseHcl(`vars {\n${readFileSync(file, 'utf8')}\n}`, file)
      const entries = Object.entries(block?.attributes ?? {})
      return Object.fromEntries(entries.map(([name, value]) => [name, evaluate(value, () => null)]))
    })
  ) as Readonly<Record<string, TfValue>>
}

/** The value of an expression, where `lookUp` knows what it refers to. */
export function evaluate(expression: Expression, lookUp: (path: readonly string[]) => TfValue): TfValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'reference':
      return lookUp(expression.path)
    case 'template':
      return expression.parts.map(part => (typeof part === 'string' ? part : textOf(lookUp(part)))).join('')
    case 'list':
      return expression.items.map(item => evaluate(item, lookUp))
    case 'map':
      return Object.fromEntries(
        Object.entries(expression.entries).map(([key, item]) => [key, evaluate(item, lookUp)])
      )
  }
}

function textOf(value: TfValue): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
}
