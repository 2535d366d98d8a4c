import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { systemCodeOf, UserError } from '../core/errors.ts'

/** The data of a JSON file of the lab; undefined where there is no file. Throws a UserError where it does not parse. */
export function readJson(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined
    throw thrown
  }
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw new UserError('findings', `${path}: found no valid JSON, expected the lab's own state`, {
      hint: 'remove the lab folder and start the lab anew',
      cause: thrown
    })
  }
}

/** Writes a JSON file so that a reader sees the old or the new one, never a half. Readable by its owner alone. */
export function writeJson(path: string, data: unknown): void {
  writeWhole(path, `${JSON.stringify(data, undefined, 2)}\n`)
}

/** As `writeJson`, for any text. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${randomUUID()}.tmp`
  writeFileSync(draft, text, { mode: 0o600 })
  renameSync(draft, path)
}
