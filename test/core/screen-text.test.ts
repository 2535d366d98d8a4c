import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cleanLine, cutTo, padTo, widthOf } from '../../src/core/screen-text.ts'
import { abilitiesOf } from '../../src/report/style.ts'
import { anyText } from '../report/events.ts'

it.each([
  ['plain', 'plain'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['10 %\r50 %\r100 %\r', '100 %'],
  ['a\tb', 'a  b'],
  ['bell\u0007', 'bell'],
  ['\u202etxt.exe', 'txt.exe']
])('cleans %j', (text, clean) => {
  expect(cleanLine(text)).toBe(clean)
})

it.each([
  ['abc', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['日本', 4],
  ['👩‍👩‍👧', 2],
  ['✓ …', 3]
])('%s is %i columns wide', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

it('cuts to the columns there are', () => {
  expect(cutTo('abcdef', 4)).toBe('abc…')
  expect(cutTo('abcd', 4)).toBe('abcd')
  expect(cutTo('日本語', 4)).toBe('日…')
  fc.assert(
    fc.property(anyText, fc.nat(20), (text, columns) => {
      expect(widthOf(cutTo(cleanLine(text), columns))).toBeLessThanOrEqual(columns)
      expect(widthOf(padTo('', columns))).toBe(columns)
    })
  )
})

it.each([
  [{ TERM: 'xterm-256color', LANG: 'C.UTF-8' }, true, { live: true, colour: true, unicode: true }],
  [{ TERM: 'xterm', LANG: 'C', NO_COLOR: '1' }, true, { live: true, colour: false, unicode: false }],
  [{ TERM: 'xterm', LANG: 'en_US.utf8', NO_COLOR: '' }, true, { live: true, colour: true, unicode: true }],
  [{ TERM: 'xterm', LANG: 'C.UTF-8', LC_ALL: 'C' }, true, { live: true, colour: true, unicode: false }],
  [{ TERM: 'dumb', LANG: 'C.UTF-8' }, true, { live: false, colour: false, unicode: true }],
  [{ TERM: 'xterm', CI: 'true' }, true, { live: false, colour: false, unicode: false }],
  [{ TERM: 'xterm', LANG: 'C.UTF-8' }, false, { live: false, colour: false, unicode: true }],
  [{}, true, { live: false, colour: false, unicode: false }]
])('%j on a terminal (%s) can show %j', (env, isTerminal, abilities) => {
  expect(abilitiesOf(env, isTerminal)).toEqual(abilities)
})
