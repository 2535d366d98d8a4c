import { expect, it } from 'vitest'
import { artifactRace } from '../../src/rules/artifact-race.ts'
import { missingArtifact } from '../../src/rules/missing-artifact.ts'
import type { CheckOptions } from '../../src/rules/check-pipeline.ts'
import { found, plan } from './found.ts'

const foundIn = (yaml: string, options?: CheckOptions) => [
  ...found(artifactRace, yaml, options),
  ...found(missingArtifact, yaml, options)
]

/** A task in flow style: what it takes, what it makes, and other keys. */
function task(name: string, takes: string, makes = '', more = ''): string {
  const named = (names: string) =>
    names
      .split(' ')
      .filter(word => word !== '')
      .map(word => `{name: ${word}}`)
      .join(', ')
  const config = `platform: linux, inputs: [${named(takes)}], outputs: [${named(makes)}], run: {path: a}`
  return `{task: ${name}, config: {${config}}${more === '' ? '' : `, ${more}`}}`
}

const across = 'across: [{var: v, values: [1, 2], max_in_flight: 2}]'

const at = (steps: string) => foundIn(plan(steps))

it.each<[string, string]>([
  ['what a get made', `{get: a}, ${task('t', 'a')}`],
  ['what a get made by another name', `{get: b, resource: a}, ${task('t', 'b')}`],
  ['what the get of a put made', `{put: a}, ${task('t', 'a')}`],
  ['an output', `${task('s', '', 'a')}, ${task('t', 'a')}`],
  [
    'a mapped output by a mapped input',
    `${task('s', '', 'x', 'output_mapping: {x: a}')}, ${task('t', 'in', '', 'input_mapping: {in: a}')}`
  ],
  [
    'no optional input',
    '{task: t, config: {platform: linux, inputs: [{name: a, optional: true}], run: {path: a}}}'
  ],
  ['an image and a file', '{get: a}, {get: b}, {task: t, image: a, file: b/c.yml}'],
  ['the inputs that a put lists', '{get: a}, {put: b, inputs: [a]}'],
  [
    'whatever a put detects',
    '{put: b, inputs: detect, params: {x: a/b}}, {put: c, inputs: all}, {put: d, params: {x: a/b}}'
  ],
  [
    'what do, try and in_parallel made',
    `{do: [{try: {get: a}}, {in_parallel: [{get: b}, {get: c}]}]}, ${task('t', 'a b c')}`
  ],
  [
    'in a branch what was made before',
    `{get: a}, {in_parallel: [${task('s', 'a', 'b')}, ${task('t', 'a', 'c')}]}, ${task('u', 'b c')}`
  ],
  ['in a branch what the branch made', `{in_parallel: [{do: [{get: a}, ${task('t', 'a')}]}, {get: b}]}`],
  [
    'of the branches before it where one runs at a time',
    `{in_parallel: {limit: 1, steps: [{get: a}, ${task('t', 'a')}]}}`
  ],
  [
    'in a hook what the step made, failed or not',
    task('s', '', 'a', `on_failure: ${task('t', 'a')}, ensure: ${task('u', 'a')}`)
  ],
  ['in a hook what a hook within made', `{get: a, on_success: {get: b}, ensure: ${task('t', 'a b')}}`],
  [
    'anything after a task whose file is not at hand',
    `{get: r}, {task: s, file: r/s.yml}, ${task('t', 'a')}, {put: p, inputs: [b]}`
  ],
  ['what a var names', '{task: t, file: ((repo))/t.yml, image: ((image))}'],
  [
    'anything after a name with a var',
    `${task('s', '', 'x', 'output_mapping: {x: ((out))}')}, ${task('t', 'a')}`
  ],
  [
    'within across what was made outside and within',
    `{get: a}, {do: [${task('s', 'a', 'b')}, ${task('t', 'a b')}], ${across}}`
  ],
  [
    'files by their first folder',
    '{get: a}, {load_var: v, file: a/b/c}, {set_pipeline: p, file: a/p.yml, var_files: [a/v.yml]}'
  ],
  ['in on_success all that the step made', `{get: a, on_success: ${task('t', 'a')}}`],
  [
    'in a hook on failure what a part of the step made',
    `{do: [{get: a}, ${task('s', 'a')}], on_failure: ${task('t', 'a')}}`
  ],
  ['in ensure what may be there', `{get: a, ensure: ${task('t', 'a')}}`],
  [
    'after a try what a hook on failure within may have made',
    `{try: ${task('s', '', '', 'on_failure: {get: a}')}}, ${task('t', 'a')}`
  ],
  [
    'in an outer hook what a hook on failure made',
    `{do: [${task('s', '', '', 'on_failure: {get: a}')}], on_failure: ${task('t', 'a')}}`
  ],
  ['what the hook of an ensure made', `{get: b, ensure: {get: a}}, ${task('t', 'a')}`],
  [
    'after attempts what any try left',
    `{do: [{get: a}, ${task('s', 'a', 'b')}], attempts: 3}, ${task('t', 'a b')}`
  ],
  [
    'in a branch what an unknown sibling may make',
    `{get: r}, {in_parallel: [{task: s, file: r/s.yml}, ${task('t', 'a')}]}`
  ]
])('lets a step take %s', (_, steps) => {
  expect(at(steps)).toEqual([])
})

