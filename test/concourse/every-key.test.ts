import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { jsonSchema } from '../../src/concourse/json-schema.ts'
import type { JsonObject } from '../../src/concourse/model.ts'
import { objectsIn } from '../../src/concourse/objects-in.ts'
import { inspectPipeline, readPipeline } from '../../src/concourse/read.ts'
import { renderPipeline } from '../../src/concourse/render.ts'
import { pipeline as pipelineShape } from '../../src/concourse/schema-pipeline.ts'
import { coreForms, modifierRows } from '../../src/concourse/shape-step.ts'
import { coreOrder } from '../../src/concourse/step-findings.ts'
import { writeYaml } from '../../src/concourse/yaml-writer.ts'
import { dataIn } from './data-in.ts'
import { allRows, sampleOf } from './schema-rows.ts'

const isValid = new Ajv({ strict: true }).compile(jsonSchema())

/** Keys without which the map is no step at all. */
const stepKeys: readonly string[] = coreOrder.map(key => `${key} step.${key}`)

const rows = allRows().map(placed => ({ ...placed, name: `${placed.of}.${placed.row.key}` }))

it('are all that the tables have', () => {
  const tables = [...coreForms.flatMap(core => core.rows), ...modifierRows].map(row => row.form)
  const objects = objectsIn([pipelineShape.form, ...tables]).flatMap(({ name, keys }) =>
    keys.map(({ key }) => `${name}.${key}`)
  )
  const steps = coreForms.flatMap(core => core.rows.map(({ key }) => `${core.kind} step.${key}`))
  const names = rows.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining([...objects, ...steps]))
  expect(names).toHaveLength(objects.length + steps.length + modifierRows.length)
})

describe.each(rows)('$name', ({ name, row, beside, within }) => {
  const value = sampleOf(row.form, { get: 'a' }) as JsonObject
  const withKey = within({ ...beside, [row.key]: value })

  it('is read', () => {
    const { pipeline, warnings } = readPipeline(writeYaml(withKey), 'p.yml')
    expect(warnings.filter(({ code }) => code !== 'deprecated-key')).toEqual([])
    const { value: without, findings } = inspectPipeline(writeYaml(within(beside)), 'p.yml')
    if (!row.isRequired || row.default !== undefined) expect(without).not.toEqual(pipeline)
    else if (stepKeys.includes(name)) expect(findings[0]?.code).toMatch(/^(no-core|unknown)-step$/)
    else expect(findings[0]?.code).toBe('missing-key')
  })

  it('is rendered as it was read', () => {
    const { pipeline } = readPipeline(writeYaml(withKey), 'p.yml')
    const rendered = dataIn(renderPipeline(pipeline, { source: 'p.ts' }))
    expect(rendered).toEqual({ resources: [], ...withKey })
  })

  it('is in the JSON Schema', () => {
    expect(isValid(withKey), JSON.stringify(isValid.errors)).toBe(true)
  })

  it('is refused where it is misspelt, with the right key as a hint', () => {
    const misspelt = `${row.key}${row.key.at(-1) ?? ''}`
    const data = within({ ...beside, [misspelt]: value })
    const { findings } = inspectPipeline(writeYaml(data), 'p.yml')
    const code = stepKeys.includes(name) ? 'unknown-step' : 'unknown-key'
    expect(findings).toContainEqual(expect.objectContaining({ code, hint: `write ${row.key}` }))
    expect(isValid(data)).toBe(false)
  })
})
