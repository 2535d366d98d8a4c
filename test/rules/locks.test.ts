import { expect, it } from 'vitest'
import { ensureOnAcquire } from '../../src/rules/ensure-on-acquire.ts'
import { lockNotReleased } from '../../src/rules/lock-not-released.ts'
import { lockVersionEvery } from '../../src/rules/lock-version-every.ts'
import { waitWithoutTimeout } from '../../src/rules/wait-without-timeout.ts'
import { found } from './found.ts'

const acquire = '{put: lab, params: {acquire: true}}'
const release = '{put: lab, params: {release: lab}}'
const work = '{task: work, file: repo/work.yml}'

const resources = `resources:
- {name: lab, type: pool}
- {name: den, type: pool}
- {name: repo, type: git}
`

/** A pipeline of jobs `j0`, `j1` …, each in flow style without its name. */
function jobs(...all: readonly string[]): string {
  return [resources, 'jobs:', ...all.map((job, index) => `- {name: j${index}, ${job}}`), ''].join('\n')
}

const planOf = (...steps: readonly string[]) => `plan: [${steps.join(', ')}]`

it.each<[string, readonly string[]]>([
  ['an ensure of the job', [`${planOf(acquire, work)}, ensure: ${release}`]],
  ['an ensure of a do round both', [planOf(`{do: [${acquire}, ${work}], ensure: ${release}}`)]],
  ['an ensure of all the work', [planOf(acquire, `{do: [${work}, ${work}], ensure: ${release}}`)]],
  ['an ensure, whatever it does besides', [`${planOf(acquire, work)}, ensure: {do: [${work}, ${release}]}`]],
  ['each step, its own hook', [planOf(acquire, `{task: a, file: b/c, ensure: ${release}}`, work)]],
  [
    'four hooks instead of one',
    [
      `${planOf(acquire, work)}, on_success: ${release}, on_failure: ${release}, on_error: ${release}, on_abort: ${release}`
    ]
  ],
  ['a removal', [`${planOf(acquire, work)}, ensure: {put: lab, params: {remove: lab}}`]],
  ['a release in the plan, where nothing else can fail', [planOf(acquire, '{get: repo}', release)]],
  [
    'the ensure of a later job',
    [planOf(acquire), `plan: [{get: lab, passed: [j0]}, ${work}], ensure: ${release}`]
  ],
  [
    'a job beside the one that fails',
    [
      planOf(acquire),
      planOf('{get: lab, passed: [j0]}', work),
      `plan: [{get: lab, passed: [j0]}], ensure: ${release}`
    ]
  ],
  ['a person', [planOf(acquire, work), planOf('{get: lab}', release)]],
  [
    'a release by another name',
    [`${planOf(acquire, work)}, ensure: {put: x, resource: lab, params: {release: lab}}`]
  ]
])('takes a lock for released by %s', (_, all) => {
  expect(found(lockNotReleased, jobs(...all))).toEqual([])
})

const leakAt = (path: string) => [`warning lock-not-released jobs.j0.plan${path}`]

it.each<[string, readonly string[], readonly string[]]>([
  ['nobody releases', [planOf(acquire, work)], leakAt('[0].put(lab)')],
  [
    'only another pool releases',
    [planOf(acquire, '{put: den, params: {release: lab}}')],
    leakAt('[0].put(lab)')
  ],
  ['a failure leaks', [planOf(acquire, work, release)], leakAt('[0].put(lab)')],
  [
    'an abort leaks',
    [`${planOf(acquire, work)}, on_success: ${release}, on_failure: ${release}, on_error: ${release}`],
    leakAt('[0].put(lab)')
  ],
  [
    'a step before the ensure leaks',
    [planOf(acquire, work, `{task: a, file: b/c, ensure: ${release}}`)],
    leakAt('[0].put(lab)')
  ],
  [
    'a try leaks',
    [planOf(`{try: {do: [${acquire}, ${work}, ${release}]}}`)],
    leakAt('[0].try.do[0].put(lab)')
  ],
  [
    'a later job leaks',
    [planOf(acquire), planOf('{get: lab, passed: [j0]}', work, release)],
    leakAt('[0].put(lab)')
  ],
  [
    'the job between leaks',
    [
      planOf(acquire),
      planOf('{get: lab, passed: [j0]}', work),
      `plan: [{get: lab, passed: [j1]}], ensure: ${release}`
    ],
    leakAt('[0].put(lab)')
  ],
  [
    'a later job of another lock releases',
    [planOf(acquire), `${planOf(acquire, work)}, ensure: ${release}`],
    leakAt('[0].put(lab)')
  ],
  ['a claim by name leaks', [planOf('{put: lab, params: {claim: a}}', work)], leakAt('[0].put(lab)')]
])('finds a lock that %s', (_, all, findings) => {
  expect(found(lockNotReleased, jobs(...all))).toEqual(findings)
})

