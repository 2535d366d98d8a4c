import { expect, it } from 'vitest'
import { job } from '../../src/concourse/job.ts'
import { pipeline } from '../../src/concourse/pipeline.ts'
import { git, registryImage } from '../../src/concourse/resources.ts'
import { get, put } from '../../src/concourse/steps.ts'
import { tasksFrom } from '../../src/concourse/task-step.ts'
import { Duration } from '../../src/core/duration.ts'
import { checkPipeline } from '../../src/rules/check-pipeline.ts'
import { selfTrigger } from '../../src/rules/self-trigger.ts'
import { stateNotEnsured } from '../../src/rules/state-not-ensured.ts'
import { triggerOnState } from '../../src/rules/trigger-on-state.ts'
import { found, plan } from './found.ts'

const resources = 'resources: [{name: state, type: git}, {name: files, type: s3}, {name: ci, type: git}]'

const put0 = '{put: state, params: {repository: new, rebase: true}}'
const pave = (more: string) =>
  `{task: pave, config: {platform: linux, outputs: [{name: new}], run: {path: a}}${more}}`

const at = (steps: string, options = {}) => found(stateNotEnsured, plan(steps, resources), options)

it.each<[string, string]>([
  ['in the ensure of the task', `{get: state}, ${pave(`, ensure: ${put0}`)}`],
  ['in an ensure round the task', `{get: state}, {do: [${pave('')}], ensure: {do: [{get: ci}, ${put0}]}}`],
  ['in an ensure, and after it again', `{get: state}, ${pave(`, ensure: ${put0}`)}, ${put0}`],
  ['for the first time', `${pave('')}, ${put0}`],
  ['as it was fetched', `{get: state}, {put: state, params: {repository: state}}`],
  ['and is none by its name', `{get: ci}, ${pave('')}, {put: ci, params: {repository: new}}`],
  ['from where a var says', `{get: state}, ${pave('')}, {put: state, params: {repository: ((dir))}}`],
  ['of another resource', `{get: ci}, ${pave('')}, ${put0}`]
])('takes state that is put %s', (_, steps) => {
  expect(at(steps)).toEqual([])
})

it.each<[string, string, string]>([
  ['in the plan', `{get: state}, ${pave('')}, ${put0}`, '[2].put(state)'],
  [
    'on success and failure',
    `{get: state}, ${pave(`, on_success: ${put0}, on_failure: ${put0}`)}`,
    '[1].on_success.put(state)'
  ],
  [
    'in the ensure of a later step',
    `{get: state}, ${pave('')}, {get: ci, ensure: ${put0}}`,
    '[2].ensure.put(state)'
  ],
  [
    'by a mapping',
    `{get: s, resource: state}, {task: pave, file: ci/pave.yml, output_mapping: {out: new}}, ${put0}`,
    '[2].put(state)'
  ],
  [
    'by a task that is not at hand',
    `{get: state}, {task: pave, file: ci/pave.yml}, ${put0}`,
    '[2].put(state)'
  ],
  ['as a file', `{get: files}, ${pave('')}, {put: files, params: {file: new/lab.tfstate}}`, '[2].put(files)']
])('finds state that is put only %s', (_, steps, place) => {
  expect(at(steps)).toEqual([`warning state-not-ensured jobs.j.plan${place}`])
})

it('looks at the ensure of the job, and at the task file', () => {
  const taskFile = () => ({ platform: 'linux', outputs: [{ name: 'new' }], run: { path: 'x' } }) as const
  const yaml = (hook: string) => `${resources}
jobs: [{name: j, plan: [{get: state}, {task: pave, file: ci/pave.yml}], ${hook}: ${put0}}]
`
  expect(found(stateNotEnsured, yaml('ensure'), { taskFile })).toEqual([])
  expect(found(stateNotEnsured, yaml('on_success'), { taskFile })).toEqual([
    'warning state-not-ensured jobs.j.on_success.put(state)'
  ])
})

it('is sure of a task of our own that changes what it takes', () => {
  const [code, image, state] = [
    git('causeway', { uri: 'https://git.example.com/c.git' }),
    registryImage('toolbox', { repository: 'toolbox', tag: '1' }),
    git('state', { uri: 'https://git.example.com/state.git', branch: 'lab' })
  ]
  const inputs = { causeway: get(code), toolbox: get(image), state: get(state) }
  const task = tasksFrom({ from: inputs.causeway, images: { toolbox: inputs.toolbox } })
  const step = task(
    {
      name: 'pave',
      doc: 'Paves.',
      image: 'toolbox',
      inputs: { state: { doc: 'State.' } },
      outputs: { state: { doc: 'State.' } },
      params: {},
      timeout: Duration.hours(1)
    },
    { inputs: { state: inputs.state } }
  )
  const plan = [...Object.values(inputs), step, put(state, { params: { repository: 'state' } })]
  const findings = checkPipeline(pipeline('p', { jobs: [job('j', plan)] }).pipeline, {
    rules: [stateNotEnsured]
  })
  expect(findings.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
    'error jobs.j.plan[4].put(state)'
  ])
})

it.each<[string, string, boolean]>([
  ['any change', 'trigger: true', true],
  ['what has passed', 'trigger: true, passed: [pave]', false],
  ['nothing', 'trigger: false', false]
])('looks at a job that starts on %s of state', (_, more, isFound) => {
  const yaml = `${resources}
jobs:
- {name: pave, plan: [{get: state}, ${pave(`, ensure: ${put0}`)}]}
- {name: deploy, plan: [{get: state, ${more}}, {get: ci, trigger: true}, {get: files, trigger: true}]}
`
  expect(found(triggerOnState, yaml)).toEqual(
    isFound ? ['warning trigger-on-state jobs.deploy.plan[0].get(state).trigger'] : []
  )
})

const uri = 'uri: "https://git.example.com/app.git"'

it.each<[string, string, string, string, boolean]>([
  ['its own push', `${uri}, branch: main`, '', 'repository: app', true],
  ['a push that another job has to pass', `${uri}, branch: main`, 'passed: [j]', 'repository: app', false],
  ['some files', `${uri}, branch: main, paths: [src]`, '', 'repository: app', false],
  ['all but some files', `${uri}, branch: main, ignore_paths: [VERSION]`, '', 'repository: app', false],
  ['tags', `${uri}, branch: main, tag_filter: "v*"`, '', 'repository: app', false],
  ['commits, and pushes a tag', `${uri}, branch: main`, '', 'repository: app, only_tag: true', false],
  ['commits of any branch', uri, '', 'repository: app', false],
  [
    'commits, and pushes to another branch',
    `${uri}, branch: main`,
    '',
    'repository: app, branch: next',
    false
  ]
])('looks at a job that starts on %s', (_, source, more, params, isFound) => {
  const steps = `{get: app, trigger: true, ${more}}, {put: app, params: {${params}}}`
  const yaml = plan(steps, `resources: [{name: app, type: git, source: {${source}}}]`)
  expect(found(selfTrigger, yaml)).toEqual(
    isFound ? ['warning self-trigger jobs.j.plan[0].get(app).trigger'] : []
  )
})

it('knows two resources of one branch, and of two', () => {
  const yaml = (branch: string) =>
    plan(
      '{get: app, trigger: true}, {put: push, params: {repository: app}}',
      `resources: [{name: app, type: git, source: {${uri}, branch: main}}, {name: push, type: git, source: {${uri}, branch: ${branch}}}]`
    )
  expect(found(selfTrigger, yaml('main'))).toHaveLength(1)
  expect(found(selfTrigger, yaml('next'))).toEqual([])
})
