import { expect, it } from 'vitest'
import { readPipeline } from '../../src/concourse/read.ts'
import { checkPipeline } from '../../src/rules/check-pipeline.ts'
import { plainSecret } from '../../src/rules/plain-secret.ts'
import { found, plan } from './found.ts'

// Put together here, so that nothing which looks for secrets finds one in this repository.
const letters = 'Q7wE2rT9yU4iO1pA8sD3fG6hJ5kL0zX'.repeat(4)
const pem = (kind: string) => `-----BEGIN ${kind}-----\\n${letters.slice(0, 64)}\\n-----END ${kind}-----`
const gitHub = ['ghp', letters.slice(0, 36)].join('_')
const slack = [
  'https://hooks.slack.com/services',
  `T${letters.slice(0, 8)}`,
  `B${letters.slice(0, 8)}`,
  letters.slice(0, 24)
].join('/')

const source = (entry: string) => `resources: [{name: r, type: git, source: {${entry}}}]
jobs: [{name: j, plan: [{get: r}]}]
`

it.each<[string, string]>([
  ['a private key', `private_key: "${pem('RSA PRIVATE KEY')}"`],
  ['a private key in JSON', `json_key: '{"private_key": "${pem('PRIVATE KEY')}"}'`],
  ['a token of GitHub', `access_token: ${gitHub}`],
  ['a token under any name', `x: [{y: "Bearer ${gitHub}"}]`],
  ['a web hook of Slack', `url: ${slack}`]
])('is sure of %s', (_, entry) => {
  expect(found(plainSecret, source(entry))).toEqual([
    expect.stringMatching(/^plain-secret resources\.r\.source\./)
  ])
})

it.each<[string, string]>([
  ['a password', 'password: open-sesame'],
  ['another spelling of it', 'ADMIN_PASSWORD: open-sesame'],
  ['a camel with a secret', 'clientSecret: open-sesame'],
  ['an address', 'uri: "https://ci:open-sesame@git.example.com/x.git"']
])('warns of %s', (_, entry) => {
  expect(found(plainSecret, source(entry))).toEqual([
    expect.stringMatching(/^warning plain-secret resources\.r\.source\./)
  ])
})

it.each<[string, string]>([
  ['a var', 'password: ((password))'],
  ['a var in an address', 'uri: "https://ci:((password))@git.example.com/x.git"'],
  ['an address without a password', 'uri: "https://ci@git.example.com:8443/x.git"'],
  ['an address by ssh', 'uri: "git@git.example.com:x/y.git"'],
  ['an address of the machine itself', 'uri: "postgres://app:app@localhost:5432/app"'],
  ['nothing', 'password: "", token: null, secret: false'],
  ['a file', 'private_key: ./keys/id_rsa, service_key: env/key.json'],
  ['a placeholder', 'token: YOUR-TOKEN-GOES-HERE, password: "<password>", secret: changeme'],
  ['what others fill in', 'password: "{{password}}", secret: $SECRET, token: "<%= token %>"'],
  ['what stands for no password', 'username: ((token)), password: x-oauth-basic'],
  ['a certificate', `ca_cert: "${pem('CERTIFICATE')}"`],
  ['a public key', `key: "${pem('PUBLIC KEY')}"`],
  ['the outline of a key', 'private_key: "-----BEGIN RSA PRIVATE KEY-----\\n..."'],
  ['a commit', `ref: ${'0123456789abcdef'.repeat(3)}`],
  ['a name that only begins so', 'secret_name: db, token_url: "https://uaa.example.com"']
])('says nothing of %s', (_, entry) => {
  expect(found(plainSecret, source(entry))).toEqual([])
})

it.each<[string, string, string]>([
  ['a get', '{get: r, params: {password: open-sesame}}', 'get(r).params.password'],
  ['a put', '{put: r, params: {password: open-sesame}}', 'put(r).params.password'],
  ['the get of a put', '{put: r, get_params: {password: open-sesame}}', 'put(r).get_params.password'],
  ['a task', '{task: t, file: r/t.yml, params: {PASSWORD: open-sesame}}', 'task(t).params.PASSWORD'],
  ['its vars', '{task: t, file: r/t.yml, vars: {password: open-sesame}}', 'task(t).vars.password'],
  [
    'its config',
    '{task: t, config: {platform: linux, params: {PASSWORD: open-sesame}, run: {path: a}}}',
    'task(t).config.params.PASSWORD'
  ],
  [
    'a pipeline',
    '{set_pipeline: p, file: r/p.yml, vars: {password: open-sesame}}',
    'set_pipeline(p).vars.password'
  ]
])('looks into %s', (_, step, place) => {
  expect(found(plainSecret, plan(step))).toEqual([`warning plain-secret jobs.j.plan[0].${place}`])
})

it('looks into types and var sources, and at web hooks', () => {
  const yaml = `resource_types: [{name: t, type: registry-image, source: {password: open-sesame}, defaults: {token: abc}}]
var_sources: [{name: v, type: vault, config: {client_token: abc}}]
resources: [{name: r, type: t, webhook_token: abc}]
jobs: [{name: j, plan: [{get: r}]}]
`
  expect(found(plainSecret, yaml)).toEqual([
    'warning plain-secret resources.r.webhook_token',
    'warning plain-secret resource_types.t.source.password',
    'warning plain-secret resource_types.t.defaults.token',
    'warning plain-secret var_sources.v.config.client_token'
  ])
})

it('takes nothing but tokens for secrets in a script, whose words are its own', () => {
  const task = (script: string) =>
    `{task: t, config: {platform: linux, run: {path: sh, args: [-ec, "${script}"]}}}`
  expect(found(plainSecret, plan(task('PASSWORD=open-sesame ./a')))).toEqual([])
  expect(
    found(plainSecret, plan(task(`curl -H "Authorization: ${gitHub}" x`.replaceAll('"', '\\"'))))
  ).toEqual(['plain-secret jobs.j.plan[0].task(t).config.run.args[1]'])
})

it('shows no secret', () => {
  const yaml = source(`password: open-sesame, private_key: "${pem('PRIVATE KEY')}", x: ${gitHub}`)
  const findings = checkPipeline(readPipeline(yaml, 'p.yml').pipeline, { rules: [plainSecret] })
  expect(findings).toHaveLength(3)
  for (const { message, hint } of findings) {
    expect(`${message} ${hint ?? ''}`).not.toMatch(new RegExp(`open-sesame|${letters.slice(0, 16)}`))
  }
})
