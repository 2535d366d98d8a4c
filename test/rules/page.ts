import { existsSync, readFileSync } from 'node:fs'
import { readTaskConfig } from '../../src/concourse/read.ts'
import { parseRelease } from '../../src/concourse/release.ts'
import { given } from '../../src/core/given.ts'
import type { SubjectOptions } from '../../src/rules/subject.ts'

/** A page of docs/rules as the tests read it. */
export interface Page {
  readonly text: string
  /** Under `## Bad` and `## Good`: the pipeline, and the task files that it names. */
  readonly bad: Example | undefined
  readonly good: Example | undefined
}

export interface Example {
  readonly pipeline: string
  readonly options: SubjectOptions
}

/** Rules whose bad example would fill pages, or is no text; their own tests make it. */
export const withoutExample: ReadonlySet<string> = new Set([
  'too-large',
  'too-deep',
  'excessive-aliases',
  'empty-file',
  'binary-file',
  'invalid-utf8',
  'program',
  'settings',
  'var-value',
  'script-too-long',
  'long-passed-chain'
])

export function pageOf(code: string): Page | undefined {
  const file = new URL(`../../docs/rules/${code}.md`, import.meta.url)
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  return { text, bad: exampleIn(text, 'Bad'), good: exampleIn(text, 'Good') }
}

/**
 * The blocks of YAML under a heading: that of the pipeline, with its target after ```yaml where there is one
 * (`target: 7.4`), and those of task files (`repo/ci/unit.yml`).
 */
function exampleIn(text: string, heading: string): Example | undefined {
  const [, section] = new RegExp(`^## ${heading}\\n(.*?)(?=^## |(?![^]))`, 'ms').exec(text) ?? []
  if (section === undefined) return undefined
  const blocks = [...section.matchAll(/^```yaml(?: target: (\S+)| (\S+))?\n(.*?)^```$/gms)]
  const [, target, , pipeline] = blocks.find(([, , file]) => file === undefined) ?? []
  if (pipeline === undefined) return undefined
  const files = new Map(
    blocks.flatMap(([, , file, yaml]) => (file === undefined ? [] : [[file, yaml ?? '']]))
  )
  return {
    pipeline,
    options: {
      ...given('target', target === undefined ? undefined : parseRelease(target)),
      taskFile: file => {
        const yaml = files.get(file)
        return yaml === undefined ? undefined : readTaskConfig(yaml, file).config
      }
    }
  }
}
