import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildFailure, BuildOptions, Message, Plugin } from 'esbuild'
import { FindingsError, type Finding } from '../core/finding.ts'
import { shownPath } from './shown-path.ts'

/** A program and all that it imports, as one file. */
export interface BuiltModule {
  readonly code: Uint8Array
  readonly map: Uint8Array
  /** What esbuild calls the content. */
  readonly hash: string
  /** Absolute paths of all files that it is made of. */
  readonly inputs: readonly string[]
}

export interface BuildModuleOptions {
  /** Absolute. */
  readonly source: string
  /** Where the code will lie; the map names sources from there. */
  readonly folder: string
  /** Address of what `causeway` is, which is not taken in. */
  readonly surface: string
}

// What comes from CommonJS may call require(), which a module has only if it makes it.
const banner = `import { createRequire as causewayRequire } from 'node:module';const require = causewayRequire(import.meta.url);`

/** Stand-ins for what a module knows of itself, which would be said of the bundle else. */
const selfNames = {
  'import.meta.url': 'causewayModuleUrl',
  'import.meta.filename': 'causewayModuleFile',
  'import.meta.dirname': 'causewayModuleFolder'
}

/** Throws a FindingsError with all that esbuild says where it is no TypeScript, or imports what is not there. */
export async function buildModule({ source, folder, surface }: BuildModuleOptions): Promise<BuiltModule> {
  const { build } = await import('esbuild')
  const base = dirname(source)
  const options = {
    entryPoints: [source],
    absWorkingDir: base,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: banner },
    // Standard output is data: what a program says for its author's eyes goes to the other.
    define: {
      ...selfNames,
      'console.log': 'console.error',
      'console.info': 'console.error',
      'console.debug': 'console.error'
    },
    sourcemap: 'external',
    sourcesContent: false,
    outfile: join(folder, 'program.mjs'),
    logLevel: 'silent',
    plugins: [causewayAt(surface), modulesKnowThemselves]
  } as const satisfies BuildOptions
  const result = await build(options).catch((thrown: unknown) => {
    throw failureOf(thrown, base)
  })
  const fileOf = (ending: string) => result.outputFiles.find(({ path }) => path.endsWith(ending))
  const code = fileOf('.mjs')
  return {
    code: code?.contents ?? new Uint8Array(),
    map: fileOf('.map')?.contents ?? new Uint8Array(),
    hash: code?.hash ?? '',
    inputs: Object.keys(result.metafile.inputs).map(path => resolve(base, path))
  }
}

/** `causeway` is that of the running command line, so that what it remembers of its calls can be asked for. */
function causewayAt(surface: string): Plugin {
  return {
    name: 'causeway',
    setup: builder => {
      builder.onResolve({ filter: /^causeway$/ }, () => ({ path: surface, external: true }))
    }
  }
}

const modulesKnowThemselves: Plugin = {
  name: 'import-meta',
  setup: builder => {
    builder.onLoad({ filter: /\.[cm]?[jt]s$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      if (!text.includes('import.meta.')) return undefined
      const values = [pathToFileURL(path).href, path, dirname(path)]
      const names = Object.values(selfNames).map((name, index) => `${name}=${JSON.stringify(values[index])}`)
      // On the first line, so that all others keep their numbers; a `#!` may stand nowhere else.
      const contents = `const ${names.join(',')};${text.replace(/^#!/, '//')}`
      return { contents, loader: path.endsWith('ts') ? 'ts' : 'js', resolveDir: dirname(path) }
    })
  }
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
          file: shownPath(resolve(base, location.file)),
          line: location.line,
          column: location.column + 1
        }
  return { code: 'program', severity: 'error', path: '', message: text, ...place }
}
