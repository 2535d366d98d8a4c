import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../../core/errors.ts'
import type { Environment } from '../../environment/environment.ts'
import type { Tools } from '../../tools/tools.ts'
import { publishedFolders } from '../emission.ts'
import { outFolder, type CliContext } from '../context.ts'
import { loadEnvironment } from '../environments.ts'
import { openTools } from '../open-tools.ts'
import { labIfNeeded } from '../lab.ts'
import { emitTo } from './emit.ts'

/** Emits one environment, and pushes the output folder as one commit to where its record says. */
export async function publish(context: CliContext, options: { readonly env: string }): Promise<void> {
  const environment = await loadEnvironment(context, options.env)
  const lab = await labIfNeeded(context, environment)
  const tools = openTools(context, lab.env)
  const commit = await publishTo(context, environment, tools)
  const { uri, branch } = environment.record.publish
  context.out(`${commit}\n`)
  context.err(`published ${environment.record.name} to ${branch} of ${uri}\n`)
}

/** As `publish`; gives the commit. Other environments that were published to the same branch stay as they are. */
export async function publishTo(context: CliContext, { record }: Environment, tools: Tools): Promise<string> {
  await emitTo(context, record.name)
  const out = outFolder(context)
  const { uri, branch } = record.publish
  const folder = await mkdtemp(join(tmpdir(), 'causeway-publish-'))
  try {
    const copy = await tools.git.clone(uri, join(folder, 'copy'), { branch })
    for (const room of ['tasks', ...publishedFolders, `pipelines/${record.name}`]) {
      await tools.files.remove(join(copy.folder, room))
      await tools.files.copyReal(join(out, room), join(copy.folder, room))
    }
    if ((await copy.commitAll(`publish ${record.name}`)) && !(await copy.push(branch))) {
      throw new UserError(
        'program',
        `${uri}: found newer commits on ${branch}, expected to be the only publisher`,
        {
          hint: 'publish again'
        }
      )
    }
    return await copy.head()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
