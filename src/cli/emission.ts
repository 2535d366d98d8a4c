import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pipeline } from '../concourse/model.ts'
import { renderTaskConfig } from '../concourse/render.ts'
import { taskConfigOf } from '../concourse/task-file.ts'
import { hasErrors, FindingsError, type Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import type { Environment } from '../environment/environment.ts'
import type { CheckOptions } from '../rules/check-pipeline.ts'
import { loadPipelines, loadTasks, taskProgram } from './modules.ts'
import { writerOf, type Writing } from './pipeline-text.ts'
import { ProgramFindings } from './program-findings.ts'
import { shownPath } from './shown-path.ts'

/** What is emitted: path below the output folder → text. */
export type Emission = ReadonlyMap<string, string>

export interface EmittedPipelines {
  readonly files: Emission
  /** What rules found to be risky. */
  readonly warnings: readonly Finding[]
}

/** The pipelines of some environments. Throws one FindingsError with all that rules found where any is an error. */
export async function emitPipelines(
  root: string,
  environments: readonly Environment[],
  options: CheckOptions & Writing
): Promise<EmittedPipelines> {
  const modules = await loadPipelines(root)
  const findings = new ProgramFindings(options)
  const made: { readonly path: string; readonly pipeline: Pipeline; readonly source: string }[] = []
  for (const environment of environments) {
    for (const { source, define } of modules) {
      const { name } = define(environment)
      const file = shownPath(join(root, source))
      const pipeline = await findings.add(() => define(environment).pipeline, file)
      made.push({ path: `pipelines/${environment.record.name}/${name}.yml`, pipeline, source })
    }
  }
  if (hasErrors(findings.all)) throw new FindingsError(findings.all)
  const { target } = options
  const textOf = await writerOf(options)
  const files = made.map(({ path, pipeline, source }) => {
    return [path, textOf(pipeline, { source, ...given('target', target) })] as const
  })
  return { files: new Map(files), warnings: findings.all }
}

/** Folders of the checkout that tasks read from, published as they are. */
export const publishedFolders = ['ops', 'release', 'terraform', 'cloud-config', 'plan-patches'] as const

/** Task files, their programs, and the files that they apply: the same for every environment. */
export async function emitTasks(root: string): Promise<Emission> {
  const files = new Map<string, string>()
  for (const task of await loadTasks(root)) {
    const source = `tasks/${task.name}.ts`
    files.set(`tasks/${task.name}.yml`, renderTaskConfig(taskConfigOf(task), { source }))
    files.set(`tasks/${task.name}.mjs`, await readFile(taskProgram(root, task.name), 'utf8'))
  }
  for (const folder of publishedFolders) {
    for (const path of await filesBelow(root, folder)) {
      files.set(path, await readFile(join(root, path), 'utf8'))
    }
  }
  return files
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true })
  const below = await Promise.all(
    entries.map(async entry => {
      const path = `${folder}/${entry.name}`
      return entry.isDirectory() ? filesBelow(root, path) : [path]
    })
  )
  return below.flat().sort()
}