it('follows a lock through jobs in any order, and round', () => {
  const ring = jobs(
    `plan: [{get: lab, passed: [j1, j2]}, ${work}], ensure: ${release}`,
    planOf('{get: lab, passed: [j2]}'),
    planOf(acquire),
    planOf('{get: lab, passed: [j3]}')
  )
  expect(found(lockNotReleased, ring)).toEqual([])
})

it.each<[string, string, readonly string[]]>([
  ['alone', planOf(`{put: lab, params: {acquire: true}, ensure: ${release}}`, work), ['[0].put(lab)']],
  [
    'with a timeout and attempts',
    planOf(`{put: lab, params: {acquire: true}, timeout: 1h, attempts: 2, ensure: ${release}}`, work),
    ['[0].put(lab)']
  ],
  ['in a do', planOf(`{do: [${acquire}], ensure: ${release}}`, work), ['[0].do[0].put(lab)']],
  ['with the work', planOf(`{do: [${acquire}, ${work}], ensure: ${release}}`), []],
  ['before nothing', planOf(`{put: lab, params: {acquire: true}, ensure: ${release}}`), []],
  [
    'for a hook that works',
    planOf(`{put: lab, params: {acquire: true}, ensure: {do: [${work}, ${release}]}}`, work),
    []
  ],
  [
    'for another pool',
    planOf(`{put: lab, params: {acquire: true}, ensure: {put: den, params: {release: den}}}`, work),
    []
  ]
])('looks at the ensure of a claim %s', (_, job, places) => {
  expect(found(ensureOnAcquire, jobs(job))).toEqual(
    places.map(place => `warning ensure-on-acquire jobs.j0.plan${place}`)
  )
})

it('wants every version of a lock that is taken over, and of no other', () => {
  const yaml = jobs(
    planOf(acquire),
    planOf('{get: lab, passed: [j0]}', '{get: other, resource: lab}'),
    `plan: [{get: l, resource: lab, passed: ["j*"], version: latest}], ensure: ${release}`,
    planOf('{get: lab, passed: [j2]}'),
    planOf('{get: lab, passed: [j0], version: every}'),
    planOf('{get: lab, passed: [j0], version: {ref: abc}}')
  )
  expect(found(lockVersionEvery, yaml)).toEqual([
    'warning lock-version-every jobs.j1.plan[0].get(lab)',
    'warning lock-version-every jobs.j2.plan[0].get(l)'
  ])
})

it('lets a lock that has a name of its own be the latest', () => {
  const yaml = jobs(planOf('{put: lab, params: {claim: a}}'), planOf('{get: lab, passed: [j0]}'))
  expect(found(lockVersionEvery, yaml)).toEqual([])
})

it.each<[string, string, readonly string[]]>([
  ['acquire', acquire, ['[0].put(lab)']],
  ['claim', '{put: lab, params: {claim: a}}', ['[0].put(lab)']],
  ['check', '{put: lab, params: {check: a}}', ['[0].put(lab)']],
  ['a timeout', '{put: lab, params: {acquire: true}, timeout: 1h}', []],
  ['a timeout round it', `{do: [${acquire}], timeout: 1h}`, []],
  [
    'a timeout that its hook is outside of',
    `{get: repo, timeout: 1h, ensure: ${acquire}}`,
    ['[0].ensure.put(lab)']
  ],
  ['release', release, []],
  ['acquire of what is no pool', '{put: repo, params: {acquire: true}}', []]
])('knows whether a put with %s waits for ever', (_, step, places) => {
  expect(found(waitWithoutTimeout, jobs(planOf(step)))).toEqual(
    places.map(place => `warning wait-without-timeout jobs.j0.plan${place}`)
  )
})

it('knows a pool of another release', () => {
  const yaml = `resource_types: [{name: locks, type: registry-image, source: {repository: concourse/pool-resource}}]
resources: [{name: lab, type: locks}]
jobs: [{name: j, plan: [${acquire}]}]
`
  expect(found(waitWithoutTimeout, yaml)).toEqual(['warning wait-without-timeout jobs.j.plan[0].put(lab)'])
})
