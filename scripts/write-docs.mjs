// Writes what is generated from the schema tables and the task definitions: docs, and the types of the model.
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildIfStale } from './build.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
// The build drops all types, so it succeeds also where those of the model are stale or missing.
await buildIfStale(root)
const { writtenDocs } = await import(pathToFileURL(join(root, 'dist', 'src', 'cli', 'written-docs.js')).href)
for (const [path, text] of await writtenDocs(root)) {
  const file = join(root, path)
  const before = await readFile(file, 'utf8').catch(() => undefined)
  if (before === text) continue
  await writeFile(file, text)
  console.log(`wrote ${path}`)
}
