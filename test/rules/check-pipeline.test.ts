import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { job } from '../../src/concourse/job.ts'
import { pipeline } from '../../src/concourse/pipeline.ts'
import { readPipeline } from '../../src/concourse/read.ts'
import { git, registryImage } from '../../src/concourse/resources.ts'
import { get } from '../../src/concourse/steps.ts'
import { tasksFrom } from '../../src/concourse/task-step.ts'
import { allRules } from '../../src/rules/all-rules.ts'
import { checkPipeline } from '../../src/rules/check-pipeline.ts'
import { deploy, report, sample } from '../concourse/sample.ts'
import { variable } from '../../src/concourse/variable.ts'

it('finds nothing in a pipeline that is right', () => {
  expect(checkPipeline(sample().pipeline)).toEqual([])
})

it('knows what our own tasks take and leave, without their files', () => {
  const image = get(registryImage('toolbox', { repository: 'toolbox', tag: '1' }))
  const programs = get(git('programs', { uri: 'https://git.example.com/p.git' }))
  const task = tasksFrom({ from: programs, images: { toolbox: image } })
  const params = { ENVIRONMENT: 'lab', PASSWORD: variable('password') }
  const deployed = task(deploy, { inputs: { state: programs }, params })
  const reported = task(report, { inputs: { manifest: deployed.outputs.manifest } })
  const findings = (...plan: Parameters<typeof job>[1]) =>
    checkPipeline(pipeline('p', { jobs: [job('j', plan)] }).pipeline).map(
      ({ code, path }) => `${code} ${path}`
    )
  expect(findings(image, programs, deployed, reported)).toEqual([])
  expect(findings(image, programs, reported, deployed)).toEqual([
    'missing-artifact jobs.j.plan[2].task(report)'
  ])
  expect(findings(image, deployed)).toEqual([
    'missing-artifact jobs.j.plan[1].task(deploy).file',
    'missing-artifact jobs.j.plan[1].task(deploy).input_mapping.causeway',
    'missing-artifact jobs.j.plan[1].task(deploy).input_mapping.state'
  ])
})

it('knows every rule that there is', () => {
  const rules = new URL('../../src/rules/', import.meta.url)
  const registry = readFileSync(new URL('all-rules.ts', rules), 'utf8')
  for (const file of readdirSync(rules)) {
    const isRule = /^export const \w+: Rule = /m.test(readFileSync(new URL(file, rules), 'utf8'))
    if (isRule) expect(registry).toContain(`from './${file}'`)
  }
})

it('has one file for each rule, which is called as the rule is', () => {
  for (const { code } of allRules) {
    expect(existsSync(new URL(`../../src/rules/${code}.ts`, import.meta.url)), code).toBe(true)
  }
})

it('tells all that is wrong at once', () => {
  const yaml = `resources: [{name: a, type: git}, {name: a, type: git}, {name: unused, type: git}]
jobs:
- {name: J, plan: [{get: a, timeout: x, attempts: 0}, {get: a, passed: [k]}, {get: c}, {task: t}]}
- name: l
  plan:
  - {task: t, config: {platform: linux, run: {path: x}}, input_mapping: {x: z}, image: z}
  - {get: a, passed: [m]}
- {name: m, plan: []}
`
  const codes = new Set(checkPipeline(readPipeline(yaml, 'p.yml').pipeline).map(({ code }) => code))
  expect([...codes]).toEqual(
    expect.arrayContaining([
      'duplicate-name',
      'invalid-attempts',
      'invalid-duration',
      'invalid-identifier',
      'missing-artifact',
      'passed-without-resource',
      'repeated-get',
      'task-source',
      'unknown-job',
      'unknown-mapping',
      'unknown-resource',
      'unused-resource'
    ])
  )
})
