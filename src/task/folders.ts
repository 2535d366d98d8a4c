import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TaskSignature } from '../concourse/signature.ts'
import type { Finding } from '../core/finding.ts'

export interface TaskFolders {
  readonly inputs: Readonly<Record<string, string | undefined>>
  readonly outputs: Readonly<Record<string, string>>
  readonly findings: readonly Finding[]
}

/** Where a task's inputs and outputs lie: folders of the working directory, or wherever a person said. */
export async function findFolders(
  task: TaskSignature,
  cwd: string,
  named: Readonly<Record<string, string>> = {}
): Promise<TaskFolders> {
  const inputs: Record<string, string | undefined> = {}
  const outputs: Record<string, string> = {}
  const findings: Finding[] = []
  for (const [name, definition] of Object.entries(task.inputs)) {
    const path = named[name] ?? join(cwd, name)
    const found = await isFolder(path)
    inputs[name] = found ? path : undefined
    if (!found && definition.optional !== true) {
      findings.push({
        code: 'missing-input',
        severity: 'error',
        path: `task(${task.name}).inputs.${name}`,
        message: `found no folder ${path}, expected the input`,
        hint: `give a folder for ${name}: ${definition.doc}`
      })
    }
  }
  for (const name of Object.keys(task.outputs)) {
    const path = named[name] ?? join(cwd, name)
    // Concourse has made it already; a person who runs the task alone need not.
    await mkdir(path, { recursive: true })
    outputs[name] = path
  }
  return { inputs, outputs, findings }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false
  )
}
