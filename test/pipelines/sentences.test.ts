import { describe, expect, it } from 'vitest'
import type { HookStep, Step, TaskStep } from '../../src/concourse/model.ts'
import { stepsOf } from '../../src/concourse/step-tree.ts'
import { taskSignatures } from '../tasks/all-tasks.ts'
import { pipelines } from './load.ts'

const all = await pipelines()
const tasks = await taskSignatures()

/** Every step of a kind, in all pipelines, with where it stands. */
function each<K extends Step['kind']>(kind: K) {
  return all.flatMap(({ environment, name, pipeline }) =>
    [...stepsOf(pipeline)]
      .filter(({ step }) => step.kind === kind)
      .map(({ step, path }) => ({
        step: step as Extract<Step, { kind: K }>,
        where: `${environment}/${name}: ${path}`
      }))
  )
}

function hooks(kind: HookStep['kind']): HookStep[] {
  return all.flatMap(({ pipeline }) =>
    [...stepsOf(pipeline)].flatMap(({ step }) => (step.kind === kind && 'hook' in step ? [step] : []))
  )
}

function inside(step: Step): Step[] {
  return [...stepsOf({ resources: [], jobs: [{ name: 'x', plan: [step] }] })].map(placed => placed.step)
}

describe('every pipeline', () => {
  it('gives no secret but as a ((var))', () => {
    for (const { step, where } of each('task')) {
      const signature = tasks.get(step.name)
      for (const [name, value] of Object.entries(step.params ?? {})) {
        if (signature?.params[name]?.secret !== true) continue
        expect(value, `${where} ${name}`).toMatch(/^\(\(.+\)\)$/)
      }
    }
  })

  it('gives a task only params that it declares', () => {
    for (const { step, where } of each('task')) {
      const known = Object.keys(tasks.get(step.name)?.params ?? {})
      expect(known, where).toEqual(expect.arrayContaining(Object.keys(step.params ?? {})))
    }
  })

  it('makes, proves and uploads the very release that a manifest names, before it is deployed', () => {
    const deploying = all.filter(({ pipeline }) =>
      [...stepsOf(pipeline)].some(({ step }) => isTask(step, 'deploy-cfcr'))
    )
    expect(new Set(deploying.map(({ name }) => name))).toEqual(new Set(['cfcr', 'repave']))
    for (const { environment, name, pipeline } of deploying) {
      const names = ['prepare-cfcr', 'create-cfcr-release', 'upload-cfcr-release', 'deploy-cfcr']
      const steps = [...stepsOf(pipeline)].flatMap(({ step }) =>
        step.kind === 'task' && names.includes(step.name) ? [step] : []
      )
      expect(
        steps.map(step => step.name),
        `${environment}/${name}`
      ).toEqual(names)
      const versions = steps.flatMap(({ params }) => params?.['KUBO_VERSION'] ?? params?.['VERSION'] ?? [])
      expect(versions, `${environment}/${name}`).toHaveLength(3)
      expect(new Set(versions).size, `${environment}/${name}`).toBe(1)
    }
  })

  it('uses no image whose tag is latest', () => {
    for (const { pipeline } of all) {
      for (const { type, source } of pipeline.resources) {
        if (type === 'registry-image') expect(source?.['tag']).not.toBe('latest')
      }
    }
  })

  it('never starts on a change of state', () => {
    for (const { step, where } of each('get')) {
      if ((step.resource ?? step.name) === 'state') expect(step.trigger, where).not.toBe(true)
    }
  })

  it('puts the state under ensure of what writes it', () => {
    const writers = new Set(
      [...tasks.values()].filter(task => 'state' in task.outputs).map(task => task.name)
    )
    expect(writers.size).toBeGreaterThan(1)
    const bare = each('task').filter(({ step }) => writers.has(step.name))
    const ensured = hooks('ensure').filter(
      ({ step, hook }) => step.kind === 'task' && writers.has(step.name) && inside(hook).some(isStatePut)
    )
    expect(ensured.length).toBe(bare.length)
  })

  it('releases what it claims, whatever happens', () => {
    for (const { environment, name, pipeline } of all) {
      const steps = [...stepsOf(pipeline)].map(placed => placed.step)
      const claims = steps.some(step => isTask(step, 'claim-environment') || isLockPut(step, 'claim'))
      if (!claims) continue
      const released = steps.some(step => step.kind === 'ensure' && inside(step.hook).some(isRelease))
      expect(released, `${environment}/${name}`).toBe(true)
    }
  })

  it('takes every version of a lock that it was passed', () => {
    for (const { step, where } of each('get')) {
      if (step.name === 'environment' && step.passed !== undefined) expect(step.version, where).toBe('every')
    }
  })

  it('waits for nothing without an end', () => {
    for (const { step, where } of each('put'))
      if (isLockPut(step, 'claim')) expect(step.timeout, where).toBeDefined()
    for (const { step, where } of each('task')) expect(step.timeout, where).toBeDefined()
  })
})

describe('every environment', () => {
  it('has all seven pipelines', () => {
    const names = ['cf', 'cfcr-release', 'cfcr', 'connectivity', 'infrastructure', 'repave', 'teardown']
    for (const environment of new Set(all.map(one => one.environment))) {
      expect(all.filter(one => one.environment === environment).map(one => one.name)).toEqual(names)
    }
  })
})

function isTask(step: Step, name: string): step is TaskStep {
  return step.kind === 'task' && step.name === name
}

function isStatePut(step: Step): boolean {
  return step.kind === 'put' && step.name === 'state'
}

function isLockPut(step: Step, param: 'claim' | 'release'): boolean {
  return step.kind === 'put' && step.name === 'environment' && param in (step.params ?? {})
}

function isRelease(step: Step): boolean {
  return isTask(step, 'release-environment') || isLockPut(step, 'release')
}
