import { expect, it } from 'vitest'
import { jobsInOrder } from '../../src/concourse/jobs-in-order.ts'
import type { Job, Step } from '../../src/concourse/model.ts'

const passing = (...passed: readonly string[]): Step => ({ kind: 'get', name: 'r', resource: 'r', passed })
const job = (name: string, ...plan: readonly Step[]): Job => ({ name, plan })

it.each<[string, readonly Job[], readonly string[]]>([
  ['as they are written where none waits', [job('b'), job('a')], ['b', 'a']],
  [
    'each after those that pass to it',
    [job('c', passing('b')), job('b', passing('a')), job('a')],
    ['a', 'b', 'c']
  ],
  [
    'also where the get lies in other steps',
    [job('b', { kind: 'in_parallel', steps: [{ kind: 'try', step: passing('a') }] }), job('a')],
    ['a', 'b']
  ],
  ['a job of another name than any passes nothing', [job('a', passing('gone'))], ['a']],
  [
    'those that wait for each other last',
    [job('a', passing('b')), job('b', passing('a')), job('c')],
    ['c', 'a', 'b']
  ]
])('orders jobs: %s', (_, jobs, names) => {
  expect(jobsInOrder({ resources: [], jobs })).toEqual(names)
})
