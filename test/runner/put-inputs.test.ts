import { describe, expect, it } from 'vitest'
import type { PutStep } from '../../src/concourse/model.ts'
import { Artifacts } from '../../src/runner/artifacts.ts'
import { putInputs } from '../../src/runner/put-inputs.ts'

const artifacts = new Artifacts()
for (const name of ['state', 'extra', 'unused'])
  artifacts.register(name, { folder: `/${name}`, image: false })
artifacts.register('image', { folder: '/image', image: true })

function seen(step: Omit<PutStep, 'kind' | 'name'>): readonly string[] {
  return putInputs({ kind: 'put', name: 'put', ...step }, artifacts)
}

describe('inputs of a put', () => {
  it('are those that its params name, wherever they stand', () => {
    const params = {
      a: 'state',
      b: ['./extra/file', { c: '../nowhere/x', d: 5 }],
      e: 'unusedx',
      f: 'see unused'
    }
    expect(seen({ params })).toEqual(['state', 'extra'])
    expect(seen({ params, inputs: 'detect' })).toEqual(['state', 'extra'])
  })

  it('are all there are', () => {
    expect(seen({ inputs: 'all' })).toEqual(['state', 'extra', 'unused'])
  })

  it('are those that are listed, which must be there', () => {
    expect(seen({ inputs: ['unused'], params: { a: 'state' } })).toEqual(['unused'])
    expect(() => seen({ inputs: ['unused', 'nowhere', 'image'] })).toThrow('nowhere, image')
  })
})
