import { expect, it } from 'vitest'
import { globMatcher } from '../../src/concourse/glob.ts'
import { groupGlob } from '../../src/concourse/group-glob.ts'

const names = ['unit', 'unit-1', 'unit-2', 'a/b', 'x', '[x]', 'é', 'test-it']
const byGroup = (glob: string) => names.filter(name => groupGlob(glob)?.(name) === true)
const byPassed = (glob: string) => names.filter(name => globMatcher(glob)(name))

it.each<[string, readonly string[]]>([
  ['unit', ['unit']],
  ['unit*', ['unit', 'unit-1', 'unit-2']],
  ['unit**', ['unit', 'unit-1', 'unit-2']],
  ['a*b', ['a/b']],
  ['?', ['x', 'é']],
  ['unit-[1-2]', ['unit-1', 'unit-2']],
  ['unit-[!1]', ['unit-2']],
  ['unit-[!2-9]', ['unit-1']],
  ['unit-[-12]', ['unit-1', 'unit-2']],
  ['{x,unit{,-1}}', ['unit', 'unit-1', 'x']],
  ['{x,unit', ['unit', 'x']],
  ['x,é', []],
  ['\\[x\\]', ['[x]']],
  ['[\\]x]', ['x']],
  ['x\\', ['x']],
  ['test-*-it', ['test-it']],
  ['test?-it', []]
])('matches names of jobs in groups by %s', (glob, matched) => {
  expect(byGroup(glob)).toEqual(matched)
})

it.each(['[', 'a[', '[]', '[!]', '[z-a]', '[a-z0]', '[!a-z0]', '[a', '[\\]', '{a,[}'])(
  'takes %s for no glob of a group',
  glob => {
    expect(groupGlob(glob)).toBeUndefined()
  }
)

it.each<[string, readonly string[]]>([
  ['*', ['unit', 'unit-1', 'unit-2', 'x', '[x]', 'é', 'test-it']],
  ['*/?', ['a/b']],
  ['unit-[^1]', ['unit-2']],
  ['unit-[0-19]', ['unit-1']],
  ['{x,unit}', []],
  ['[z-a]', []],
  ['[^z-a]', ['x', 'é']],
  ['[-x]', []],
  ['[x', []],
  ['\\[x]', ['[x]']],
  ['test-*-it', []]
])('matches names of jobs in passed by %s', (glob, matched) => {
  expect(byPassed(glob)).toEqual(matched)
})

it('takes no longer for many stars than the text and the pattern are long', () => {
  const text = 'a'.repeat(2000)
  const glob = `${'*a'.repeat(200)}b`
  const started = performance.now()
  expect(globMatcher(glob)(text)).toBe(false)
  expect(groupGlob(`{${glob},${glob}}`)?.(text)).toBe(false)
  expect(performance.now() - started).toBeLessThan(5000)
})
