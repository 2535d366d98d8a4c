import { dirname } from 'node:path'
import { build } from 'esbuild'
import { buildIfStale } from '../scripts/build.mjs'
import { writeWhole } from '../src/lab/json-file.ts'
import { directorService } from './lab/programs/built.ts'

const root = dirname(import.meta.dirname)

/** Before any test: the command line and the lab's programs, as a person would run them, and what tests start beside them. */
export default async function buildOnce(): Promise<void> {
  await buildIfStale(root)
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['test/lab/director/director-service.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';const require = makeRequire(import.meta.url);"
    }
  })
  for (const { text } of outputFiles) writeWhole(directorService, text)
}
