import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { labPaths } from './paths.ts'

export interface InstallOptions {
  /** Folder of the built command line; the lab's programs lie in `lab/programs` of it. */
  readonly programs: string
  /** The node that runs them. */
  readonly node: string
}

/**
 * Puts a wrapper for each imitation program into the lab's `bin`. They are written anew at each start, so that one which
 * somebody broke to see what happens is whole again the next time.
 */
export async function installLab(lab: string, { programs, node }: InstallOptions): Promise<void> {
  const { bin } = labPaths(lab)
  await mkdir(bin, { recursive: true })
  const names = (await readdir(programs))
    .filter(name => name.endsWith('.js'))
    .map(name => name.slice(0, -'.js'.length))
  const stale = (await readdir(bin)).filter(name => !names.includes(name))
  await Promise.all(stale.map(name => rm(join(bin, name), { recursive: true, force: true })))
  for (const name of names) {
    const half = join(bin, `.${name}.${process.pid}`)
    await writeFile(half, `#!/bin/sh\nexec ${quoted(node)} ${quoted(join(programs, `${name}.js`))} "$@"\n`)
    await chmod(half, 0o755)
    await rename(half, join(bin, name))
  }
}

export interface LabEnvironmentOptions {
  /** PATH to which the lab's programs are added, in front. */
  readonly path: string
  /** Folder of bare repositories that stand for `https://git.lab.causeway.internal/`. */
  readonly repositories: string
}

/**
 * Environment that leads programs to the lab: its programs first on PATH, and git told where the repositories lie that
 * pipelines name by their real addresses.
 */
export function labEnvironment(
  lab: string,
  options: LabEnvironmentOptions
): Readonly<Record<string, string>> {
  const { bin, upstreams } = labPaths(lab)
  const instead = [
    ['https://git.lab.causeway.internal/', options.repositories],
    ['https://github.com/', upstreams]
  ] as const
  const config = instead.flatMap(([uri, folder], index) => [
    [`GIT_CONFIG_KEY_${index}`, `url.file://${folder}/.insteadOf`],
    [`GIT_CONFIG_VALUE_${index}`, uri]
  ])
  return {
    CAUSEWAY_LAB: lab,
    PATH: `${bin}:${options.path}`,
    GIT_CONFIG_COUNT: String(instead.length),
    ...(Object.fromEntries(config) as Record<string, string>)
  }
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`
}
