import { describe, expect, it } from 'vitest'
import { diff, redact } from '../../../src/lab/director/diff.ts'

describe('what differs between two manifests', () => {
  it('is nothing where only the order of keys does', () => {
    expect(diff({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toEqual([])
  })

  it('is shown below the keys that lead to it', () => {
    expect(
      diff({ update: { canaries: 1, serial: true } }, { update: { canaries: 2, serial: true } })
    ).toEqual([
      ['update:', null],
      ['  canaries: 1', 'removed'],
      ['  canaries: 2', 'added']
    ])
  })

  it('is a change of the entry with the same name', () => {
    const before = {
      releases: [
        { name: 'nats', version: '1' },
        { name: 'old', version: '1' }
      ]
    }
    const after = {
      releases: [
        { name: 'nats', version: '2' },
        { name: 'new', version: '1' }
      ]
    }
    expect(diff(before, after)).toEqual([
      ['releases:', null],
      ['- name: nats', null],
      ['  version: "1"', 'removed'],
      ['  version: "2"', 'added'],
      ['- name: new', 'added'],
      ['  version: "1"', 'added'],
      ['- name: old', 'removed'],
      ['  version: "1"', 'removed']
    ])
  })

  it('is all of it for what was not there, and for what is gone', () => {
    expect(diff({}, { name: 'cf', azs: ['z1'] })).toEqual([
      ['name: cf', 'added'],
      ['azs:', 'added'],
      ['- z1', 'added']
    ])
    expect(diff({ name: 'cf' }, {})).toEqual([['name: cf', 'removed']])
  })
})

describe('a manifest without secrets', () => {
  it('shows no value of a property, however deep, and all others', () => {
    const manifest = {
      name: 'cf',
      instance_groups: [{ name: 'api', properties: { a: { b: ['x', null] } }, env: { password: 'x' } }]
    }
    expect(redact(manifest)).toEqual({
      name: 'cf',
      instance_groups: [
        {
          name: 'api',
          properties: { a: { b: ['<redacted>', null] } },
          env: { password: '<redacted>' }
        }
      ]
    })
  })
})
