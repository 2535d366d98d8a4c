import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/concourse/model.ts'
import { UserError } from '../../src/core/errors.ts'
import { interpolate } from '../../src/concourse/interpolate.ts'
import { namesWithin, parseReference } from '../../src/concourse/references.ts'
import { readEvents, run, sh } from './bench.ts'

describe('a reference', () => {
  it.each([
    ['a', undefined, 'a', []],
    ['a.b.c', undefined, 'a', ['b', 'c']],
    ['vault:a.b', 'vault', 'a', ['b']],
    ['.:a.b', '.', 'a', ['b']],
    ['/team/path/key', undefined, '/team/path/key', []],
    ['a."b.c"."d:e"', undefined, 'a', ['b.c', 'd:e']]
  ])('%s is taken apart', (name, source, path, fields) => {
    expect(parseReference(name)).toEqual({ name, ...(source === undefined ? {} : { source }), path, fields })
  })
})

describe('interpolation', () => {
  const values: Record<string, Json> = {
    text: 'x',
    number: 5,
    list: [1],
    map: { a: 1 },
    half: 1.5,
    flag: true
  }
  const resolve = ({ path }: { path: string }): Json | undefined => values[path]

  it.each<[Json, Json]>([
    ['((list))', [1]],
    ['((map))', { a: 1 }],
    ['((flag))', true],
    ['a ((text)) b ((number))((text))', 'a x b 5x'],
    [{ '((text))': ['((number))', { b: '((text))!' }] }, { x: [5, { b: 'x!' }] }],
    ['((unknown))', '((unknown))'],
    ['(text) ((a b)) (( text ))', '(text) ((a b)) (( text ))']
  ])('%j gives %j', (given, expected) => {
    expect(interpolate(given, resolve)).toEqual(expected)
  })

  it.each(['a ((list))', 'a ((flag))', 'a ((half))'])(
    '%s is refused: only texts stand within texts',
    text => {
      expect(() => interpolate(text, resolve)).toThrow(UserError)
    }
  )

  it('leaves alone what has no vars, and finds none in it', () => {
    const plain = fc.jsonValue().filter(value => !JSON.stringify(value).includes('(('))
    fc.assert(
      fc.property(plain, value => {
        expect(namesWithin(value)).toEqual([])
        expect(interpolate(value as Json, resolve)).toEqual(value)
      })
    )
  })
})

it('masks secrets in all logs, lines of a key and JSON included', async () => {
  const secrets: Record<string, Json> = {
    password: 'hunter22',
    key: 'first line\nsecond "line"',
    map: { inner: 'deep-secret' }
  }
  const script = 'echo "$PASSWORD"; echo "$KEY"; echo "$MAP"; echo "$JSON"; echo "pre${PASSWORD}post"'
  const told = await run(
    [
      sh('a', script, {
        params: { PASSWORD: '((password))', KEY: '((key))', MAP: '((map.inner))', JSON: ['((password))'] }
      }),
      sh('b', 'echo ok; exit 1', { params: { X: 'x((password))' } })
    ],
    { vars: name => secrets[name] }
  )
  expect(told.output('a')).toEqual([
    '((redacted))',
    '((redacted))',
    '((redacted))',
    '((redacted))',
    '["((redacted))"]',
    'pre((redacted))post'
  ])
  const written = [
    readFileSync(join(told.dir, 'events.jsonl'), 'utf8'),
    readFileSync(join(told.dir, 'run.json'), 'utf8'),
    readFileSync(join(told.dir, 'logs', '01-a.log'), 'utf8')
  ].join('\n')
  expect(written).not.toMatch(/hunter22|first line|second|deep-secret/)
  expect(readEvents(told.dir)).toEqual(told.events)
})
