import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { NamedPipeline } from '../../src/concourse/pipeline.ts'
import { readEnvironments } from '../../src/environment/check-records.ts'
import type { Environment } from '../../src/environment/environment.ts'

const root = join(import.meta.dirname, '..', '..')

/** Every environment of the checkout. */
export async function environments(): Promise<Environment[]> {
  const files = new Map<string, string>()
  for (const folder of ['env', 'env/versions']) {
    const names = (await readdir(join(root, folder))).filter(name => name.endsWith('.yml'))
    for (const name of names) files.set(`${folder}/${name}`, await readFile(join(root, folder, name), 'utf8'))
  }
  const { records, versionSets } = readEnvironments(files)
  return [...records.values()].map(record => {
    const versions = versionSets.get(record.versions)
    if (versions === undefined) throw new Error(`no version set ${record.versions}`)
    return { record, versions }
  })
}

export interface DefinedPipeline extends NamedPipeline {
  readonly environment: string
  readonly source: string
}

/** Every pipeline of the checkout, for every environment. */
export async function pipelines(): Promise<DefinedPipeline[]> {
  const names = (await readdir(join(root, 'pipelines'))).sort()
  const all = await environments()
  const defined: DefinedPipeline[] = []
  for (const name of names) {
    const module = (await import(join(root, 'pipelines', name))) as {
      default: (environment: Environment) => NamedPipeline
    }
    for (const environment of all) {
      const source = `pipelines/${basename(name)}`
      defined.push({ ...module.default(environment), environment: environment.record.name, source })
    }
  }
  return defined
}
