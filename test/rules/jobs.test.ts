import { expect, it } from 'vitest'
import { emptyPipeline } from '../../src/rules/empty-pipeline.ts'
import { invalidLimit } from '../../src/rules/invalid-limit.ts'
import { invalidLogRetention } from '../../src/rules/invalid-log-retention.ts'
import { sameResourceTwice } from '../../src/rules/same-resource-twice.ts'
import { serialOverrides } from '../../src/rules/serial-overrides.ts'
import { found, plan } from './found.ts'

const job = (keys: string) => `jobs: [{name: j, plan: [], ${keys}}]\n`

it('finds a pipeline without jobs', () => {
  expect(found(emptyPipeline, 'jobs: []\n')).toEqual(['empty-pipeline jobs'])
  expect(found(emptyPipeline, job('serial: true'))).toEqual([])
})

it.each<[string, readonly string[]]>([
  ['build_log_retention: {builds: 5, days: 3, minimum_succeeded_builds: 5}', []],
  ['build_log_retention: {minimum_succeeded_builds: 5}', []],
  ['build_logs_to_retain: 5', []],
  ['build_logs_to_retain: 0, build_log_retention: {builds: 5}', []],
  ['build_logs_to_retain: -1', ['build_logs_to_retain']],
  ['build_logs_to_retain: 5, build_log_retention: {builds: 5}', ['build_logs_to_retain']],
  [
    'build_log_retention: {builds: 4, minimum_succeeded_builds: 5}',
    ['build_log_retention.minimum_succeeded_builds']
  ],
  ['build_log_retention: {builds: -1, days: -1}', ['build_log_retention.days', 'build_log_retention.builds']]
])('judges how long logs are kept: %s', (keys, paths) => {
  expect(found(invalidLogRetention, job(keys))).toEqual(
    paths.map(path => `invalid-log-retention jobs.j.${path}`)
  )
})

it.each<[string, readonly string[]]>([
  ['max_in_flight: 0', []],
  ['max_in_flight: -1', ['invalid-limit jobs.j.max_in_flight']],
  ['max_in_flight: -1, serial: true', []],
  ['max_in_flight: -1, serial_groups: [a]', []]
])('judges how many builds may run: %s', (keys, findings) => {
  expect(found(invalidLimit, job(keys))).toEqual(findings)
})

it('finds limits of steps that are none', () => {
  const yaml = plan(
    '{get: a, across: [{var: x, values: [1], max_in_flight: 0}, {var: z, values: [1], max_in_flight: all}]}, {in_parallel: {limit: -1, steps: []}}, {in_parallel: {limit: 0, steps: []}}'
  )
  expect(found(invalidLimit, yaml)).toEqual([
    'invalid-limit jobs.j.plan[0].across[0].max_in_flight',
    'warning invalid-limit jobs.j.plan[1].in_parallel.limit'
  ])
})

it.each<[string, boolean]>([
  ['serial: true, max_in_flight: 1', false],
  ['serial: true', false],
  ['serial: false, max_in_flight: 3', false],
  ['serial_groups: [], max_in_flight: 3', false],
  ['serial: true, max_in_flight: 3', true],
  ['serial_groups: [a], max_in_flight: 0', true]
])('judges what serial leaves of max_in_flight: %s', (keys, isFound) => {
  const findings = isFound ? ['warning serial-overrides jobs.j.max_in_flight'] : []
  expect(found(serialOverrides, job(keys))).toEqual(findings)
})

it.each<[string, boolean]>([
  ['{get: a, passed: [x]}, {get: b, resource: a, passed: [x]}', false],
  ['{get: a, passed: [x, z]}, {get: b, resource: a, passed: [z, x]}', false],
  ['{get: a, passed: [x]}, {get: b, resource: a}', false],
  ['{get: a, passed: [x]}, {get: b, passed: [z]}', false],
  ['{get: a, passed: [x]}, {try: {get: b, resource: a, passed: [z]}}', true]
])('judges two gets of a resource: %s', (steps, isFound) => {
  const findings = isFound ? ['warning same-resource-twice jobs.j.plan[1].try.get(b).passed'] : []
  expect(found(sameResourceTwice, plan(steps))).toEqual(findings)
})
