import { describe, expect, it } from 'vitest'
import { imported } from './run-source.ts'

const resources = `
resources:
  - { name: repo, type: git, source: { uri: https://git.example.com/repo.git, branch: main } }
  - { name: chat, type: chat, source: { url: ((chat)) } }
`

/** What is written below the imports. */
function body(yaml: string): string {
  return imported(yaml).replace(/^[^]*?from 'causeway'\n\n/, '')
}

describe('importPipeline', () => {
  it('takes the constructor of a type where its options say all of the source', () => {
    const source = body(`
resource_types: [{ name: custom, type: registry-image }]
resources:
  - { name: a, type: git, source: { uri: u, private_key: ((key)) }, check_every: never }
  - { name: b, type: git, source: { uri: u, private_key: plain } }
  - { name: c, type: git, source: { uri: u, depth: 1 } }
  - { name: d, type: time, source: { interval: 24h } }
  - { name: e, type: time, source: { interval: 60m } }
  - { name: f, type: custom }
jobs: []
`)
    expect(source).toContain(
      "const a = git('a', { uri: 'u', privateKey: variable('key') }, { checkEvery: 'never' })\n"
    )
    expect(source).toContain("const b = resource('b', 'git', { uri: 'u', private_key: 'plain' })\n")
    expect(source).toContain("const c = resource('c', 'git', { uri: 'u', depth: 1 })\n")
    expect(source).toContain("const d = time('d', { interval: Duration.hours(24) })\n")
    expect(source).toContain("const e = resource('e', 'time', { interval: '60m' })\n")
    expect(source).toContain("const f = resource('f', custom)\n")
  })

  it('lists resources only where jobs do not use them in their order', () => {
    const jobs = 'jobs: [{ name: a, plan: [{ get: repo }, { put: chat }] }]'
    expect(body(`${resources}${jobs}`)).toContain("pipeline('p', { jobs: [a] })")
    const other = 'jobs: [{ name: a, plan: [{ put: chat }, { get: repo }] }]'
    expect(body(`${resources}${other}`)).toContain("pipeline('p', { resources: [repo, chat], jobs: [a] })")
  })

  it('defines jobs below those that they wait for, and keeps their order', () => {
    const source = body(`${resources}
jobs:
  - { name: deploy, plan: [{ get: repo, passed: [unit, lint-*, gone] }, { put: chat }] }
  - { name: unit, plan: [{ get: repo }] }
`)
    expect(source).toMatch(/const unit = [^]*const deploy = /)
    expect(source).toContain("passed: [unit, 'lint-*', jobNamed('gone')]")
    expect(source).toContain('jobs: [deploy, unit]')
  })

  it('names what repeats by its anchor, and begins maps with what is merged into them', () => {
    const source = body(`${resources}
x: { params: &credentials { KEY: ((key)), SECRET: ((secret)) } }
jobs:
  - name: a
    plan:
      - { get: repo }
      - { task: t, file: repo/t.yml, params: { <<: *credentials, STAGE: one } }
    on_failure: &alarm { put: chat, params: { text: "The build has failed; look at its page, and tell the others." } }
  - name: b
    plan: [{ task: t, file: repo/t.yml, params: { <<: *credentials, SECRET: none } }]
    on_failure: *alarm
`)
    expect(source).toContain(
      "const credentials: DataMap = { KEY: variable('key'), SECRET: variable('secret') }\n"
    )
    expect(source).toContain("params: { ...credentials, STAGE: 'one' }")
    expect(source).not.toContain('...credentials, SECRET')
    expect(source).toMatch(/const alarm = put\(chat/)
    expect(source.match(/onFailure: alarm/g)).toHaveLength(2)
  })

  it('makes one function of jobs and of steps that differ in a text', () => {
    const source = body(`${resources}
jobs:
${['dev', 'prod']
  .map(
    name => `
  - name: deploy-${name}
    serial: true
    plan:
      - { get: repo }
      - task: deploy-${name}
        file: repo/ci/tasks/deploy-the-application.yml
        params: { ENVIRONMENT: ${name}, DOMAIN: ${name}.example.com, PASSWORD: ((${name}.password)) }
      - { put: chat }`
  )
  .join('')}
`)
    expect(source).toContain('function deploy(environment: string): Job {')
    expect(source).toContain('PASSWORD: variable(`${environment}.password`)')
    expect(source).toContain("const deployProd = deploy('prod')\n")
  })

  it('keeps comments above jobs, resources and steps, and at the top', () => {
    const source = imported(`# Ours.
resources:
# Where it is.
- { name: repo, type: git, source: { uri: u } }

jobs:
  # First,
  # always.
  - name: a # Not this one.
    plan:
      # New versions start it.
      - get: repo
        # Nor this.
        trigger: true
`)
    expect(source).toMatch(/^\/\/ Ours\.\nimport /)
    expect(source).toContain("// Where it is.\nconst repo = git('repo'")
    expect(source).toContain('// First,\n// always.\nconst a = job(')
    expect(source).toContain('  // New versions start it.\n  get(repo')
    expect(source).not.toContain('this')
  })

  it('gives no name twice, nor one that means something else', () => {
    const source = body(`
resources: [{ name: get, type: mock }, { name: build, type: mock }, { name: BUILD, type: mock }, { name: 7z, type: mock }]
jobs: [{ name: build, plan: [] }, { name: new, plan: [] }, { name: größe-2, plan: [] }]
`)
    const names = [...source.matchAll(/^const (\S+) = /gm)].map(([, name]) => name)
    expect(names).toEqual([
      'getResource',
      'build',
      'buildResource',
      'resource7z',
      'buildJob',
      'newJob',
      'größe2'
    ])
  })
})
