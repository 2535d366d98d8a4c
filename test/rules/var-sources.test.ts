import { expect, it } from 'vitest'
import { invalidVarSourceConfig } from '../../src/rules/invalid-var-source-config.ts'
import { unknownVarSourceType } from '../../src/rules/unknown-var-source-type.ts'
import { varSourceCycle } from '../../src/rules/var-source-cycle.ts'
import { found } from './found.ts'

const withSources = (sources: string) => `var_sources: [${sources}]\njobs: [{name: j, plan: []}]\n`

it('finds types that no pipeline may use', () => {
  const yaml = withSources('{name: a, type: credhub}, {name: b, type: ((t))}, {name: c, type: idtoken}')
  expect(found(unknownVarSourceType, yaml)).toEqual(['unknown-var-source-type var_sources.a.type'])
  expect(found(unknownVarSourceType, yaml, { target: '7.13' })).toEqual([
    'unknown-var-source-type var_sources.a.type',
    'unknown-var-source-type var_sources.c.type'
  ])
})

const config = (type: string, settings: string) =>
  found(invalidVarSourceConfig, withSources(`{name: s, type: ${type}, config: ${settings}}`)).map(finding =>
    finding.replace('invalid-var-source-config var_sources.s.config', '')
  )

it.each([
  [
    'vault',
    '{url: "https://v.example.com:8200", auth_backend: cert, auth_params: {a: b}, query_timeout: 1m}'
  ],
  ['vault', '{URL: http://v, Client_Token: x, namespace: null}'],
  ['vault', '{url: ((x:url)), client_token: ((x:token)), login_timeout: ((x:t))}'],
  ['vault', '((config))'],
  ['ssm', '{region: eu-west-1}'],
  ['ssm', '{access_key: a, secret_key: b, session_token: c, shared_path: /x}'],
  ['ssm', ''],
  ['secretsmanager', '{shared_secret_template: "/x/{{.Secret}}"}'],
  ['dummy', '{vars: {a: [1]}, anything: 1}'],
  ['dummy', '{vars: ((vars))}'],
  ['idtoken', '{audience: [a], subject_scope: instance, expires_in: 24h, algorithm: ES256}'],
  ['idtoken', '{}'],
  ['credhub', '{any: thing}']
])('takes a config of %s: %s', (type, settings) => {
  expect(config(type, settings)).toEqual([])
})

it.each<[string, string, readonly string[]]>([
  ['vault', '[a]', ['']],
  ['vault', '{url: https://v}', ['']],
  ['vault', '{client_token: x}', ['']],
  ['vault', '{url: "ftp://v", client_token: x}', ['.url']],
  ['vault', '{url: "https://:8200", client_token: x}', ['.url']],
  [
    'vault',
    '{url: https://v, client_token: 1, tocken: x, path_prefix: ""}',
    ['.client_token', '.tocken', '.path_prefix']
  ],
  [
    'vault',
    '{url: https://v, auth_backend: a, auth_params: {a: 1}, lookup_templates: /a}',
    ['.auth_params', '.lookup_templates']
  ],
  ['vault', '{url: https://v, auth_backend: a, query_timeout: 1d}', ['.query_timeout']],
  ['ssm', '{secret_key: b}', ['']],
  ['ssm', '{access_key: a}', ['']],
  ['ssm', '{shared_secret_template: x}', ['.shared_secret_template']],
  ['secretsmanager', '{team_secret_template: ""}', ['.team_secret_template']],
  ['dummy', '{vars: a}', ['']],
  [
    'idtoken',
    '{audience: a, subject_scope: none, expires_in: 25h, algorithm: HS256, Audience: [a]}',
    ['.audience', '.subject_scope', '.expires_in', '.algorithm', '.Audience']
  ]
])('finds what is wrong with a config of %s: %s', (type, settings, paths) => {
  expect(config(type, settings)).toEqual(paths)
})

it('finds that a config is missing', () => {
  const yaml = withSources('{name: a, type: vault}, {name: b, type: ssm}')
  expect(found(invalidVarSourceConfig, yaml)).toEqual(['invalid-var-source-config var_sources.a'])
})

const source = (name: string, takes: string) =>
  `{name: ${name}, type: dummy, config: {vars: {v: "${takes
    .split('')
    .map(other => `((${other}:v))`)
    .join('')}"}}}`

it.each<[string, readonly [string, string][], readonly string[]]>([
  [
    'in order',
    [
      ['a', ''],
      ['b', 'a'],
      ['c', 'ab']
    ],
    []
  ],
  [
    'one before another',
    [
      ['b', 'a'],
      ['a', '']
    ],
    []
  ],
  [
    'a long chain from the bottom up',
    [
      ['c', 'b'],
      ['b', 'a'],
      ['a', '']
    ],
    ['c']
  ],
  [
    'a cycle',
    [
      ['a', 'b'],
      ['b', 'a'],
      ['c', '']
    ],
    ['a', 'b']
  ],
  ['one of itself', [['a', 'a']], ['a']],
  [
    'one that is not there',
    [
      ['a', 'x'],
      ['b', 'a']
    ],
    ['a', 'b']
  ]
])('orders var sources: %s', (_, sources, stuck) => {
  const yaml = withSources(sources.map(([name, takes]) => source(name, takes)).join(', '))
  expect(found(varSourceCycle, yaml)).toEqual(
    stuck.map(name => `var-source-cycle var_sources.${name}.config`)
  )
})
