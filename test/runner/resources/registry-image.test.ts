import { expect, it } from 'vitest'
import type { Step } from '../../../src/concourse/model.ts'
import { resource, run, sh } from '../bench.ts'

const image = resource('image', 'registry-image', { repository: 'example/toolbox', tag: 1.2 })
const get: Step = { kind: 'get', name: 'image' }

it('stands for an image that tasks may name', async () => {
  const told = await run([get, sh('a', 'echo ran', { image: 'image' })], { resources: [image] })
  expect(told.output('a')).toEqual(['ran'])
  expect(told.output('image')).toContain('version: tag: 1.2')
})

it('is no input, also for a task whose file is only read when it runs', async () => {
  const steps: Step[] = [
    get,
    sh('make', 'echo "{platform: linux, inputs: [{name: image}], run: {path: sh}}" > t/t.yml', {
      outputs: ['t']
    }),
    { kind: 'task', name: 'a', file: 't/t.yml' }
  ]
  const told = await run(steps, { resources: [image] })
  expect(told.outcome).toBe('errored')
  expect(told.failure?.message).toContain('image')
})
