// Writes docs/tasks.md from the task definitions.
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildIfStale } from './build.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await buildIfStale(root)
const { taskPages } = await import(pathToFileURL(join(root, 'dist', 'src', 'cli', 'task-pages.js')).href)
await writeFile(join(root, 'docs', 'tasks.md'), await taskPages(root))
