import fc from 'fast-check'
import { readPipeline } from '../../src/concourse/read.ts'
import { drawingOf, type Drawing } from '../../src/graph/drawing.ts'
import { pipelineGraph, type PipelineGraph } from '../../src/graph/pipeline-graph.ts'

/** Every kind of edge, steps in every nesting, two groups that overlap, a pattern, and names that the pipeline lacks. */
export const sampleYaml = `
groups:
- {name: all, jobs: ["*"]}
- {name: test, jobs: [unit, "deploy-*"]}
- {name: ship, jobs: [ship, deploy-lab]}
resources:
- {name: repo, type: git, source: {uri: x}}
- {name: ci, type: git, source: {uri: x}}
- {name: release, type: s3, source: {}}
- {name: pool, type: pool, source: {}}
- {name: unused, type: git, source: {uri: x}}
jobs:
- name: unit
  plan:
  - in_parallel: [{get: repo, trigger: true}, {get: ci}]
  on_failure: {put: pool}
- name: deploy-lab
  plan:
  - do: [{get: repo, passed: [unit], trigger: true}, {get: source, resource: ci, passed: [unit]}]
  - try: {put: result, resource: release}
    ensure: {put: pool, params: {release: pool}}
- name: deploy-play
  plan: [{get: repo, passed: [unit]}, {get: ci}]
- name: ship
  plan:
  - {get: repo, passed: ["deploy-*", gone], trigger: true}
  - {get: ci, passed: [deploy-lab]}
  - {get: ci}
  - {put: nowhere}
- {name: alone, plan: []}
`

export function graphOf(yaml: string): PipelineGraph {
  return pipelineGraph(readPipeline(yaml, 'pipeline.yml').pipeline)
}

export const sampleGraph = (): PipelineGraph => graphOf(sampleYaml)

export const sampleDrawing = (): Drawing => drawingOf(sampleGraph(), 'sample')

/** Names as nobody should have them: words and marks of the formats, other scripts, nothing at all. */
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    ...[
      'end',
      'graph',
      'subgraph',
      'node',
      'a-b',
      'a_b',
      '"',
      '\\',
      '\\N',
      '&amp;',
      '#35;',
      '`x`',
      '<b>',
      ']]>'
    ],
    ...['-->', '%%', 'x\ny', '\u0000', '\ud800', '\u202e', '日本語', '*', '1. x', '']
  )
)

/** Graphs whose jobs may pass to themselves and in circles; the first names are used again and again. */
export const anyGraph: fc.Arbitrary<PipelineGraph> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 12 })
  .chain(names => {
    const one = fc.constantFrom(...names)
    const passes = fc.record({ name: one, trigger: fc.boolean() })
    return fc.record({
      groups: fc.array(fc.record({ name, jobs: fc.uniqueArray(one) }), { maxLength: 12 }),
      resources: fc.constant([]),
      jobs: fc.constant(names.map((job, index) => ({ name: job, place: places[index % 5] ?? 'inside' }))),
      gets: fc.array(fc.record({ resource: name, job: one, trigger: fc.boolean() }), { maxLength: 12 }),
      puts: fc.array(fc.record({ job: one, resource: name }), { maxLength: 12 }),
      passes: fc.uniqueArray(
        fc.record({ from: one, to: one, resources: fc.array(passes, { minLength: 1, maxLength: 9 }) }),
        { maxLength: 20, selector: ({ from, to }) => JSON.stringify([from, to]) }
      )
    })
  })

const places = ['inside', 'inside', 'inside', 'outside', 'unknown'] as const
