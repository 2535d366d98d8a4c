import { execFileSync } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { createPrograms, ProgramFailed, type Programs } from '../../src/tools/exec.ts'
import { createGitRemote } from '../../src/tools/git-remote.ts'
import { UpstreamError } from '../../src/tools/upstream-error.ts'

const programs = createPrograms({
  env: { PATH: process.env['PATH'] ?? '' },
  log: createLog(() => undefined),
  redactor: new Redactor()
})

async function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'an answer',
    (thrown: unknown) => (thrown instanceof UpstreamError ? thrown.reason : String(thrown))
  )
}

describe('refs of a repository elsewhere', () => {
  it('tells the commits of its tags, annotated or not, and of a branch', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'causeway-remote-'))
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: folder,
        encoding: 'utf8'
      }).trim()
    git('init', '--quiet', '--initial-branch', 'master')
    git('commit', '--quiet', '--allow-empty', '--message', 'one')
    git('tag', 'v0.31.11')
    git('tag', '--annotate', '--message', 'final', 'v0.32.0')
    const commit = git('rev-parse', 'HEAD')
    const remote = createGitRemote(programs)
    expect(await remote.tags(`file://${folder}`)).toEqual([
      { name: 'v0.31.11', commit },
      { name: 'v0.32.0', commit }
    ])
    expect(await remote.branch(`file://${folder}`, 'master')).toBe(commit)
    expect(await reasonOf(remote.branch(`file://${folder}`, 'main'))).toBe('absent')
    expect(await reasonOf(remote.tags(`file://${folder}/none`))).toBe('absent')
  })

  it.each([
    ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", 'absent'],
    ["fatal: unable to access 'https://x/': Could not resolve host: x", 'network'],
    ["fatal: unable to access 'https://x/': SSL certificate problem: self-signed certificate", 'tls'],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 429", 'rate-limited'],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 503", 'server-error'],
    ["fatal: unable to access 'https://x/': The requested URL returned error: 403", 'forbidden']
  ])('tells from %j: %s', async (stderr, reason) => {
    const failing: Programs = {
      run: async () => {
        throw new ProgramFailed('git ls-remote', 'exit code 128', 128, stderr)
      }
    }
    expect(await reasonOf(createGitRemote(failing).tags('https://x/'))).toBe(reason)
  })
})
