import { join } from 'node:path'
import type { Environment } from '../environment/environment.ts'
import { installLab, labEnvironment } from '../lab/install.ts'
import { openSupervisor } from '../lab/supervisor.ts'
import { makeUpstreams } from '../lab/upstreams/make-upstreams.ts'
import { stateFolder, type CliContext } from './context.ts'
import { makeLocalRepositories } from './local-repositories.ts'

type Env = Readonly<Record<string, string>>

/** Sets the lab up, as far as it is not: its programs, its repositories. Gives the environment that leads programs to it. */
export async function installedLab(context: CliContext): Promise<Env> {
  const lab = labFolder(context)
  await installLab(lab, { dist: join(context.root, 'dist'), node: process.execPath })
  await makeUpstreams(join(lab, 'upstreams'))
  await makeLocalRepositories(context)
  return labEnvironment(lab, { path: context.env['PATH'] ?? '', git: join(stateFolder(context), 'git') })
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
 * what they hold stays.
 */
export async function withLab<T>(
  context: CliContext,
  isLab: boolean,
  work: (env: Env) => Promise<T>
): Promise<T> {
  if (!isLab) return work({})
  const env = await installedLab(context)
  const service = join(context.root, 'dist', 'src', 'lab', 'service.js')
  const supervisor = await openSupervisor(labFolder(context), { service })
  try {
    await supervisor.powerOn()
    return await work(env)
  } finally {
    await supervisor.close()
  }
}

function labFolder(context: CliContext): string {
  return join(stateFolder(context), 'lab')
}
