import { expect, it } from 'vitest'
import { repeatedSetPipeline } from '../../src/rules/repeated-set-pipeline.ts'
import { setPipelineSelf } from '../../src/rules/set-pipeline-self.ts'
import { found, plan } from './found.ts'

it.each<[string, boolean]>([
  ['{set_pipeline: a, file: r/a.yml}, {set_pipeline: a, file: r/a.yml}', false],
  ['{set_pipeline: a, file: r/a.yml}, {set_pipeline: b, file: r/b.yml}', false],
  ['{set_pipeline: a, file: r/a.yml}, {set_pipeline: a, file: r/b.yml, team: t}', false],
  [
    '{set_pipeline: a, file: r/a.yml, instance_vars: {x: 1}}, {set_pipeline: a, file: r/b.yml, instance_vars: {x: 2}}',
    false
  ],
  ['{set_pipeline: a, file: r/a.yml}, {set_pipeline: a, file: r/((f)).yml}', false],
  ['{set_pipeline: ((p)), file: r/a.yml}, {set_pipeline: ((p)), file: r/b.yml}', false],
  ['{set_pipeline: a, file: r/a.yml}, {set_pipeline: a, file: r/b.yml}', true],
  [
    '{set_pipeline: a, file: r/a.yml, vars: {x: 1, z: 2}}, {set_pipeline: a, file: r/a.yml, vars: {z: 2, x: 1}}',
    false
  ],
  ['{set_pipeline: a, file: r/a.yml}, {set_pipeline: a, file: r/a.yml, vars: {x: 1}}', true],
  ['{set_pipeline: self, file: r/a.yml}, {set_pipeline: self, team: t, file: r/b.yml}', true],
  [
    '{set_pipeline: a, file: r/a.yml, instance_vars: {x: {z: 1, w: 2}}}, {set_pipeline: a, file: r/b.yml, instance_vars: {x: {w: 2, z: 1}}}',
    true
  ]
])('judges two steps that set pipelines: %s', (steps, isFound) => {
  const findings = found(repeatedSetPipeline, plan(steps)).map(finding =>
    finding.split(' ').slice(0, 2).join(' ')
  )
  expect(findings).toEqual(isFound ? ['warning repeated-set-pipeline'] : [])
})

it('finds what self drops', () => {
  const yaml = plan(
    '{set_pipeline: self, file: r/a.yml, vars: {x: 1}}, {set_pipeline: self, file: r/a.yml, team: t, instance_vars: {x: 1}}, {set_pipeline: a, file: r/a.yml, team: t}'
  )
  expect(found(setPipelineSelf, yaml)).toEqual([
    'warning set-pipeline-self jobs.j.plan[1].set_pipeline(self).team',
    'warning set-pipeline-self jobs.j.plan[1].set_pipeline(self).instance_vars'
  ])
})
