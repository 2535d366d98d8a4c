import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildFailure, Message } from 'esbuild'
import { areCallsNoted } from '../concourse/origin.ts'
import { FindingsError, type Finding } from '../core/finding.ts'
import { stateFolder, type CliContext } from './context.ts'

/** A TypeScript file that somebody wrote outside of this checkout, ready to be run. */
export interface AuthorModule {
  readonly exports: Readonly<Record<string, unknown>>
  /** Every file that it is made of. */
  readonly inputs: readonly string[]
}

/** What a bundle was made of, so that it is made anew only when something changed. */
interface Stamp {
  readonly bundle: string
  /** Path → size and time. */
  readonly inputs: Readonly<Record<string, string>>
}

/**
 * Bundles a file with all that it imports, but for `causeway` itself, which is this very program's, and runs it.
 * Types are the editor's matter, not looked at here. Throws a FindingsError where it is no TypeScript or does not run.
 */
export async function loadAuthorModule(context: CliContext, file: string): Promise<AuthorModule> {
  const folder = join(stateFolder(context), 'cache', 'modules')
  const source = resolve(file)
  const key = createHash('sha256').update(`${context.root} ${source}`).digest('hex').slice(0, 16)
  const stampFile = join(folder, `${key}.json`)
  const known = await readStamp(stampFile)
  const stamp =
    known !== undefined && (await isFresh(known)) ? known : await build(context, source, folder, key)
  if (stamp !== known) {
    await writeFile(stampFile, JSON.stringify(stamp))
    if (known !== undefined && known.bundle !== stamp.bundle) await removeBundle(known.bundle)
  }
  try {
    // While calls are noted it has to run again, which another address makes the engine do.
    const address = `${pathToFileURL(stamp.bundle).href}${areCallsNoted() ? '?calls' : ''}`
    const exports = (await import(address)) as AuthorModule['exports']
    return { exports, inputs: Object.keys(stamp.inputs) }
  } catch (thrown) {
    const { thrownFinding } = await import('./call-sites.ts')
    throw new FindingsError([thrownFinding(thrown, file)])
  }
}

async function readStamp(file: string): Promise<Stamp | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Stamp
  } catch {
    // None yet, or one that was cut off when it was written.
    return undefined
  }
}

async function isFresh({ bundle, inputs }: Stamp): Promise<boolean> {
  const entries = Object.entries(inputs)
  const now = await Promise.all([markOf(bundle), ...entries.map(([path]) => markOf(path))])
  return now.every((mark, index) => mark !== undefined && (index === 0 || mark === entries[index - 1]?.[1]))
}

async function markOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && `${found.size} ${found.mtimeMs}`
}

async function build(context: CliContext, source: string, folder: string, key: string): Promise<Stamp> {
  const esbuild = await import('esbuild')
  const surface = pathToFileURL(join(context.root, 'dist', 'src', 'causeway.js')).href
  const base = dirname(source)
  const result = await esbuild
    .build({
      entryPoints: [source],
      absWorkingDir: base,
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      sourcemap: 'external',
      outfile: join(folder, `${key}.mjs`),
      logLevel: 'silent',
      plugins: [
        {
          name: 'causeway',
          setup: builder => {
            builder.onResolve({ filter: /^causeway$/ }, () => ({ path: surface, external: true }))
          }
        }
      ]
    })
    .catch((thrown: unknown) => {
      throw failureOf(thrown, base)
    })
  const code = result.outputFiles.find(({ path }) => path.endsWith('.mjs'))
  const map = result.outputFiles.find(({ path }) => path.endsWith('.map'))
  // Named by its content, so that a changed program is another module to the engine.
  const bundle = join(folder, `${key}-${(code?.hash ?? '').replace(/[^A-Za-z0-9]/g, '_')}.mjs`)
  await mkdir(folder, { recursive: true })
  await writeFile(`${bundle}.map`, map?.contents ?? '')
  await writeFile(bundle, code?.contents ?? '')
  const paths = Object.keys(result.metafile.inputs).map(path => resolve(base, path))
  const marks = await Promise.all(paths.map(async path => [path, (await markOf(path)) ?? ''] as const))
  return { bundle, inputs: Object.fromEntries(marks) }
}

async function removeBundle(bundle: string): Promise<void> {
  await Promise.all([rm(bundle, { force: true }), rm(`${bundle}.map`, { force: true })])
}

/** What esbuild says of a source, as findings. */
function failureOf(thrown: unknown, base: string): unknown {
  if (!isBuildFailure(thrown)) return thrown
  return new FindingsError(thrown.errors.map(message => findingOf(message, base)))
}

function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors)
}

function findingOf({ text, location }: Message, base: string): Finding {
  const place =
    location === null
      ? {}
      : {
          file: relative(resolve(), resolve(base, location.file)),
          line: location.line,
          column: location.column + 1
        }
  return { code: 'program', severity: 'error', path: '', message: text, ...place }
}
