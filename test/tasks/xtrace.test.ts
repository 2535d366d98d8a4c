import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const root = dirname(dirname(import.meta.dirname))

/** A shell that is told to show each command before it runs it, with all that was expanded in it. */
const trace =
  /^#!.*\b(ba)?sh\b.*\s-\w*x|\bset\s+(-\w+\s+)*-\w*x\w*|\bset\s+-\w*o\s+xtrace|\b(ba)?sh\s+(-\w+\s+)*-[a-wyz]*x|SHELLOPTS=\S*xtrace/m

it.each([
  '#!/bin/bash -eux',
  'set -x',
  'set -eux',
  '  set -e -x',
  'set -o xtrace',
  "sh -xc 'env'",
  'bash -ex run'
])('%s is found', line => {
  expect(trace.test(`a\n${line}\n`.replace(/^a\n(?=#!)/, ''))).toBe(true)
})

it('no script, task or pipeline of ours shows what it runs', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8'
  })
  const ours = files
    .split('\n')
    .filter(file => /^(\.ci|scripts|ops|release|images|tasks|pipelines|src\/(?!rules\/))/.test(file))
  const traced = ours.filter(file => trace.test(readFileSync(join(root, file), 'utf8')))
  expect(ours.length).toBeGreaterThan(100)
  expect(traced).toEqual([])
})
