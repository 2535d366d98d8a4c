import { readFileSync } from 'node:fs'
import { Ajv, type SchemaObject } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { expect, it } from 'vitest'

const env = new URL('../../env/', import.meta.url)

function schemaOf(file: string): SchemaObject {
  return JSON.parse(readFileSync(new URL(file, env), 'utf8')) as SchemaObject
}

const environment = schemaOf('environment.schema.json')
const versionSet = schemaOf('version-set.schema.json')
const watchers = schemaOf('watchers.schema.json')

it('the validators are those of the schemas: run `npm run test:update` after a change of a schema', async () => {
  const ajv = new Ajv({
    schemas: [environment, versionSet, watchers],
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    useDefaults: true,
    code: { source: true, esm: true, lines: true }
  })
  const code = standalone.default(ajv, {
    validateRecord: String(environment['$id']),
    validateVersionSet: String(versionSet['$id']),
    validateWatchers: String(watchers['$id'])
  })
  const header = [
    '// Generated from env/*.schema.json by ajv, so that reading a record costs no compilation: do not edit.',
    '// After a change of a schema: npm run test:update',
    '// @ts-nocheck'
  ]
  expect(code, 'a keyword that needs code of ajv at run time').not.toMatch(/\brequire\(/)
  await expect(`${header.join('\n')}\n${code}\n`).toMatchFileSnapshot(
    '../../src/environment/validators.generated.ts'
  )
})

it.each([
  ['environment.schema.json', environment],
  ['version-set.schema.json', versionSet],
  ['watchers.schema.json', watchers]
])(
  '%s: every key has a description, objects are closed, and texts with a pattern show an example',
  (_, schema) => {
    const problems: string[] = []
    walk(schema, '', (node, path) => {
      if (typeof node['description'] !== 'string') problems.push(`${path}: no description`)
      if (node['type'] === 'object' && node['additionalProperties'] === undefined)
        problems.push(`${path}: open`)
      const shown = node['examples'] !== undefined || node['default'] !== undefined
      if (node['pattern'] !== undefined && !shown) problems.push(`${path}: no example`)
      const required = (node['required'] ?? []) as string[]
      for (const [key, property] of Object.entries(
        (node['properties'] ?? {}) as Record<string, SchemaObject>
      )) {
        const says = String(property['description']).includes('@default')
        const isOptional = !required.includes(key)
        if (isOptional && property['default'] === undefined && !says)
          problems.push(`${path}.${key}: no default`)
      }
    })
    expect(problems).toEqual([])
  }
)

function walk(schema: SchemaObject, path: string, visit: (node: SchemaObject, path: string) => void): void {
  visit(schema, path)
  const properties = (schema['properties'] ?? {}) as Record<string, SchemaObject>
  for (const [key, property] of Object.entries(properties)) walk(property, `${path}.${key}`, visit)
  for (const key of ['items', 'additionalProperties']) {
    const inner: unknown = schema[key]
    if (typeof inner === 'object' && inner !== null) walk(inner, `${path}.${key}`, visit)
  }
}
