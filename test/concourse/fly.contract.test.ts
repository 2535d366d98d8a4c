import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/concourse/model.ts'
import { readPipeline } from '../../src/concourse/read.ts'
import { renderPipeline } from '../../src/concourse/render.ts'
import { resolvePlain } from '../../src/concourse/yaml-scalar.ts'
import { FindingsError } from '../../src/core/finding.ts'
import { checkPipeline } from '../../src/rules/check-pipeline.ts'
import { awkwardTexts, unkeptTexts } from './awkward.ts'
import { plainScalars } from './plain-scalars.ts'
import { sample } from './sample.ts'

const fly = process.env['CAUSEWAY_REAL_FLY'] ?? ''

describe.skipIf(fly === '')('fly (needs CAUSEWAY_REAL_FLY, the path of a fly of concourse v8)', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'causeway-fly-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function written(yaml: string): string {
    const file = join(folder, 'pipeline.yml')
    writeFileSync(file, yaml)
    return file
  }

  /** The source of the first resource as fly reads it. */
  function sourceByFly(yaml: string): JsonObject | undefined {
    const formatted = execFileSync(fly, ['format-pipeline', '-c', written(yaml)], { encoding: 'utf8' })
    return readPipeline(formatted, 'formatted.yml').pipeline.resources[0]?.source
  }

  function flyAccepts(yaml: string): boolean {
    return spawnSync(fly, ['validate-pipeline', '--strict', '-c', written(yaml)]).status === 0
  }

  function weAccept(yaml: string): boolean {
    try {
      return checkPipeline(readPipeline(yaml, 'p.yml').pipeline).length === 0
    } catch (thrown) {
      if (thrown instanceof FindingsError) return false
      throw thrown
    }
  }

  it('accepts what is rendered', () => {
    expect(flyAccepts(renderPipeline(sample().pipeline, { source: 'pipelines/sample.ts' }))).toBe(true)
  })

  it('reads awkward texts as they were, as values, items and keys', () => {
    // fly writes line separators as they are, which our reader refuses.
    const texts = awkwardTexts.filter(text => text !== '<<' && !/[\u2028\u2029]/.test(text))
    const source = Object.fromEntries(texts.map(text => [text, [text, { [text]: text }]]))
    const pipeline = { resources: [{ name: 'a', type: 'b', source }], jobs: [{ name: 'j', plan: [] }] }
    expect(sourceByFly(renderPipeline(pipeline, { source: 'p.ts' }))).toEqual(source)
  })

  it.each(unkeptTexts)('does not keep %j', text => {
    const value = { resources: [{ name: 'a', type: 'b', source: { text } }], jobs: [{ name: 'j', plan: [] }] }
    expect(() => renderPipeline(value, { source: 'p.ts' })).toThrow(FindingsError)
    const escaped = JSON.stringify(text).replace(
      /[\u007f-\uffff]/g,
      c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
    )
    const yaml = `resources: [{name: a, type: b, source: {text: ${escaped}}}]\njobs: [{name: j, plan: []}]\n`
    const { status, stdout } = spawnSync(fly, ['format-pipeline', '-c', written(yaml)], { encoding: 'utf8' })
    expect(status === 0 && stdout.includes(text.trim())).toBe(false)
  })

  it('takes unquoted scalars for what our reader takes them', () => {
    const finite = plainScalars.filter(text => !/inf|nan/i.test(text) && text !== '-')
    const lines = finite.map((text, index) => `      k${index}: ${text}\n`)
    const yaml = `resources:\n  - name: a\n    type: b\n    source:\n${lines.join('')}jobs:\n  - {name: j, plan: []}\n`
    const source = sourceByFly(yaml.replaceAll(/: (-?[0-9]{19,}|0x[0-9A-F]{16,})\n/g, ': ""\n'))
    for (const [index, text] of finite.entries()) {
      if (source?.[`k${index}`] !== '') expect(source?.[`k${index}`], text).toBe(resolvePlain(text))
    }
  })

  it.each<[string, string]>([
    ['a good one', 'jobs: [{name: j, plan: [{get: a}]}]'],
    ['a name in numbers, which becomes text', 'jobs: [{name: j, old_name: 5, plan: [{get: a}]}]'],
    ['no core step', 'jobs: [{name: j, plan: [{get: a}, {attempts: 1}]}]'],
    ['an unknown step', 'jobs: [{name: j, plan: [{get: a}, {tsk: b}]}]'],
    ['an unknown key of a step', 'jobs: [{name: j, plan: [{get: a, triger: true}]}]'],
    ['an unknown key of a job', 'jobs: [{name: j, plan: [{get: a}], serail: true}]'],
    ['two steps in one', 'jobs: [{name: j, plan: [{get: a, task: b, file: c/d}]}]'],
    ['an empty hook', 'jobs: [{name: j, plan: [{get: a, ensure: ~}]}]'],
    ['an empty hook of a job', 'jobs: [{name: j, plan: [{get: a}], ensure: ~}]'],
    ['text for a boolean', 'jobs: [{name: j, plan: [{get: a, trigger: "yes"}]}]'],
    ['a YAML 1.1 boolean', 'jobs: [{name: j, plan: [{get: a, trigger: yes}]}]'],
    ['an unknown resource', 'jobs: [{name: j, plan: [{get: a}, {get: b}]}]'],
    ['an unused resource', 'jobs: [{name: j, plan: []}]'],
    ['an unknown job', 'jobs: [{name: j, plan: [{get: a, passed: [k]}]}]'],
    [
      'a pattern of jobs',
      'jobs: [{name: j1, plan: [{get: a}]}, {name: k, plan: [{get: a, passed: ["j[0-9]"]}]}]'
    ],
    [
      'a passed without the resource',
      'jobs: [{name: j, plan: []}, {name: k, plan: [{get: a, passed: [j]}]}]'
    ],
    ['a get twice', 'jobs: [{name: j, plan: [{get: a}, {try: {get: a}}]}]'],
    ['two jobs of one name', 'jobs: [{name: j, plan: [{get: a}]}, {name: j, plan: []}]'],
    ['no try', 'jobs: [{name: j, plan: [{get: a, attempts: 0}]}]'],
    ['a time-out of do that is none', 'jobs: [{name: j, plan: [{do: [{get: a}], timeout: 1d}]}]'],
    ['a task without a config', 'jobs: [{name: j, plan: [{get: a}, {task: t}]}]'],
    ['a name that will not do', 'jobs: [{name: J, plan: [{get: a}]}]'],
    ['a key twice', 'jobs: [{name: j, name: k, plan: [{get: a}]}]']
  ])('agrees with us on %s', (_, jobs) => {
    const yaml = `resources: [{name: a, type: git}]\n${jobs}\n`
    expect(weAccept(yaml)).toBe(flyAccepts(yaml))
  })
})
