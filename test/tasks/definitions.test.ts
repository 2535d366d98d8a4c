import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderTaskConfig } from '../../src/concourse/render.ts'
import { taskConfigOf } from '../../src/concourse/task-file.ts'
import { readTaskConfig } from '../../src/concourse/read.ts'
import { Duration } from '../../src/core/duration.ts'
import { taskSignatures } from './all-tasks.ts'

const tasks = await taskSignatures()
const images = await readdir(join(import.meta.dirname, '..', '..', 'images'))

describe.each([...tasks])('task %s', (file, task) => {
  const text = renderTaskConfig(taskConfigOf(task), { source: `tasks/${file}.ts` })

  it('is named as its file is, verb first', () => {
    expect(task.name).toBe(file)
    expect(task.name).toMatch(/^[a-z]+(-[a-z]+)+$/)
  })

  it('says what it is for, and so does each of its inputs, outputs and params', () => {
    const docs = [task, ...[task.inputs, task.outputs, task.params].flatMap(part => Object.values(part))].map(
      one => one.doc
    )
    for (const doc of docs) expect(doc).toMatch(/^.{8,}\.$/)
  })

  it('runs in an image of ours, and ends itself', () => {
    expect(images).toContain(task.image)
    expect(task.timeout.milliseconds).toBeGreaterThan(Duration.minutes(1).milliseconds)
  })

  it('has its golden, which reads back as what was written', async () => {
    await expect(text).toMatchFileSnapshot(`../golden/tasks/${file}.yml`)
    expect(readTaskConfig(text, file).config).toEqual(taskConfigOf(task))
  })

  it('is there only if a pipeline uses it', async () => {
    const { pipelines } = await import('../pipelines/load.ts')
    const { stepsOf } = await import('../../src/concourse/step-tree.ts')
    const used = (await pipelines()).some(({ pipeline }) =>
      [...stepsOf(pipeline)].some(({ step }) => step.kind === 'task' && step.name === file)
    )
    expect(used).toBe(true)
  })
})
