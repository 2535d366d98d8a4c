import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { Job, Pipeline, Step } from '../../src/concourse/model.ts'
import { readPipeline } from '../../src/concourse/read.ts'
import { renderPipeline, renderTaskConfig } from '../../src/concourse/render.ts'
import { taskConfigOf } from '../../src/concourse/task-file.ts'
import { FindingsError, type Finding } from '../../src/core/finding.ts'
import { deploy, sample } from './sample.ts'

const options = { source: 'pipelines/sample.ts' }

/** A pipeline with one job. */
function withPlan(...plan: Step[]): Pipeline {
  const job: Job = { name: 'job', plan }
  return { resources: [], jobs: [job] }
}

function bodyOf(pipeline: Pipeline): string {
  return renderPipeline(pipeline, options)
    .split('\n')
    .filter(line => !line.startsWith('#'))
    .join('\n')
}

const task: Step = { kind: 'task', name: 't', file: 'a/t.yml' }
const hook: Step = { kind: 'task', name: 'h', file: 'a/h.yml' }

it('renders a pipeline in the order in which a person reviews it', async () => {
  await expect(renderPipeline(sample().pipeline, options)).toMatchFileSnapshot(
    '../golden/concourse/pipeline.yml'
  )
})

it('renders a task file', async () => {
  const text = renderTaskConfig(taskConfigOf(deploy), { source: 'tasks/deploy.ts' })
  await expect(text).toMatchFileSnapshot('../golden/concourse/task.yml')
})

it('gives the same bytes each time, with one line feed at the end', () => {
  const text = renderPipeline(sample().pipeline, options)
  expect(renderPipeline(sample().pipeline, options)).toBe(text)
  expect(text).toMatch(/[^\n]\n$/)
})

it('writes something shared twice, not as an alias', () => {
  const shared = { a: ['b'] }
  const text = renderPipeline(
    withPlan(
      { kind: 'put', name: 'p', params: { one: shared, two: shared } },
      { kind: 'put', name: 'q', params: shared }
    ),
    options
  )
  expect(text).not.toMatch(/[&*]/)
  expect(text.match(/- b$/gm)).toHaveLength(3)
})

it('puts modifiers into the map of their step, in the order of the page', () => {
  const steps = withPlan({
    kind: 'ensure',
    hook,
    step: {
      kind: 'on_failure',
      hook,
      step: { kind: 'attempts', attempts: 2, step: { kind: 'try', step: task } }
    }
  })
  expect(bodyOf(steps)).toBe(`
resources: []

jobs:
- name: job
  plan:
  - try:
      task: t
      file: a/t.yml
    attempts: 2
    on_failure:
      task: h
      file: a/h.yml
    ensure:
      task: h
      file: a/h.yml
`)
})

it.each<[string, Step, Step]>([
  [
    'a hook within attempts',
    { kind: 'attempts', attempts: 2, step: { kind: 'ensure', hook, step: task } },
    { kind: 'attempts', attempts: 2, step: { kind: 'do', steps: [{ kind: 'ensure', hook, step: task }] } }
  ],
  [
    'two modifiers of one kind',
    { kind: 'attempts', attempts: 2, step: { kind: 'attempts', attempts: 3, step: task } },
    {
      kind: 'attempts',
      attempts: 2,
      step: { kind: 'do', steps: [{ kind: 'attempts', attempts: 3, step: task }] }
    }
  ],
  [
    'a time-out round a step that has its own',
    { kind: 'timeout', timeout: '1h', step: { kind: 'task', name: 't', file: 'a/t.yml', timeout: '5m' } },
    {
      kind: 'timeout',
      timeout: '1h',
      step: { kind: 'do', steps: [{ kind: 'task', name: 't', file: 'a/t.yml', timeout: '5m' }] }
    }
  ]
])('keeps the meaning of %s by a do', (_, written, read) => {
  const text = renderPipeline(withPlan(written), options)
  expect(readPipeline(text, 'p.yml').pipeline).toEqual(withPlan(read))
})

it('refuses all at once what Concourse would not keep', () => {
  const broken = withPlan(
    { kind: 'put', name: 'p', params: { big: 2 ** 53, list: [{ nan: NaN }], text: 'a\u0085b', '<<': {} } },
    { kind: 'attempts', attempts: Infinity, step: { ...task, name: '\ud83d' } },
    { kind: 'put', name: 'q', params: { ['k'.repeat(1000)]: 1, '\u007f': 2 } }
  )
  let findings: readonly Finding[] = []
  try {
    renderPipeline(broken, options)
  } catch (thrown) {
    if (thrown instanceof FindingsError) findings = thrown.findings
  }
  expect(findings.map(({ code, path }) => [code, path])).toEqual([
    ['number-range', 'jobs.job.plan[0].put(p).params.big'],
    ['number-range', 'jobs.job.plan[0].put(p).params.list[0].nan'],
    ['unkept-text', 'jobs.job.plan[0].put(p).params.text'],
    ['unkept-key', 'jobs.job.plan[0].put(p).params'],
    ['unkept-text', 'jobs.job.plan[1].task'],
    ['number-range', 'jobs.job.plan[1].attempts'],
    ['unkept-key', 'jobs.job.plan[2].put(q).params'],
    ['unkept-text', 'jobs.job.plan[2].put(q).params']
  ])
})

it('loads no parser to write: emission starts fast', async () => {
  const seen = new Set<string>()
  const visit = async (file: URL): Promise<void> => {
    if (seen.has(file.href)) return
    seen.add(file.href)
    const source = await readFile(file, 'utf8')
    for (const [, name = ''] of source.matchAll(/^import (?!type )[^;]*? from '([^']+)'/gms)) {
      expect(name, file.pathname).toMatch(/^(\.|node:)/)
      if (name.startsWith('.')) await visit(new URL(name, file))
    }
  }
  await visit(new URL('../../src/concourse/render.ts', import.meta.url))
  await visit(new URL('../../src/rules/check-pipeline.ts', import.meta.url))
  expect(seen.size).toBeGreaterThan(20)
})
