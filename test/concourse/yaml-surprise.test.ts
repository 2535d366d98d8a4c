import { expect, it } from 'vitest'
import { inspectPipeline } from '../../src/concourse/read.ts'

const surprisesIn = (value: string) => {
  const text = `resources: [{name: r, type: t, source: {key: ${value}}}]\njobs: []\n`
  return inspectPipeline(text, 'p.yml').findings.flatMap(({ code, path, line, column }) =>
    code === 'yaml-surprise' ? [`${line}:${column} ${path}`] : []
  )
}

it.each([
  'yes',
  'No',
  'on',
  'OFF',
  'y',
  '0755',
  '0o17',
  '0x1F',
  '0b11',
  '1_000',
  '1.10',
  '1.0',
  '1e3',
  '.5',
  '+5',
  '-0',
  '685_230.15'
])('warns of %s', value => {
  expect(surprisesIn(value)).toEqual(['1:46 resources.r.source.key'])
})

it.each([
  'true',
  'True',
  'FALSE',
  'null',
  '~',
  '',
  '5',
  '-5',
  '1.5',
  '0.25',
  '"yes"',
  "'1.10'",
  '1.2.3',
  '2024-01-01',
  '12:30:45',
  'text',
  '((var))',
  '9007199254740993',
  '.nan'
])('takes %s as it is', value => {
  expect(surprisesIn(value)).toEqual([])
})

it('tells where, in lists and maps too', () => {
  expect(surprisesIn('[a, {b: [on]}]')).toEqual(['1:55 resources.r.source.key[1].b[0]'])
})

it('says nothing of values that vars have', () => {
  const text = 'resources: [{name: r, type: t, source: {key: ((v))}}]\njobs: []\n'
  expect(inspectPipeline(text, 'p.yml', { variables: () => 1.1 }).findings).toEqual([])
})
