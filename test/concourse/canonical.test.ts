import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalPipeline } from '../../src/concourse/canonical.ts'
import { writeGoYaml } from '../../src/concourse/go-yaml-writer.ts'
import type { Json, JsonObject } from '../../src/concourse/model.ts'
import { readPipeline } from '../../src/concourse/read.ts'
import { FindingsError } from '../../src/core/finding.ts'
import { dataIn } from './data-in.ts'
import { awkwardPipeline, keptPipeline } from './kept-pipelines.ts'
import { sample } from './sample.ts'

const golden = join(import.meta.dirname, '..', 'golden', 'concourse')

/** The canonical text of a pipeline that is written in YAML; the contract with fly proves the goldens. */
const canonical = (yaml: string) => canonicalPipeline(readPipeline(yaml, 'p.yml').pipeline)
const ofPlan = (plan: string) => canonical(`jobs: [{name: j, plan: [${plan}]}]`)

describe('the canonical form', () => {
  it('of a pipeline is what fly prints', async () => {
    await expect(canonicalPipeline(sample().pipeline)).toMatchFileSnapshot(join(golden, 'canonical.yml'))
  })

  it('of awkward texts is what fly prints', async () => {
    await expect(canonicalPipeline(awkwardPipeline)).toMatchFileSnapshot(join(golden, 'canonical-texts.yml'))
  })

  it('says to a reader what was written', () => {
    // Our reader refuses line separators, which go-yaml writes as they are.
    const read = keptPipeline.filter(value => !/[\u2028\u2029]/.test(JSON.stringify(value)))
    fc.assert(
      fc.property(read, value => {
        const text = canonicalPipeline(value)
        expect(writeGoYaml(dataIn(text) as JsonObject)).toBe(text)
      }),
      { numRuns: 100 }
    )
  })

  it('refuses what Concourse does not keep', () => {
    const pipeline = { resources: [], jobs: [], user_data: { text: '\u007f' } }
    expect(() => canonicalPipeline(pipeline)).toThrow(FindingsError)
  })
})

describe('of a pipeline, Concourse', () => {
  it.each<[string, string, unknown]>([
    [
      'drops what is its default',
      'get: a, trigger: false, passed: [], params: {}, timeout: ""',
      { get: 'a' }
    ],
    ['keeps an empty choice', 'put: a, inputs: []', { put: 'a', inputs: [] }],
    ['trims inputs', 'put: a, inputs: [" a "]', { put: 'a', inputs: ['a'] }],
    ['keeps what a modifier says', 'do: [], attempts: 0, across: []', { do: [], attempts: 0, across: [] }],
    ['writes branches at length', 'in_parallel: [{get: a}]', { in_parallel: { steps: [{ get: 'a' }] } }],
    ['drops tags without a name', 'get: a, tags: ["", b]', { get: 'a', tags: ['b'] }],
    [
      'makes text of params',
      'task: a, file: b, params: {A: 1.10, B: no, C: null, D: [{z: "<", b: 1e3}]}',
      { task: 'a', file: 'b', params: { A: '1.1', B: 'false', C: '', D: '[{"b":1000,"z":"\\u003c"}]' } }
    ],
    [
      'names the image, and makes bytes of memory',
      'task: a, config: {platform: linux, image_resource: {type: r}, container_limits: {cpu: 0, memory: 2kb}, run: {}}',
      {
        task: 'a',
        config: {
          platform: 'linux',
          image_resource: { name: '', type: 'r', source: null },
          container_limits: { cpu: 0, memory: 2048 }
        }
      }
    ],
    [
      'adds the path of a program',
      'task: a, config: {platform: linux, run: {args: []}}',
      { task: 'a', config: { platform: 'linux', run: { path: '' } } }
    ]
  ])('%s', (_, plan, expected) => {
    expect(dataIn(ofPlan(`{${plan}}`))).toEqual({ jobs: [{ name: 'j', plan: [expected as Json] }] })
  })

  it.each([
    ['1m', '1m0s'],
    ['90s', '1m30s'],
    ['36h', '36h0m0s'],
    ['1.5h', '1h30m0s'],
    ['100ms', '100ms'],
    ['1500us', '1.5ms'],
    ['7ns', '7ns'],
    ['-2m', '-2m0s'],
    ['0s', ''],
    ['never', 'never'],
    ['((every))', '((every))']
  ])('writes the interval %s as %j', (written, expected) => {
    const text = canonical(`resources: [{name: a, type: b, check_every: ${written}}]\njobs: []`)
    const resource = { name: 'a', type: 'b', source: null, check_every: expected }
    expect(dataIn(text)).toEqual({ resources: [resource] })
  })
})
