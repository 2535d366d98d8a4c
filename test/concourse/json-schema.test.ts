import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonSchema, type JsonSchemaOptions } from '../../src/concourse/json-schema.ts'
import type { Json } from '../../src/concourse/model.ts'
import { inspectPipeline } from '../../src/concourse/read.ts'
import { renderPipeline, renderTaskConfig } from '../../src/concourse/render.ts'
import { taskConfig as taskConfigShape } from '../../src/concourse/schema-task.ts'
import type { TaskConfig } from '../../src/concourse/model.ts'
import { writeYaml } from '../../src/concourse/yaml-writer.ts'
import { arbitraryOf } from './arbitrary-form.ts'
import { dataIn } from './data-in.ts'
import { pipeline } from './pipelines.ts'

function validator(options?: JsonSchemaOptions): (data: unknown) => readonly string[] {
  const validate = new Ajv({ strict: true }).compile(jsonSchema(options))
  return data => {
    validate(data)
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
  }
}

const errorsIn = validator()
const withPlan = (...plan: readonly Json[]): Json => ({ jobs: [{ name: 'j', plan }] })

const golden = join(import.meta.dirname, '..', 'golden')

function goldens(folder: string): string[] {
  return readdirSync(join(golden, folder), { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.yml')
  )
}

describe('the JSON Schema of a pipeline', () => {
  it.each(goldens('pipelines'))('takes the emitted %s', name => {
    expect(errorsIn(dataIn(readFileSync(join(golden, 'pipelines', name), 'utf8')))).toEqual([])
  })

  it('takes all that is rendered', () => {
    fc.assert(
      fc.property(pipeline, value => {
        expect(errorsIn(dataIn(renderPipeline(value, { source: 'p.ts' })))).toEqual([])
      }),
      { numRuns: 300 }
    )
  })

  it.each([
    [
      'a key without a value',
      withPlan({ get: 'a', params: null, passed: null, trigger: null, version: null })
    ],
    ['an object without a value', withPlan({ task: 'a', config: null, container_limits: null })],
    ['keys that hold anchors', { 'x-a': 1, '.b': [], jobs: [] }],
    ['free-form data', { jobs: [], user_data: { any: [{ thing: null }] } }],
    ['a pinned version', withPlan({ get: 'a', version: { ref: 'b' } })],
    ['branches with a limit', withPlan({ in_parallel: { limit: 1, steps: [{ get: 'a' }] } })],
    [
      'a memory limit',
      withPlan({ task: 'a', config: { platform: 'linux', container_limits: { memory: '1GB' } } })
    ]
  ])('takes %s, as the reader does', (_, data) => {
    expect(errorsIn(data)).toEqual([])
    expect(
      inspectPipeline(writeYaml(data as never), 'p.yml').findings.filter(f => f.severity === 'error')
    ).toEqual([])
  })

  it.each([
    ['nothing', null],
    ['no jobs', {}],
    ['an unknown key', { jobs: [], anchors: {} }],
    ['a step without a value', withPlan(null)],
    ['no step', withPlan({ timeout: '1h' })],
    ['two steps in one', withPlan({ get: 'a', put: 'a' })],
    ['two steps in one of in_parallel', withPlan({ in_parallel: [{ get: 'a', put: 'a' }] })],
    ['fail_fast without across', withPlan({ do: [], fail_fast: true })],
    ['a hook without a step', withPlan({ get: 'a', ensure: null })],
    ['a word for a number', withPlan({ get: 'a', attempts: 'two' })],
    ['a version that is none', withPlan({ get: 'a', version: 'newest' })],
    ['a number for a version', withPlan({ get: 'a', version: { ref: 1 } })],
    [
      'a memory limit of no unit',
      withPlan({ task: 'a', config: { platform: 'linux', container_limits: { memory: '1.5GB' } } })
    ],
    [
      'a misspelt input',
      withPlan({ task: 'a', config: { platform: 'linux', inputs: [{ name: 'a', optinal: true }] } })
    ]
  ])('refuses %s, as the reader does', (_, data) => {
    expect(errorsIn(data)).not.toEqual([])
    expect(inspectPipeline(writeYaml((data ?? {}) as never), 'p.yml').findings).not.toEqual([])
  })

  it('tells of a misspelt key alone, however deep it stands', () => {
    const errors = errorsIn(withPlan({ in_parallel: [{ do: [{ get: 'a', triger: true }] }] }))
    expect(errors[0]).toBe('/jobs/0/plan/0/in_parallel/0/do/0 must NOT have additional properties')
    expect(errors.slice(1).filter(error => !error.includes('must match "then" schema'))).toEqual([])
  })

  it('leaves out what the target does not know', () => {
    const ofOld = validator({ target: '7.4' })
    expect(ofOld(withPlan({ task: 'a', file: 'b' }))).toEqual([])
    expect(ofOld(withPlan({ task: 'a', file: 'b', hermetic: true }))).not.toEqual([])
    expect(ofOld({ jobs: [], prototypes: [] })).toEqual([])
    expect(validator({ target: '5.0' })(withPlan({ load_var: 'a', file: 'b' }))).not.toEqual([])
  })
})

describe('the JSON Schema of a task file', () => {
  const errorsInTask = validator({ of: 'task' })

  it.each(goldens('tasks'))('takes the emitted %s', name => {
    expect(errorsInTask(dataIn(readFileSync(join(golden, 'tasks', name), 'utf8')))).toEqual([])
  })

  it('takes all that is rendered', () => {
    const config = arbitraryOf(taskConfigShape.form, fc.constant(null)) as fc.Arbitrary<TaskConfig>
    fc.assert(
      fc.property(config, value => {
        expect(errorsInTask(dataIn(renderTaskConfig(value, { source: 'p.ts' })))).toEqual([])
      })
    )
  })

  it.each([
    ['no platform', {}],
    ['a pipeline', { jobs: [] }],
    ['a key that holds an anchor', { platform: 'linux', 'x-a': 1 }],
    ['a misspelt argument', { platform: 'linux', run: { path: 'a', arg: [] } }]
  ])('refuses %s', (_, data) => {
    expect(errorsInTask(data)).not.toEqual([])
  })
})
