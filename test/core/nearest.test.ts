import { expect, it } from 'vitest'
import { nearestName } from '../../src/core/nearest.ts'

const keys = ['network', 'notify', 'name', 'lease', 'locks', 'overlay', 'subnet_prefix']

it.each([
  ['netwrok', 'network'],
  ['Network', 'network'],
  ['overaly', 'overlay'],
  ['lokcs', 'locks'],
  ['subnet-prefix', 'subnet_prefix'],
  ['nam', 'name']
])('takes %s for %s', (found, meant) => {
  expect(nearestName(found, keys)).toBe(meant)
})

it.each(['zebra', 'x', 'topology', ''])('knows nothing close to %j', found => {
  expect(nearestName(found, keys)).toBeUndefined()
})

it('prefers the closer of two', () => {
  expect(nearestName('lock', ['locks', 'look', 'lock'])).toBe('lock')
})
