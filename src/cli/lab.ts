import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../core/errors.ts'
import type { Environment } from '../environment/environment.ts'
import { installLab, labEnvironment, labPrograms, putReal } from '../lab/install.ts'
import { openSupervisor } from '../lab/supervisor.ts'
import { makeUpstreams } from '../lab/upstreams/make-upstreams.ts'
import { findProgram } from '../runner/find-program.ts'
import { stateFolder, type CliContext } from './context.ts'
import { openPrograms } from './open-tools.ts'
import { makeLocalRepositories } from './local-repositories.ts'

type Env = Readonly<Record<string, string>>

/** Sets the lab up, as far as it is not: its programs, its repositories. Gives the environment that leads programs to it. */
export async function installedLab(context: CliContext): Promise<Env> {
  const lab = labFolder(context)
  await installLab(lab, {
    programs: join(context.root, 'dist', 'src', 'lab', 'programs'),
    node: process.execPath
  })
  await makeUpstreams(join(lab, 'upstreams'), openPrograms(context))
  await makeLocalRepositories(context)
  return labEnvironment(lab, {
    path: context.env['PATH'] ?? '',
    repositories: join(stateFolder(context), 'git')
  })
}

/** The environment for programs that work on an environment: empty for one that is no lab. */
export async function labIfNeeded(
  context: CliContext,
  { record }: Environment
): Promise<{ readonly env: Env }> {
  return { env: record.iaas === 'lab' ? await installedLab(context) : {} }
}

/**
 * Does some work with the lab's machines powered on, where the work is about a lab; they are off again afterwards, and
 * what they hold stays. `real` names programs, by comma, that are taken from PATH in the place of their imitations.
 */
export async function withLab<T>(
  context: CliContext,
  isLab: boolean,
  real: string | undefined,
  work: (env: Env) => Promise<T>
): Promise<T> {
  if (!isLab) return work({})
  const env = await withReal(context, await installedLab(context), real)
  const service = join(context.root, 'dist', 'src', 'lab', 'service.js')
  const supervisor = await openSupervisor(labFolder(context), { service })
  try {
    await supervisor.powerOn()
    return await work(env)
  } finally {
    await supervisor.close()
  }
}

/** Puts real programs in front of the imitations. */
async function withReal(context: CliContext, env: Env, real: string | undefined): Promise<Env> {
  const lab = labFolder(context)
  const folder = join(lab, 'real')
  await rm(folder, { recursive: true, force: true })
  if (real === undefined) return env
  for (const name of real.split(',').map(word => word.trim())) {
    if (!labPrograms.some(known => known === name)) {
      const expected = `expected some of ${labPrograms.join(', ')}`
      throw new UserError('usage', `--real: found ${JSON.stringify(name)}, ${expected}`)
    }
    putReal(lab, folder, name, await findProgram(name, context.env['PATH'] ?? '', '/'))
  }
  return { ...env, PATH: `${folder}:${env['PATH'] ?? ''}` }
}

function labFolder(context: CliContext): string {
  return join(stateFolder(context), 'lab')
}
