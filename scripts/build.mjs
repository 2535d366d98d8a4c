// Bundles the command line, the lab's programs and the task programs into dist/, when something changed since.
import { readdirSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { removeOldChunks } from './old-chunks.mjs'

const folders = ['src', 'bench', 'pipelines', 'tasks']
const files = ['scripts/build.mjs', 'package-lock.json']
// What comes from CommonJS may call require(), which a module has only if it makes it.
const banner = `import { createRequire as causewayRequire } from 'node:module';const require = causewayRequire(import.meta.url);`

/** Builds what is stale under `root`. Gives true where it built. */
export async function buildIfStale(root) {
  const stamp = join(root, 'dist', 'stamp')
  const built = await readFile(stamp, 'utf8').catch(() => '')
  const found = stateOf(root)
  if (found === built) return false
  await build(root)
  await writeWhole(stamp, found)
  return true
}

/** Names, sizes and times of all sources: enough to notice a change, and a few milliseconds of work. */
function stateOf(root) {
  let state = ''
  // Waiting for each file in turn takes several times as long as asking for all without a pause.
  const addFile = path => {
    const { size, mtimeMs } = statSync(`${root}/${path}`)
    state += `${path} ${size} ${mtimeMs}\n`
  }
  const addFolder = path => {
    for (const entry of readdirSync(`${root}/${path}`, { withFileTypes: true })) {
      if (entry.isDirectory()) addFolder(`${path}/${entry.name}`)
      else addFile(`${path}/${entry.name}`)
    }
  }
  folders.forEach(addFolder)
  files.forEach(addFile)
  return state
}

async function build(root) {
  const { build: bundle } = await import('esbuild')
  const common = {
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    legalComments: 'none',
    logLevel: 'error',
    banner: { js: banner },
    external: ['esbuild']
  }
  const [pipelines, tasks, programs] = await Promise.all(
    ['pipelines', 'tasks', 'src/lab/programs'].map(folder => modulesOf(root, folder))
  )
  const shared = {
    ...common,
    outbase: '.',
    outdir: 'dist',
    entryNames: '[dir]/[name]',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true
  }
  const house = bundle({
    ...shared,
    entryPoints: ['src/cli/main.ts', 'src/causeway.ts', 'src/cli/written-docs.ts', ...pipelines, ...tasks],
    // As if every file imported it, so that it is in one chunk.
    inject: ['src/cli/usual.ts'],
    // Findings name the calls in a program's source; nobody else reads the maps.
    sourcemap: 'external'
  })
  // Processes of their own, which share nothing with a command.
  const others = bundle({
    ...shared,
    entryPoints: ['bench/steps.ts', 'src/lab/service.ts', 'src/lab/network/resident.ts', ...programs]
  })
  // A task program is one file, because a task file can name but one.
  const taskPrograms = tasks.map(task =>
    bundle({
      ...common,
      stdin: {
        contents: `import task from './${task}'\nimport { main } from './src/task/main.ts'\nawait main(task)\n`,
        resolveDir: root,
        sourcefile: 'task-program.ts'
      },
      outfile: join('dist', 'bundles', `${task.replace(/^tasks\//, '').replace(/\.ts$/, '')}.mjs`)
    })
  )
  const results = await Promise.all([house, others, ...taskPrograms])
  await rm(join(root, 'dist', 'bundles'), { recursive: true, force: true })
  const written = results.flatMap(({ outputFiles }) => outputFiles)
  await Promise.all(written.map(({ path, contents }) => writeWhole(path, contents)))
  await removeOldChunks(
    join(root, 'dist'),
    written.map(({ path }) => path)
  )
}

async function modulesOf(root, folder) {
  const names = await readdir(join(root, folder))
  return names
    .filter(name => name.endsWith('.ts'))
    .sort()
    .map(name => `${folder}/${name}`)
}

/** Two commands may build at the same time; each reads whole files. */
async function writeWhole(path, contents) {
  const half = `${path}.${process.pid}.half`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(half, contents)
  await rename(half, path)
}
