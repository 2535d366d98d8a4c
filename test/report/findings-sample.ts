import type { Finding } from '../../src/core/finding.ts'

/** A pipeline of which each line can be pointed at. */
export const pipelineText = `resources:
- name: repo
  type: git
  source: {uri: https://example.com/repo.git}
jobs:
- name: test
  plan:
  - get: repo
  - put: nowhere
`

export const unknownResource: Finding = {
  code: 'unknown-resource',
  severity: 'error',
  message: 'found "nowhere", expected a resource of the pipeline',
  path: 'jobs.test.plan[1].put(nowhere)',
  file: 'ci/a.yml',
  line: 9,
  column: 5,
  hint: 'add it to the resources',
  doc: 'https://example.com/unknown-resource'
}

export const unusedResource: Finding = {
  code: 'unused-resource',
  severity: 'warning',
  message: 'found no step that uses it',
  path: 'resources.repo',
  file: 'ci/a.yml',
  line: 2,
  column: 3
}

/** What concerns a file as a whole. */
export const emptyFile: Finding = {
  code: 'empty-file',
  severity: 'error',
  message: 'found an empty file, expected YAML',
  path: '',
  file: 'ci/b.yml'
}

export const sources: ReadonlyMap<string, string> = new Map([['ci/a.yml', pipelineText]])
