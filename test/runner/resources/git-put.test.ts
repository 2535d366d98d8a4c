import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { JsonObject, Resource, Step } from '../../../src/concourse/model.ts'
import { resource, run, sh, type Told } from '../bench.ts'
import { newRepository, type TestRepository } from './git-bench.ts'

const commit = 'git -c user.name=Task -c user.email=task@example.com commit -qam'

function repoOf(repository: TestRepository): Resource {
  return resource('repo', 'git', { uri: repository.uri, branch: 'main' })
}

/** Gets a repository, changes it by a line of shell in it, and puts it back. */
async function changed(
  repository: TestRepository,
  script: string,
  params: JsonObject,
  rest: readonly Step[] = []
): Promise<Told> {
  const steps: Step[] = [
    { kind: 'get', name: 'repo' },
    sh('change', `cd repo; ${script}`, { inputs: ['repo'], outputs: ['repo', 'extra'] }),
    { kind: 'put', name: 'pushed', resource: 'repo', params: { repository: 'repo', ...params } },
    ...rest
  ]
  return run(steps, { resources: [repoOf(repository)] })
}

/** Lets somebody else's commit reach the branch while each of the next pushes arrives. */
function interfere(repository: TestRepository, times = 1): void {
  const count = join(repository.uri, 'interferences')
  const hook = `#!/bin/sh
n=$(cat ${count} 2>/dev/null || echo 0)
test $n -ge ${times} && exit 0
echo $((n + 1)) > ${count}
# What arrives lies in quarantine until the hook has ended; the other commit does not.
unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
export GIT_AUTHOR_NAME=Other GIT_AUTHOR_EMAIL=other@example.com
export GIT_COMMITTER_NAME=Other GIT_COMMITTER_EMAIL=other@example.com
git update-ref refs/heads/main $(git commit-tree -p main -m "other $n" 'main^{tree}')
`
  const file = join(repository.uri, 'hooks', 'pre-receive')
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, hook)
  chmodSync(file, 0o755)
}

it('pushes what is checked out, and fetches it again under its own name', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  const look = sh('look', 'cat pushed/file', { inputs: ['pushed'] })
  const told = await changed(repository, `echo 2 > file; ${commit} two`, {}, [look])
  expect(told.output('look')).toEqual(['2'])
  expect(repository.subjects()[0]).toBe('two')
  expect(told.steps.slice(-3)).toEqual([
    'jobs.job.plan[2].put(pushed).get succeeded',
    'jobs.job.plan[2].put(pushed) succeeded',
    'jobs.job.plan[3].task(look) succeeded'
  ])
})

it('registers nothing without that get', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  const steps: Step[] = [
    { kind: 'get', name: 'repo' },
    { kind: 'put', name: 'pushed', resource: 'repo', params: { repository: 'repo' }, no_get: true },
    sh('look', 'true', { inputs: ['pushed'] })
  ]
  const told = await run(steps, { resources: [repoOf(repository)] })
  expect(told.outcome).toBe('errored')
  expect(told.failure?.message).toContain('pushed')
})

it('fails where somebody else was first, unless it may rebase or merge', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  interfere(repository)
  const told = await changed(repository, `echo 2 > file; ${commit} two`, {})
  expect(told.outcome).toBe('failed')
  expect(told.exitCode).toBe(4)
})

it('rebases on what others have pushed in the meantime, and tries again', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  interfere(repository, 2)
  const told = await changed(repository, `echo 2 > file; ${commit} two`, { rebase: true })
  expect(told.outcome).toBe('succeeded')
  expect(repository.subjects()).toEqual(['two', 'other 1', 'other 0', 'change'])
})

it('gives up when it has lost too many races', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  interfere(repository, 99)
  const told = await changed(repository, `echo 2 > file; ${commit} two`, { rebase: true })
  expect(told.outcome).toBe('failed')
  expect(told.failure?.message).toContain('10 times')
})

it('fails where a rebase meets a conflict', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  const push = `cd .. && git clone -q ${repository.uri} z && cd z && echo 9 > file && ${commit} nine && git push -q`
  const told = await changed(repository, `(${push}); echo 2 > file; ${commit} two`, { rebase: true })
  expect(told.outcome).toBe('failed')
  expect(repository.subjects()[0]).toBe('nine')
})

it('merges, and returns the commit before the merge if asked to', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  interfere(repository)
  const look = sh('look', 'git -C pushed log -1 --format=%s', { inputs: ['pushed'] })
  const told = await changed(
    repository,
    `echo 2 > file; ${commit} two`,
    { merge: true, returning: 'unmerged' },
    [look]
  )
  expect(told.output('look')).toEqual(['two'])
  expect(repository.subjects()).toEqual(expect.arrayContaining(['two', 'other 0']))
})

it('tags, with a prefix and an annotation', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  const script = 'echo 1.2.3 > ../extra/version; echo notes > ../extra/notes'
  const params = { tag: 'extra/version', tag_prefix: 'v', annotate: 'extra/notes', only_tag: true }
  const told = await changed(repository, script, params)
  expect(told.outcome).toBe('succeeded')
  repository.git('fetch', '--quiet', '--tags')
  expect(repository.git('tag', '--list', '--format=%(refname:short) %(contents:subject)')).toBe(
    'v1.2.3 notes'
  )
})

it('pushes to another branch, and over what is there by force', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  repository.commit({ other: '1' }, 'theirs', 'other')
  const script = `echo 2 > file; ${commit} two`
  const refused = await changed(repository, script, { branch: 'other' })
  expect(refused.outcome).toBe('failed')
  const forced = await changed(repository, script, { branch: 'other', force: true })
  expect(forced.outcome).toBe('succeeded')
  expect(repository.subjects('other')).toEqual(['two', 'change'])
})

it('fails where an input is no repository, though the run lies in one', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  const steps: Step[] = [
    sh('make', 'echo 1 > x/file', { outputs: ['x'] }),
    { kind: 'put', name: 'repo', params: { repository: 'x' } }
  ]
  const dir = join(repository.uri, '..', 'copy', 'runs', 'r1')
  const told = await run(steps, { resources: [repoOf(repository)], dir })
  expect(told.outcome).toBe('failed')
  expect(told.failure?.message).toContain('no git repository in x')
})

it('leaves its inputs as they were', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  interfere(repository)
  const look = sh('look', 'git -C repo log --format=%s', { inputs: ['repo'] })
  const told = await changed(repository, `echo 2 > file; ${commit} two`, { rebase: true }, [look])
  expect(told.output('look')).toEqual(['two', 'change'])
})

it('errs, having done nothing, where an input that it names is not there', async () => {
  const repository = await newRepository()
  repository.commit({ file: '1' })
  const put: Step = { kind: 'put', name: 'repo', params: { repository: 'x' }, inputs: ['x'] }
  const told = await run([put], { resources: [repoOf(repository)] })
  expect(told.outcome).toBe('errored')
  expect(told.exitCode).toBe(3)
})
