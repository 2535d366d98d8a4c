import { expect, it } from 'vitest'
import type { GetStep, Job, TaskRun, TaskStep } from '../../src/concourse/model.ts'
import { across } from '../../src/concourse/across.ts'
import { job } from '../../src/concourse/job.ts'
import { pipeline } from '../../src/concourse/pipeline.ts'
import { jobNamed, resourceNamed } from '../../src/concourse/reference.ts'
import { git, registryImage, resource, time } from '../../src/concourse/resources.ts'
import type { TaskSignature } from '../../src/concourse/signature.ts'
import { attempt, get, inOrder, inParallel, put } from '../../src/concourse/steps.ts'
import { tasksFrom } from '../../src/concourse/task-step.ts'
import { task as taskStep } from '../../src/concourse/task.ts'
import { loadVar, setPipeline } from '../../src/concourse/var-steps.ts'
import { localVariable, variable } from '../../src/concourse/variable.ts'
import { Duration } from '../../src/core/duration.ts'
import { deploy, report } from './sample.ts'

// The compiler runs this test: each line below an expectation must not compile. Nothing of it is ever called.

const repo = git('repo', { uri: 'https://git.example.com/repo.git' })
const image = get(registryImage('toolbox', { repository: 'toolbox', tag: '1' }))
const source = get(repo)
const task = tasksFrom({ from: source, images: { toolbox: image } })
const params = { ENVIRONMENT: 'lab', PASSWORD: variable('password') }

export function inputsOfTasks(): void {
  task(deploy, { inputs: { state: source }, params })
  task(deploy, { inputs: { state: source, extras: image }, params })
  // @ts-expect-error The input is missing.
  task(report)
  // @ts-expect-error The input is missing.
  task(report, {})
  // @ts-expect-error One of two is missing.
  task(deploy, { inputs: { extras: source }, params })
  // @ts-expect-error The input is misspelt.
  task(report, { inputs: { manifst: source } })
  // @ts-expect-error An input is an artifact, not a name.
  task(report, { inputs: { manifest: 'manifest' } })
  // @ts-expect-error A put without its get leaves no artifact.
  task(report, { inputs: { manifest: put(repo, { noGet: true }) } })
}

export function paramsOfTasks(): void {
  const inputs = { state: source }
  task(deploy, {
    inputs,
    params: { ...params, MODE: 'fast', COUNT: 2, DRY: true, OPS: ['a'], NOTE: variable('note') }
  })
  // @ts-expect-error A param that must be given is missing.
  task(deploy, { inputs, params: { PASSWORD: variable('password') } })
  // @ts-expect-error All of them are missing.
  task(deploy, { inputs })
  // @ts-expect-error The param is misspelt.
  task(deploy, { inputs, params: { ...params, ENVIROMENT: 'lab' } })
  // @ts-expect-error A secret stands in plain text.
  task(deploy, { inputs, params: { ...params, PASSWORD: 'secret' } })
  // @ts-expect-error The word is none of the choices.
  task(deploy, { inputs, params: { ...params, MODE: 'quick' } })
  // @ts-expect-error A number is no text.
  task(deploy, { inputs, params: { ...params, COUNT: '2' } })
  // @ts-expect-error A list is no text.
  task(deploy, { inputs, params: { ...params, OPS: 'a' } })
}

export function outputsOfTasks(): unknown {
  const deployed = task(deploy, { inputs: { state: source }, params, outputs: { manifest: 'cf' } })
  task(report, { inputs: { manifest: deployed.outputs.manifest } })
  // @ts-expect-error The output is misspelt.
  task(deploy, { inputs: { state: source }, params, outputs: { manifst: 'cf' } })
  // @ts-expect-error The task has no such output.
  return deployed.outputs.manifests
}

export function imagesOfTasks(): void {
  const other = {
    name: 'other',
    doc: 'Runs in another image.',
    image: 'other',
    inputs: {},
    outputs: {},
    params: {},
    timeout: Duration.minutes(1)
  } as const satisfies TaskSignature
  // @ts-expect-error The plan does not bring the image.
  task(other)
  tasksFrom({ from: source, images: { toolbox: image, other: image } })(other)
}

export function passedJobs(): void {
  const first = job('first', [source])
  job('second', [get(repo, { passed: [first] })])
  // @ts-expect-error A job is named, not given.
  job('third', [get(repo, { passed: ['first'] })])
  // @ts-expect-error The job stands below.
  job('fourth', [get(repo, { passed: [last] })])
  const last = job('last', [source])
  // @ts-expect-error A job can't follow itself.
  const self: Job = job('self', [get(repo, { passed: [self] })])
  pipeline('p', { jobs: [first, last, self] })
}

