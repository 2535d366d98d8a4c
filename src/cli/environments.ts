import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { systemCodeOf, UserError } from '../core/errors.ts'
import { FindingsError, hasErrors, type Finding } from '../core/finding.ts'
import { nearestName } from '../core/nearest.ts'
import { checkEnvironments, type EnvironmentFiles } from '../environment/check-records.ts'
import type { Environment } from '../environment/environment.ts'
import { recordsFolder, type CliContext } from './context.ts'
import { readSource } from './read-source.ts'

/** Every environment, in the order of the names. Throws one FindingsError with all that is wrong in any file. */
export async function loadEnvironments(context: CliContext): Promise<Environment[]> {
  const { files, unread } = await readFiles(context)
  const { findings, records, versionSets } = checkEnvironments(files)
  if (hasErrors([...unread, ...findings])) throw new FindingsError([...unread, ...findings])
  return [...records.values()].flatMap(record => {
    const versions = versionSets.get(record.versions)
    return versions === undefined ? [] : [{ record, versions }]
  })
}

/** One environment by name. What is wrong with others does not stop it; an unknown name is wrong use (exit code 2). */
export async function loadEnvironment(context: CliContext, name: string): Promise<Environment> {
  const { files, unread } = await readFiles(context)
  const folder = shownFolder(context)
  const file = `${folder}/${name}.yml`
  const noText = unread.filter(finding => finding.file === file)
  if (noText.length > 0) throw new FindingsError(noText)
  if (!files.has(file)) {
    const known = [...files.keys()].flatMap(path => nameOf(path, folder) ?? [])
    const meant = nearestName(name, known)
    throw new UserError(
      'usage',
      `environment ${name}: found no ${file}, expected one of ${known.join(', ') || 'none yet'}`,
      {
        hint: meant === undefined ? `copy a record to ${file}` : `did you mean ${meant}?`
      }
    )
  }
  const { findings, records, versionSets } = checkEnvironments(files)
  const record = records.get(name)
  const ours = [file, `${folder}/versions/${record?.versions ?? name}.yml`]
  const relevant = [...unread, ...findings].filter(
    finding => finding.file !== undefined && ours.includes(finding.file)
  )
  if (hasErrors(relevant)) throw new FindingsError(relevant)
  const versions = record === undefined ? undefined : versionSets.get(record.versions)
  if (record === undefined || versions === undefined) throw new FindingsError(findings)
  return { record, versions }
}

function nameOf(path: string, folder: string): string | undefined {
  const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : ''
  return /^([^/]+)\.yml$/.exec(name)?.[1]
}

/** The folder as messages name it: relative where it lies in the checkout. */
function shownFolder(context: CliContext): string {
  const folder = recordsFolder(context)
  const inside = relative(context.root, folder)
  return inside.startsWith('..') || inside === '' ? folder : inside
}

interface ReadFiles {
  readonly files: EnvironmentFiles
  /** Why others are no text. */
  readonly unread: readonly Finding[]
}

async function readFiles(context: CliContext): Promise<ReadFiles> {
  const folder = recordsFolder(context)
  const shown = shownFolder(context)
  const names = [
    ...(await yamlIn(folder)),
    ...(await yamlIn(join(folder, 'versions'))).map(name => `versions/${name}`)
  ]
  const files = new Map<string, string>()
  const unread: Finding[] = []
  for (const name of names) {
    const file = `${shown}/${name}`
    try {
      files.set(file, await readSource(context, join(folder, name), file))
    } catch (thrown) {
      if (!(thrown instanceof FindingsError)) throw thrown
      unread.push(...thrown.findings)
    }
  }
  return { files, unread }
}

async function yamlIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter(name => name.endsWith('.yml')).sort()
  } catch (thrown) {
    if (systemCodeOf(thrown) !== 'ENOENT') throw thrown
    throw new UserError('usage', `${folder}: found nothing, expected the environment records`, {
      hint: 'name the folder of your records by CAUSEWAY_RECORDS'
    })
  }
}
