import { expect, it } from 'vitest'
import { job, pipeline } from '../../src/concourse/pipeline.ts'
import { git } from '../../src/concourse/resources.ts'
import { attempt, get, inOrder, inParallel, put, resourceOf } from '../../src/concourse/steps.ts'
import { stepsOf } from '../../src/concourse/walk.ts'
import { Duration } from '../../src/core/duration.ts'
import { sample } from './sample.ts'

const repo = git('repo', { uri: 'https://git.example.com/repo.git' })

it('names the resource only where the artifact has another name', () => {
  expect(get(repo)).toEqual({ kind: 'get', name: 'repo' })
  expect(get(repo, { as: 'source' })).toEqual({ kind: 'get', name: 'source', resource: 'repo' })
  expect(get(repo, { as: 'source' }).artifact).toBe('source')
  expect(resourceOf(put(repo))).toBe(repo)
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