it.each<[string, string, readonly string[]]>([
  ['an input', `{get: a}, ${task('t', 'a b')}`, ['missing-artifact jobs.j.plan[1].task(t)']],
  [
    'a mapped input',
    `{get: a}, ${task('t', 'a', '', 'input_mapping: {a: b}')}`,
    ['missing-artifact jobs.j.plan[1].task(t).input_mapping.a']
  ],
  [
    'the output by the name that was mapped away',
    `${task('s', '', 'x', 'output_mapping: {x: a}')}, ${task('t', 'x')}`,
    ['missing-artifact jobs.j.plan[1].task(t)']
  ],
  [
    'an image',
    '{get: b}, {task: t, image: a, file: b/c.yml}',
    ['missing-artifact jobs.j.plan[1].task(t).image']
  ],
  ['a file', '{task: t, file: b/c.yml}', ['missing-artifact jobs.j.plan[0].task(t).file']],
  [
    'the input of a put',
    '{get: a}, {put: b, inputs: [a, c]}',
    ['missing-artifact jobs.j.plan[1].put(b).inputs[1]']
  ],
  [
    'a put without its get',
    `{put: a, no_get: true}, ${task('t', 'a')}`,
    ['missing-artifact jobs.j.plan[1].task(t)']
  ],
  ['what is made later', `${task('t', 'a')}, {get: a}`, ['missing-artifact jobs.j.plan[0].task(t)']],
  [
    'in a step what only its hook makes',
    task('t', 'a', '', 'ensure: {get: a}'),
    ['missing-artifact jobs.j.plan[0].task(t)']
  ],
  [
    'what across keeps to itself',
    `{do: [${task('s', '', 'a')}], ${across}}, ${task('t', 'a')}`,
    ['missing-artifact jobs.j.plan[1].task(t)']
  ],
  [
    'in a hook round across what across keeps to itself',
    task('s', '', 'a', `${across}, ensure: ${task('t', 'a')}`),
    ['missing-artifact jobs.j.plan[0].ensure.task(t)']
  ],
  [
    'in a hook on failure what the get that failed did not make',
    `{get: a, on_failure: ${task('t', 'a')}}`,
    ['missing-artifact jobs.j.plan[0].on_failure.task(t)']
  ],
  [
    'what only a hook on failure makes',
    `${task('s', '', '', 'on_failure: {get: a}')}, ${task('t', 'a')}`,
    ['missing-artifact jobs.j.plan[1].task(t)']
  ],
  [
    'in on_success what only a hook on error makes',
    `{do: [${task('s', '', '', 'on_error: {get: a}')}], on_success: ${task('t', 'a')}}`,
    ['missing-artifact jobs.j.plan[0].on_success.task(t)']
  ],
  [
    'in a branch that runs before',
    `{in_parallel: {limit: 1, steps: [${task('t', 'a')}, {get: a}]}}`,
    ['missing-artifact jobs.j.plan[0].in_parallel.steps[0].task(t)']
  ],
  [
    'files and var files',
    '{get: r}, {load_var: v, file: a/v}, {set_pipeline: p, file: b/p.yml, var_files: [r/v.yml, c/v.yml]}',
    [
      'missing-artifact jobs.j.plan[1].load_var(v).file',
      'missing-artifact jobs.j.plan[2].set_pipeline(p).file',
      'missing-artifact jobs.j.plan[2].set_pipeline(p).var_files[1]'
    ]
  ],
  [
    'what a task with a file of its own may do without',
    '{get: r}, {task: t, file: r/t.yml, input_mapping: {in: a}}',
    ['warning missing-artifact jobs.j.plan[1].task(t).input_mapping.in']
  ],
  [
    'in a branch',
    `{in_parallel: [{try: ${task('t', 'a')}}, {get: b}]}`,
    ['missing-artifact jobs.j.plan[0].in_parallel.steps[0].try.task(t)']
  ]
])('finds that nothing made %s', (_, steps, findings) => {
  expect(at(steps)).toEqual(findings)
})

it.each<[string, string, readonly string[]]>([
  [
    'a sibling makes',
    `{in_parallel: [{get: a}, ${task('t', 'a')}]}`,
    ['artifact-race jobs.j.plan[0].in_parallel.steps[1].task(t)']
  ],
  [
    'a sibling within a sibling makes',
    `{in_parallel: [{do: [{try: {get: a}}]}, {in_parallel: [${task('t', 'a')}]}]}`,
    ['artifact-race jobs.j.plan[0].in_parallel.steps[1].in_parallel.steps[0].task(t)']
  ],
  [
    'a sibling makes again',
    `{get: a}, {in_parallel: [${task('s', '', 'a')}, ${task('t', 'a')}]}`,
    ['warning artifact-race jobs.j.plan[1].in_parallel.steps[1].task(t)']
  ]
])('finds what %s', (_, steps, findings) => {
  expect(at(steps)).toEqual(findings)
})

it('looks at each job for itself, and at its hooks', () => {
  const yaml = `jobs:
- {name: a, plan: [{get: x}], ensure: ${task('t', 'x z')}}
- {name: b, plan: [${task('t', 'x')}]}
`
  expect(foundIn(yaml)).toEqual([
    'missing-artifact jobs.a.ensure.task(t)',
    'missing-artifact jobs.b.plan[0].task(t)'
  ])
})

it('takes a task file that is at hand for what it says', () => {
  const taskFile = () => ({ platform: 'linux', outputs: [{ name: 'a' }], run: { path: 'x' } }) as const
  const yaml = plan(`{get: r}, {task: s, file: r/s.yml}, ${task('t', 'a b')}`)
  expect(foundIn(yaml, { taskFile })).toEqual(['missing-artifact jobs.j.plan[2].task(t)'])
})

it('lets the hooks of a job see what the plan may have made', () => {
  const yaml = `jobs:
- name: j
  plan: [{get: a}, ${task('s', 'a', 'b')}]
  on_success: ${task('t', 'a b')}
  on_failure: ${task('t', 'a b')}
  ensure: ${task('t', 'a b c')}
`
  expect(foundIn(yaml)).toEqual(['missing-artifact jobs.j.ensure.task(t)'])
})
