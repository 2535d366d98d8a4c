import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { createTools, type Tools } from '../../src/tools/tools.ts'

const root = join(import.meta.dirname, '..', '..')
const scratch = mkdtempSync(join(tmpdir(), 'release-tools-'))

/** What Causeway lays over kubo-release. */
export const overlay = join(root, 'release')

/** The tools of a task, with the bosh that `CAUSEWAY_REAL_BOSH` names, else the lab's. */
export const tools: Tools = toolsWithout()

/** Whether templates can be rendered here. */
export const hasRuby = spawnSync('ruby', ['--version']).status === 0

/** As `tools`, but on a PATH that lacks a program. */
export function toolsWithout(lacking?: string): Tools {
  return createTools({
    env: { PATH: pathWithout(lacking), HOME: scratch },
    log: createLog(() => undefined),
    redactor: new Redactor(),
    signal: new AbortController().signal,
    scratch
  })
}

/** A PATH with a bosh on it. */
export function pathWithout(lacking?: string): string {
  const bin = join(scratch, `bin-${lacking ?? 'all'}`)
  mkdirSync(bin, { recursive: true })
  const real = process.env['CAUSEWAY_REAL_BOSH'] ?? ''
  const lab = `exec '${process.execPath}' '${join(root, 'dist/src/lab/programs/bosh.js')}' "$@"`
  const put = (name: string, text: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  put('bosh', real === '' ? lab : `exec '${real}' "$@"`)
  // A shell says so of a program that is not there.
  if (lacking !== undefined) put(lacking, 'exit 127')
  return `${bin}:${process.env['PATH'] ?? ''}`
}

export function closeTools(): void {
  rmSync(scratch, { recursive: true, force: true })
}
