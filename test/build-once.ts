import { dirname } from 'node:path'
import { buildIfStale } from '../scripts/build.mjs'

/** Before any test: the command line and the lab's programs, as a person would run them. */
export default async function buildOnce(): Promise<void> {
  await buildIfStale(dirname(import.meta.dirname))
}
