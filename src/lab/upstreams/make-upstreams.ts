import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemCodeOf } from '../../core/errors.ts'
import type { Programs } from '../../tools/exec.ts'
import type { UpstreamRepository } from './repository.ts'

/** Nothing of the user's own git configuration reaches these repositories. */
const quietGit = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
const author = 'Causeway Lab <lab@causeway.internal>'

/**
 * Makes the bare repositories that stand for github.com: `<folder>/<owner>/<name>.git`. Commits have fixed dates and
 * authors, so that the same files give the same hashes on every machine. What is there already and is made from the
 * same files is left alone.
 */
export async function makeUpstreams(folder: string, programs: Programs): Promise<void> {
  const { upstreamRepositories } = await import('./repositories.ts')
  await Promise.all(upstreamRepositories.map(repository => makeRepository(folder, repository, programs)))
}

async function makeRepository(
  folder: string,
  repository: UpstreamRepository,
  programs: Programs
): Promise<void> {
  const target = join(folder, `${repository.name}.git`)
  const stream = importStream(repository)
  const digest = createHash('sha256').update(stream).digest('hex')
  if (readIfAny(join(target, 'causeway-digest')) === digest) return
  const parent = dirname(target)
  mkdirSync(parent, { recursive: true })
  const draft = mkdtempSync(join(parent, '.draft-'))
  try {
    const git = (args: readonly string[], input?: string) =>
      programs.run({
        program: 'git',
        args: ['-C', draft, ...args],
        env: quietGit,
        echo: false,
        ...(input === undefined ? {} : { input })
      })
    await git(['init', '--quiet', '--bare', '--initial-branch=master', '.'])
    await git(['fast-import', '--quiet'], stream)
    writeFileSync(join(draft, 'causeway-digest'), digest)
    replaceFolder(target, draft)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** One commit with all files, and its tag, for `git fast-import`. */
function importStream({ name, tag, date, files }: UpstreamRepository): string {
  const seconds = Date.parse(`${date}T00:00:00Z`) / 1000
  const message = `${name} ${tag}, as the lab has it\n`
  const changes = Object.entries(files)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, { text, executable }]) => {
      const mode = executable === true ? '100755' : '100644'
      return `M ${mode} inline ${path}\n${dataOf(text)}`
    })
  return [
    'commit refs/heads/master\n',
    `committer ${author} ${seconds} +0000\n`,
    dataOf(message),
    ...changes,
    `\nreset refs/tags/${tag}\nfrom refs/heads/master\n`
  ].join('')
}

function dataOf(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`
}

function replaceFolder(target: string, draft: string): void {
  if (existsSync(target)) {
    const old = `${draft}-old`
    renameSync(target, old)
    renameSync(draft, target)
    rmSync(old, { recursive: true, force: true })
  } else {
    renameSync(draft, target)
  }
}

function readIfAny(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    if (systemCodeOf(thrown) === 'ENOENT') return undefined
    throw thrown
  }
}
