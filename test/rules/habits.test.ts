import { expect, it } from 'vitest'
import { getWithoutAttempts } from '../../src/rules/get-without-attempts.ts'
import { putWithAttempts } from '../../src/rules/put-with-attempts.ts'
import { stepWithoutTimeout } from '../../src/rules/step-without-timeout.ts'
import { xtrace } from '../../src/rules/xtrace.ts'
import { found, plan } from './found.ts'

it.each<[string, string, readonly string[]]>([
  [
    'each kind of step',
    '{get: a}, {put: b}, {task: t, file: a/b}',
    ['[0].get(a)', '[1].put(b)', '[2].task(t)']
  ],
  ['its own', '{get: a, timeout: 1m}, {put: b, timeout: 1m}, {task: t, file: a/b, timeout: 1m}', []],
  ['one round it', '{do: [{try: {get: a}}], timeout: 1m}', []],
  [
    'one that its hook is outside of',
    '{do: [{get: a}], timeout: 1m, ensure: {put: b}}',
    ['[0].ensure.put(b)']
  ],
  ['others', '{load_var: v, file: a/b}, {set_pipeline: p, file: a/b}', []]
])('looks for the timeout of %s', (_, steps, places) => {
  expect(found(stepWithoutTimeout, plan(steps))).toEqual(
    places.map(place => `warning step-without-timeout jobs.j.plan${place}`)
  )
})

it.each<[string, string, readonly string[]]>([
  ['a get', '{get: a}', ['[0].get(a)']],
  ['a get that has some', '{get: a, attempts: 2}', []],
  ['a get in what has some', '{do: [{get: a}], attempts: 2}', []],
  ['a put', '{put: a}', []]
])('looks for the attempts of %s', (_, steps, places) => {
  expect(found(getWithoutAttempts, plan(steps))).toEqual(
    places.map(place => `warning get-without-attempts jobs.j.plan${place}`)
  )
})

const resources =
  'resources: [{name: lab, type: pool}, {name: version, type: semver}, {name: repo, type: git}]'

it.each<[string, string, readonly string[]]>([
  ['acquire', '{put: lab, params: {acquire: true}, attempts: 2}', ['[0].put(lab)']],
  [
    'acquire in what is tried',
    '{do: [{put: lab, params: {acquire: true}}], attempts: 2}',
    ['[0].do[0].put(lab)']
  ],
  ['claim, which names one lock', '{put: lab, params: {claim: a}, attempts: 2}', []],
  ['release', '{put: lab, params: {release: lab}, attempts: 2}', []],
  ['bump', '{put: version, params: {bump: minor}, attempts: 2}', ['[0].put(version)']],
  ['a version from a file', '{put: version, params: {file: a/b}, attempts: 2}', []],
  ['a push', '{put: repo, params: {repository: a}, attempts: 2}', []],
  ['acquire once', '{put: lab, params: {acquire: true}}', []]
])('knows whether a second try does more of %s', (_, step, places) => {
  expect(found(putWithAttempts, plan(step, resources))).toEqual(
    places.map(place => `warning put-with-attempts jobs.j.plan${place}`)
  )
})

/** A task with this script, whose params are a password and a name from vars, and a word. */
function script(lines: readonly string[], flags = '-ec'): string {
  const text = JSON.stringify(lines.join('\n'))
  const params = 'PASSWORD: ((pw)), NAME: ((name)), WORD: secret, LOGIN: ((admin_password))'
  return plan(
    `{task: t, config: {platform: linux, params: {${params}}, run: {path: bash, args: [${flags}, ${text}]}}}`
  )
}

it.each<[string, string]>([
  ['by a flag', script(['cf auth "$PASSWORD"'], '-euxc')],
  ['by an option', script(['cf auth "$PASSWORD"'], '-o, xtrace, -c')],
  ['by set -x', script(['set -x', 'cf auth "${PASSWORD}"'])],
  ['by set with more', script(['set -eu -x -o pipefail', 'cf auth $PASSWORD'])],
  ['by set -o', script(['set -o xtrace', 'cf auth $PASSWORD'])],
  ['of a var that is one', script(['set -x', 'cf auth $LOGIN'])],
  ['after a pause', script(['set +x', 'cf auth $PASSWORD', 'set -x', 'cf push -v $PASSWORD'], '-exc')]
])('finds a secret that is traced %s', (_, yaml) => {
  expect(found(xtrace, yaml)).toEqual([
    'warning xtrace jobs.j.plan[0].task(t).config.run.args[1]'.replace(
      '[1]',
      yaml.includes('xtrace, -c') ? '[3]' : '[1]'
    )
  ])
})

it.each<[string, string]>([
  ['without a trace', script(['cf auth "$PASSWORD"'])],
  ['before it', script(['cf auth "$PASSWORD"', 'set -x'])],
  ['after it', script(['set -x', 'set +x', 'cf auth "$PASSWORD"'])],
  ['within quotes', script(["echo 'needs $PASSWORD'"], '-exc')],
  ['in a comment', script(['# needs $PASSWORD'], '-exc')],
  ['in a here-document', script(['cat > a <<EOF', '$PASSWORD', 'EOF'], '-exc')],
  ['that is none', script(['echo $NAME $WORD $PASSWORDS'], '-exc')],
  ['by a set of other things', script(['set -eu -o pipefail', 'cf auth $PASSWORD'])]
])('says nothing of a secret %s', (_, yaml) => {
  expect(found(xtrace, yaml)).toEqual([])
})

it('looks at the params of the step too', () => {
  const config = 'platform: linux, params: {PASSWORD: ""}, run: {path: sh, args: [-xc, "a $PASSWORD"]}'
  const yaml = plan(`{task: t, params: {PASSWORD: ((pw))}, config: {${config}}}`)
  expect(found(xtrace, yaml)).toEqual(['warning xtrace jobs.j.plan[0].task(t).config.run.args[1]'])
})
