#!/usr/bin/env node
// Runs the command line of this checkout, and builds what is stale first.
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))
if (existsSync(join(root, 'node_modules', 'esbuild'))) {
  const { buildIfStale } = await import('./build.mjs')
  await buildIfStale(root).catch(() => {
    // esbuild has said what and where.
    console.error('hint: mend what esbuild named above; nothing was run')
    process.exit(1)
  })
  const { main } = await import(pathToFileURL(join(root, 'dist', 'src', 'cli', 'main.js')).href)
  await main(root)
} else {
  console.error(`error: ${root}: found no node_modules, expected the packages of package-lock.json`)
  console.error('hint: run scripts/quickstart, or npm ci')
  process.exitCode = 2
}
