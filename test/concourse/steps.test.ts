import { expect, it } from 'vitest'
import { across } from '../../src/concourse/across.ts'
import { job } from '../../src/concourse/job.ts'
import { pipeline } from '../../src/concourse/pipeline.ts'
import { jobNamed, resourceNamed } from '../../src/concourse/reference.ts'
import { resourceType } from '../../src/concourse/resource-types.ts'
import { git, resource } from '../../src/concourse/resources.ts'
import { attempt, get, inOrder, inParallel, put, resourceOf } from '../../src/concourse/steps.ts'
import { localVariable } from '../../src/concourse/variable.ts'
import { stepsOf } from '../../src/concourse/step-tree.ts'
import { Duration } from '../../src/core/duration.ts'
import { sample } from './sample.ts'

const repo = git('repo', { uri: 'https://git.example.com/repo.git' })

it('names the resource only where the artifact has another name', () => {
  expect(get(repo)).toEqual({ kind: 'get', name: 'repo' })
  expect(get(repo, { as: 'source' })).toEqual({ kind: 'get', name: 'source', resource: 'repo' })
  expect(get(repo, { as: 'source' }).artifact).toBe('source')
  expect(resourceOf(put(repo))).toBe(repo)
})

it('names the resource also where it is told the same name', () => {
  expect(put(repo, { as: 'repo' })).toEqual({ kind: 'put', name: 'repo', resource: 'repo' })
})

it('takes jobs by constant, by glob and by name', () => {
  const passed = [job('unit', []), 'lint-*', jobNamed('below')] as const
  expect(get(resourceNamed('elsewhere'), { passed })).toEqual({
    kind: 'get',
    name: 'elsewhere',
    passed: ['unit', 'lint-*', 'below']
  })
})

it('nests across between hooks and tries', () => {
  const step = across(
    [{ var: 'go', values: [1, localVariable('x')], maxInFlight: 'all' }],
    get(repo, { attempts: 2 }),
    {
      failFast: true,
      ensure: get(repo)
    }
  )
  expect(step).toEqual({
    kind: 'ensure',
    hook: get(repo),
    step: {
      kind: 'across',
      across: [{ var: 'go', values: [1, '((.:x))'], max_in_flight: 'all' }],
      fail_fast: true,
      step: { kind: 'attempts', attempts: 2, step: { kind: 'get', name: 'repo' } }
    }
  })
})

it('nests modifiers as Concourse does', () => {
  const hook = get(repo)
  expect(inOrder([], { ensure: hook, onFailure: hook, attempts: 2, timeout: Duration.minutes(1) })).toEqual({
    kind: 'ensure',
    hook,
    step: {
      kind: 'on_failure',
      hook,
      step: {
        kind: 'attempts',
        attempts: 2,
        step: { kind: 'timeout', timeout: '1m', step: { kind: 'do', steps: [] } }
      }
    }
  })
})

it('keeps the handle of a step that is modified, and hides it from what is rendered', () => {
  const step = get(repo, { attempts: 3 })
  expect(step.artifact).toBe('repo')
  expect(Object.keys(step)).toEqual(['kind', 'step', 'attempts'])
})

it('gathers the resources that its jobs use, each once, in the order of their use', () => {
  const other = git('other', { uri: 'https://git.example.com/other.git' })
  const again = git('repo', { uri: 'https://git.example.com/repo.git' })
  const { pipeline: built } = pipeline('p', {
    jobs: [
      job('a', [inParallel([get(other), attempt(get(repo))])]),
      job('b', [get(again)], { onFailure: put(git('late', { uri: 'x' })) })
    ]
  })
  expect(built.resources.map(({ name }) => name)).toEqual(['other', 'repo', 'late'])
})

it('puts listed resources and types first, used or not, and gathers the others', () => {
  const base = resourceType('base', 'registry-image', { repository: 'base' })
  const chat = resourceType('chat', base)
  const unused = resource('unused', 'mock')
  const told = resource('told', chat)
  const { pipeline: built } = pipeline('p', {
    jobs: [job('a', [get(repo), put(told)])],
    resources: [unused, told]
  })
  expect(built.resources.map(({ name }) => name)).toEqual(['unused', 'told', 'repo'])
  expect(built.resource_types?.map(({ name }) => name)).toEqual(['base', 'chat'])
})

it('keeps two resources of one name, for a rule to tell', () => {
  const jobs = [job('a', [get(repo)]), job('b', [get(git('repo', { uri: 'elsewhere' }))])]
  expect(pipeline('p', { jobs }).pipeline.resources).toHaveLength(2)
})

it('gives each step its path, outside before inside and hooks last', () => {
  const paths = [...stepsOf(sample().pipeline)].map(({ step, path }) => `${step.kind} ${path}`)
  expect(paths).toEqual([
    'get jobs.deploy.plan[0].get(nightly)',
    'put jobs.deploy.plan[1].put(lock)',
    'timeout jobs.deploy.plan[2]',
    'in_parallel jobs.deploy.plan[2].in_parallel',
    'get jobs.deploy.plan[2].in_parallel.steps[0].get(toolbox)',
    'get jobs.deploy.plan[2].in_parallel.steps[1].get(programs)',
    'get jobs.deploy.plan[2].in_parallel.steps[2].get(env-state)',
    'ensure jobs.deploy.plan[3]',
    'on_failure jobs.deploy.plan[3]',
    'attempts jobs.deploy.plan[3]',
    'task jobs.deploy.plan[3].task(deploy)',
    'put jobs.deploy.plan[3].on_failure.put(chat)',
    'attempts jobs.deploy.plan[3].ensure',
    'put jobs.deploy.plan[3].ensure.put(state)',
    'try jobs.deploy.plan[4].try',
    'task jobs.deploy.plan[4].try.task(report)',
    'do jobs.deploy.plan[5].do',
    'put jobs.deploy.plan[5].do[0].put(state-again)',
    'put jobs.deploy.on_abort.put(say-aborted)',
    'put jobs.deploy.ensure.put(unlock)',
    'get jobs.smoke.plan[0].get(state)',
    'task jobs.smoke.plan[1].task(probe)'
  ])
})
