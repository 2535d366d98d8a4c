import { Ajv, type AnySchema } from 'ajv'
import { expect, it } from 'vitest'
import { CommandLine } from './command-line.ts'

const validates = (schema: string, data: unknown) =>
  new Ajv({ strict: true }).compile(JSON.parse(schema) as AnySchema)(data)

it('prints the JSON Schema of a pipeline', async () => {
  const { code, out } = await (await CommandLine.open()).run('schema')
  expect(code).toBe(0)
  expect(validates(out, { jobs: [{ name: 'a', plan: [{ get: 'b', trigger: true }] }] })).toBe(true)
  expect(validates(out, { jobs: [{ name: 'a', plan: [{ get: 'b', triger: true }] }] })).toBe(false)
})

it('prints that of a task file, and for an older release', async () => {
  const { out } = await (await CommandLine.open()).run('schema', '--of', 'task', '--target', '8.1')
  const cached = (cache: object) => ({ platform: 'linux', caches: [{ path: 'a', ...cache }] })
  expect(validates(out, cached({}))).toBe(true)
  expect(validates(out, cached({ ttl: '1h' }))).toBe(false)
})

it('refuses a release that it knows nothing of', async () => {
  const { code, err } = await (await CommandLine.open()).run('schema', '--target', '9.9')
  expect(code).toBe(2)
  expect(err).toContain('target')
})
