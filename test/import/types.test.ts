import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { renderPipeline } from '../../src/concourse/render.ts'
import { sample } from '../concourse/sample.ts'
import { imported } from './run-source.ts'

const root = dirname(dirname(import.meta.dirname))

/** What the compiler says of a file of its own, under the settings of this repository. */
async function diagnosticsOf(source: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-import-'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'p.ts'), source)
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), path => ts.sys.readFile(path)) as {
    config: { compilerOptions: object }
  }
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...config.compilerOptions,
      incremental: false,
      types: [],
      paths: { causeway: [join(root, 'src', 'causeway.ts')] }
    },
    root
  )
  delete options.tsBuildInfoFile
  const program = ts.createProgram([join(folder, 'p.ts')], options)
  const file = program.getSourceFile(join(folder, 'p.ts'))
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')
  )
}

const every = `
x: { params: &some { A: 1, B: ((b)) } }
resource_types:
  - { name: base, type: registry-image, source: { repository: r }, check_every: 60m, defaults: { a: ((b)) } }
  - { name: chat, type: base, privileged: true, tags: [t], params: { p: null } }
prototypes: [{ name: p, type: chat }]
var_sources: [{ name: v, type: vault, config: { url: u } }]
resources:
  - { name: chat, type: chat, webhook_token: ((w)), check_every: ((every)), check_timeout: banana, version: { ref: a } }
  - { name: lock, type: pool, source: { uri: u, branch: b, pool: p, retry_delay: 5s } }
jobs:
  - name: a
    build_log_retention: { days: 1, minimum_succeeded_builds: 2 }
    build_logs_to_retain: 2
    plan:
      - across: [{ var: go, values: [1, { a: ((b)) }], max_in_flight: all }, { var: os, values: ((.:all)) }]
        fail_fast: true
        task: ((.:go))
        config:
          platform: ((p))
          image_resource: { type: chat, source: { a: ((b)) }, version: { digest: d }, tags: [t] }
          inputs: [{ name: a }, { name: b, path: c }, { name: d, optional: true }]
          outputs: [{ name: a, path: ((p)) }, { name: b }]
          caches: [{ path: a, ttl: 1h }, { path: b, ttl: 1h30m }, { path: c }]
          params: { <<: *some, C: [1, { d: ((e)) }] }
          container_limits: { cpu: 1, memory: 1GB }
          run: { path: sh, args: [-c, "a\\nb\\n", ((arg))], dir: d, user: u }
        input_mapping: { a: ((.:go)), b: c }
        params: { <<: *some }
        attempts: 2
        ensure: { try: { load_var: x, file: a/b, format: yml, reveal: true }, timeout: 1m }
      - { in_parallel: { limit: 2, fail_fast: true, steps: [{ run: m, type: p, params: { a: b } }] }, tags: [x] }
      - { put: chat, inputs: [a], get_params: { a: ((b)) }, no_get: true, on_failure: { do: [], timeout: 2h } }
      - { put: lock, inputs: detect, params: { acquire: true } }
      - { set_pipeline: self, file: a/b, team: t, instance_vars: { a: ((.:x)) }, vars: { b: 1 }, var_files: [a/c] }
  - { name: b, plan: [{ get: lock, passed: [a, "x*", c], version: every, trigger: true }, { get: none, version: { a: b } }] }
groups: [{ name: g, jobs: [a, "{b,c}", d], resources: [lock, gone] }]
display: { background_image: https://example.com/a.png, background_filter: none }
user_data: { a: [null] }
`

it('writes what compiles', async () => {
  const page = await readFile(join(root, 'docs', 'import.md'), 'utf8')
  const example = /```yaml\n([^]*?)```/.exec(page)?.[1] ?? ''
  for (const yaml of [every, example, renderPipeline(sample().pipeline, { source: 'p.ts' })]) {
    expect(await diagnosticsOf(imported(yaml))).toEqual([])
  }
  expect(await diagnosticsOf("import { get } from 'causeway'\nget('a')\n")).not.toEqual([])
})
