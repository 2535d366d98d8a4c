import { expect, it } from 'vitest'
import { get } from '../../src/concourse/steps.ts'
import { git, registryImage } from '../../src/concourse/resources.ts'
import { taskConfigOf } from '../../src/concourse/task-file.ts'
import { signatureOf, tasksFrom } from '../../src/concourse/task-step.ts'
import { variable } from '../../src/concourse/variable.ts'
import { UserError } from '../../src/core/errors.ts'
import { deploy, report } from './sample.ts'

it('brings the programs first, then inputs as declared, and params as text', () => {
  expect(taskConfigOf(deploy)).toEqual({
    platform: 'linux',
    inputs: [{ name: 'causeway' }, { name: 'state' }, { name: 'extras', optional: true }],
    outputs: [{ name: 'manifest' }],
    caches: [{ path: '.cache' }],
    params: {
      ENVIRONMENT: '',
      PASSWORD: '',
      MODE: 'safe',
      COUNT: '3',
      DRY: 'false',
      OPS: '["a.yml","b.yml"]',
      NOTE: ''
    },
    run: { path: 'node', args: ['causeway/tasks/deploy.mjs'] }
  })
})

it('leaves out what a task does not have', () => {
  expect(Object.keys(taskConfigOf(report))).toEqual(['platform', 'inputs', 'run'])
})

it('refuses a task that takes the input of the programs for itself', () => {
  expect(() => taskConfigOf({ ...report, inputs: { causeway: { doc: 'Mine.' } } })).toThrow(UserError)
})

const image = get(registryImage('toolbox', { repository: 'toolbox', tag: '1' }))

it('maps the programs where the plan has them under another name', () => {
  const programs = get(git('published', { uri: 'https://git.example.com/p.git' }))
  const task = tasksFrom({ from: programs, images: { toolbox: image } })
  expect(task(report, { inputs: { manifest: { artifact: 'manifest' } } })).toEqual({
    kind: 'task',
    name: 'report',
    file: 'published/tasks/report.yml',
    image: 'toolbox',
    input_mapping: { causeway: 'published' },
    timeout: '5m'
  })
})

it('says only what differs from the task, and params as the environment has them', () => {
  const programs = get(git('causeway', { uri: 'https://git.example.com/p.git' }))
  const task = tasksFrom({ from: programs, images: { toolbox: image } })
  const step = task(deploy, {
    as: 'deploy-again',
    inputs: { state: { artifact: 'state' }, extras: image },
    outputs: { manifest: 'manifest' },
    params: { ENVIRONMENT: 'lab', PASSWORD: variable('cf:password'), COUNT: 2, DRY: true, OPS: [] }
  })
  expect(step).toEqual({
    kind: 'task',
    name: 'deploy-again',
    params: { ENVIRONMENT: 'lab', PASSWORD: '((cf:password))', COUNT: '2', DRY: 'true', OPS: [] },
    file: 'causeway/tasks/deploy.yml',
    image: 'toolbox',
    input_mapping: { extras: 'toolbox' },
    timeout: '30m'
  })
  expect(step.outputs.manifest.artifact).toBe('manifest')
  expect(signatureOf(step)).toBe(deploy)
})