export function resourcesOfSteps(): void {
  // @ts-expect-error A resource is given, not named.
  get('repo')
  // @ts-expect-error A key stands in plain text.
  git('repo', { uri: 'git@example.com:repo.git', privateKey: '-----BEGIN' })
  // @ts-expect-error The option is misspelt.
  get(repo, { triger: true })
  // @ts-expect-error An image without a tag.
  registryImage('toolbox', { repository: 'toolbox' })
}

export function stepsThatHoldOthers(): void {
  inParallel([source], { limit: 2, failFast: true, timeout: Duration.minutes(1) })
  // @ts-expect-error What runs no container has no tags.
  attempt(source, { tags: ['big'] })
  // @ts-expect-error Only in_parallel has a limit.
  inOrder([source], { limit: 2 })
  // @ts-expect-error A time has its unit.
  get(repo, { timeout: 60 })
}

export function varsWhereTheyLast(): void {
  const secret = variable('secret')
  const local = localVariable('go')
  resource('chat', 'chat', { url: secret, deep: [{ token: secret }] }, { webhookToken: secret })
  get(repo, { params: { depth: secret } })
  put(repo, { params: { text: secret }, getParams: { text: local } })
  taskStep('test', { file: 'repo/test.yml', params: { KEY: secret }, vars: { go: local } })
  taskStep('test', { config: { platform: 'linux', run: { path: 'sh', args: ['-c', secret] } } })
  across([{ var: 'go', values: [1, secret] }], taskStep(local, { file: 'repo/test.yml' }))
  across([{ var: 'go', values: variable('versions') }], setPipeline(local, { file: local }))
  across(
    [{ var: 'go' }],
    taskStep('a', { file: 'a/b', inputMapping: { a: local }, outputMapping: { b: local } })
  )
  // @ts-expect-error Concourse resolves no var in the name of a resource.
  resource(secret, 'chat')
  // @ts-expect-error Nor in its interval.
  resource('chat', 'chat', {}, { checkEvery: secret })
  // @ts-expect-error A flag is true or false.
  get(repo, { trigger: secret })
  // @ts-expect-error Tags are no place for vars.
  get(repo, { tags: [secret] })
  // @ts-expect-error Only a var of the build stands for the name of a task.
  taskStep(secret, { file: 'repo/test.yml' })
  // @ts-expect-error Only a var of the build stands for an artifact.
  taskStep('a', { file: 'a/b', inputMapping: { a: secret } })
  // @ts-expect-error A local var has a name of its own.
  loadVar(local, { file: 'a/b' })
}

export function referencesByName(): void {
  get(repo, { passed: [jobNamed('below'), 'unit-*', 'unit-[ab]'] })
  get(resourceNamed('elsewhere'))
  pipeline('p', {
    jobs: [],
    groups: [{ name: 'all', jobs: [jobNamed('a'), '{a,b}', '*'], resources: [repo] }]
  })
  // @ts-expect-error A name is no glob.
  pipeline('p', { jobs: [], groups: [{ name: 'all', jobs: ['a'] }] })
  // @ts-expect-error Braces are for groups alone.
  get(repo, { passed: ['{a,b}'] })
}

export function timesAsText(): void {
  get(repo, { timeout: '90m' })
  get(repo, { timeout: '1h30m' })
  get(repo, { timeout: '((patience))' })
  time('nightly', { interval: Duration.hours(24) }, { checkEvery: 'never' })
  // @ts-expect-error A time has its unit.
  get(repo, { timeout: '90' })
  // @ts-expect-error Go has no days.
  get(repo, { timeout: '1d' })
}

export function tasksOfSteps(): void {
  // @ts-expect-error A task is in a file, or here.
  taskStep('test', {})
  // @ts-expect-error It is not in both.
  taskStep('test', { file: 'repo/test.yml', config: { platform: 'linux' } })
  // @ts-expect-error Concourse drops the key without a word.
  taskStep('test', { config: { platform: 'linux', run: { path: 'sh', arg: ['-c'] } } })
}

export function closedModel(): void {
  // @ts-expect-error The key is misspelt.
  const got: GetStep = { kind: 'get', name: 'a', pased: [] }
  // @ts-expect-error Concourse drops the key without a word.
  const run: TaskRun = { path: 'a', arg: [] }
  // @ts-expect-error Absent is not undefined.
  const ran: TaskStep = { kind: 'task', name: 'a', config: { platform: 'linux', run }, file: undefined }
  inOrder([got, ran])
}

it('is checked by the compiler', () => {
  expect(task(report, { inputs: { manifest: source } }).kind).toBe('task')
})
