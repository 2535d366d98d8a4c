import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { areCallsNoted } from '../concourse/origin.ts'
import { FindingsError } from '../core/finding.ts'
import { stateFolder, type CliContext } from './context.ts'
import { shownPath } from './shown-path.ts'

/** What a TypeScript file that somebody wrote outside of this checkout exports, once it has run. */
export type AuthorExports = Readonly<Record<string, unknown>>

/** What a bundle was made of, so that it is made anew only when something changed. */
interface Stamp {
  readonly bundle: string
  /** Path → size and time; nothing for what is not there, and would matter if it came. */
  readonly marks: Readonly<Record<string, string>>
}

/**
 * Bundles a file with all that it imports, but for `causeway` itself, which is this very program's, and runs it.
 * Types are the editor's matter, not looked at here. Throws a FindingsError where it is no TypeScript or does not run.
 */
export async function loadAuthorModule(context: CliContext, file: string): Promise<AuthorExports> {
  const folder = join(stateFolder(context), 'cache', 'modules')
  const source = resolve(file)
  const key = digestOf(`${context.root} ${source}`)
  const stampFile = join(folder, `${key}.json`)
  const known = await readStamp(stampFile)
  let bundle = known?.bundle
  if (known === undefined || bundle === undefined || !(await isFresh(known))) {
    const stamp = await build(context, source, folder, key)
    bundle = stamp.bundle
    await writeWhole(stampFile, JSON.stringify(stamp))
    if (known !== undefined && known.bundle !== bundle) await removeBundle(known.bundle)
  }
  try {
    // While calls are noted it has to run again, which another address makes the engine do.
    const address = `${pathToFileURL(bundle).href}${areCallsNoted() ? '?calls' : ''}`
    return (await import(address)) as AuthorExports
  } catch (thrown) {
    const { thrownFindings } = await import('./call-sites.ts')
    throw new FindingsError(thrownFindings(context.root, thrown, shownPath(file)))
  }
}

async function build(context: CliContext, source: string, folder: string, key: string): Promise<Stamp> {
  const { buildModule } = await import('./author-build.ts')
  const surface = pathToFileURL(join(context.root, 'dist', 'src', 'causeway.js')).href
  const { code, map, hash, inputs } = await buildModule({ source, folder, surface })
  const marks = await Promise.all([...inputs, ...settingsBeside(inputs)].map(markOf))
  // Named by its content, so that a changed program is another module to the engine.
  const bundle = join(folder, `${key}-${digestOf(hash)}.mjs`)
  await mkdir(folder, { recursive: true })
  await writeWhole(`${bundle}.map`, map)
  await writeWhole(bundle, code)
  return { bundle, marks: Object.fromEntries(marks) }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** Where settings of TypeScript may lie that change what an import means. */
function settingsBeside(inputs: readonly string[]): string[] {
  const folders = new Set<string>()
  for (const input of inputs) {
    for (let folder = dirname(input); !folders.has(folder); folder = dirname(folder)) folders.add(folder)
  }
  return [...folders].map(folder => join(folder, 'tsconfig.json'))
}

async function readStamp(file: string): Promise<Stamp | undefined> {
  try {
    const stamp = JSON.parse(await readFile(file, 'utf8')) as Partial<Stamp>
    const { bundle, marks } = stamp
    return bundle === undefined || marks === undefined ? undefined : { bundle, marks }
  } catch {
    // None yet, or one that cannot be read: it is made anew.
    return undefined
  }
}

async function isFresh({ bundle, marks }: Stamp): Promise<boolean> {
  const [[, made], ...now] = await Promise.all([markOf(bundle), ...Object.keys(marks).map(markOf)])
  return made !== '' && now.every(([path, mark]) => mark === marks[path])
}

async function markOf(path: string): Promise<readonly [path: string, mark: string]> {
  const found = await stat(path).catch(() => undefined)
  return [path, found === undefined ? '' : `${found.size} ${found.mtimeMs}`]
}

/** Two commands may build one program at the same time; each reads whole files. */
async function writeWhole(path: string, contents: string | Uint8Array): Promise<void> {
  const half = `${path}.${process.pid}.half`
  await writeFile(half, contents)
  await rename(half, path)
}

async function removeBundle(bundle: string): Promise<void> {
  await Promise.all([rm(bundle, { force: true }), rm(`${bundle}.map`, { force: true })])
}
