// Builds what is stale, for scripts and tests that use dist/ without the command line.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './build.mjs'

await buildIfStale(dirname(dirname(fileURLToPath(import.meta.url))))
