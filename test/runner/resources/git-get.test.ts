import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Step } from '../../../src/concourse/model.ts'
import { newFolder, resource, run, sh, type Told } from '../bench.ts'
import { newRepository, type TestRepository } from './git-bench.ts'

function repoOf(repository: TestRepository, source: JsonObject = {}): Resource {
  return resource('repo', 'git', { uri: repository.uri, branch: 'main', ...source })
}

/** Fetches a repository and shows it by a line of shell in it. */
async function fetched(
  given: Resource,
  script: string,
  params?: JsonObject,
  rest: Step[] = []
): Promise<Told> {
  const get: Step = { kind: 'get', name: 'repo', ...(params === undefined ? {} : { params }) }
  return run([get, sh('look', `cd repo; ${script}`, { inputs: ['repo'] }), ...rest], { resources: [given] })
}

describe('a get', () => {
  it('takes the newest commit of the branch', async () => {
    const repository = await newRepository()
    repository.commit({ file: '1' })
    const newest = repository.commit({ file: '2' })
    repository.commit({ file: '3' }, 'elsewhere', 'other')
    const told = await fetched(repoOf(repository), 'cat file; echo; git rev-parse HEAD; cat .git/ref')
    expect(told.output('look')).toEqual(['2', newest, newest])
  })

  it('passes over commits that say [ci skip], unless told otherwise', async () => {
    const repository = await newRepository()
    const built = repository.commit({ file: '1' })
    const skipped = repository.commit({ file: '2' }, 'state [ci skip]')
    const look = 'git rev-parse HEAD'
    expect((await fetched(repoOf(repository), look)).output('look')).toEqual([built])
    const all = await fetched(repoOf(repository, { disable_ci_skip: true }), look)
    expect(all.output('look')).toEqual([skipped])
  })

  it('only sees commits that touch its paths', async () => {
    const repository = await newRepository()
    const a = repository.commit({ 'a/file': '1' })
    const b = repository.commit({ 'b/file': '1' })
    const look = 'git rev-parse HEAD'
    expect((await fetched(repoOf(repository, { paths: ['a'] }), look)).output('look')).toEqual([a])
    expect((await fetched(repoOf(repository, { paths: ['*/file'] }), look)).output('look')).toEqual([b])
    expect((await fetched(repoOf(repository, { ignore_paths: ['b'] }), look)).output('look')).toEqual([a])
  })

  it.each([
    [{ tag_filter: 'v1.*' }, 'v1.10'],
    [{ tag_regex: 'v[0-9.]+' }, 'v2.0']
  ])('follows tags by %j', async (filter, tag) => {
    const repository = await newRepository()
    for (const name of ['v1.9', 'v1.10', 'v2.0', 'v3.0-rc']) {
      repository.commit({ file: name })
      repository.git('tag', name)
      repository.git('push', '--quiet', '--tags')
    }
    const told = await fetched(repoOf(repository, filter), 'cat file .git/tags; cat .git/ref')
    expect(told.output('look')).toEqual([`${tag}${tag}`, tag])
  })

  it('takes the version that it or its resource is pinned to', async () => {
    const repository = await newRepository()
    const first = repository.commit({ file: '1' })
    const second = repository.commit({ file: '2' })
    repository.commit({ file: '3' })
    const steps: Step[] = [
      { kind: 'get', name: 'repo' },
      { kind: 'get', name: 'pinned', resource: 'repo', version: { ref: first } },
      sh('look', 'cat repo/file pinned/file', { inputs: ['repo', 'pinned'] })
    ]
    const told = await run(steps, { resources: [{ ...repoOf(repository), version: { ref: second } }] })
    expect(told.output('look')).toEqual(['21'])
  })

  it('settles its version before the first step', async () => {
    const repository = await newRepository()
    repository.commit({ file: '1' })
    const push = `git clone -q ${repository.uri} x; cd x; echo 2 > file; git -c user.name=a -c user.email=a@b commit -qam 2; git push -q`
    const steps: Step[] = [
      sh('push', push),
      { kind: 'get', name: 'repo' },
      sh('look', 'cat repo/file', { inputs: ['repo'] })
    ]
    const told = await run(steps, { resources: [repoOf(repository)] })
    expect(told.outcome).toBe('succeeded')
    expect(told.output('look')).toEqual(['1'])
    expect(repository.show('file')).toBe('2')
  })

  it('leaves what is known of the commit in .git, and as local vars', async () => {
    const repository = await newRepository()
    const ref = repository.commit({ file: '1' }, 'subject\n\nbody')
    const vars = sh('vars', 'echo "$V"', { params: { V: '((.:repo.author)) ((.:repo.commit))' } })
    const look =
      'for f in short_ref author committer committer_name commit_message; do cat .git/$f; echo; done; cat .git/branch'
    const told = await fetched(repoOf(repository), look, { short_ref_format: 'g%s' }, [vars])
    expect(told.output('look')).toEqual([
      `g${ref.slice(0, 7)}`,
      ...['Ada', '', 'ada@example.com', 'Ada', 'subject', '', 'body', 'main']
    ])
    expect(told.output('vars')).toEqual([`Ada ${ref}`])
  })

  it('clones as deep as asked, and deeper where the version lies deeper', async () => {
    const repository = await newRepository()
    repository.commit({ file: '1' })
    const second = repository.commit({ file: '2' })
    for (const text of ['3', '4', '5']) repository.commit({ file: text })
    const far = repoOf(repository, { uri: `file://${repository.uri}` })
    const shallow = await fetched(far, 'git rev-list --count HEAD', { depth: 2 })
    expect(shallow.output('look')).toEqual(['2'])
    const deep = await fetched({ ...far, version: { ref: second } }, 'cat file', { depth: 1 })
    expect(deep.output('look')).toEqual(['2'])
  })

  it('fetches further branches, and no tags where none are wanted', async () => {
    const repository = await newRepository()
    repository.commit({ file: '1' })
    repository.git('tag', 'v1')
    repository.git('push', '--quiet', '--tags')
    repository.commit({ file: '2' }, 'other', 'other')
    const params = { fetch: ['other'], fetch_tags: false }
    const told = await fetched(
      repoOf(repository),
      'git show other:file; echo; git tag | wc -l | tr -d " "',
      params
    )
    expect(told.output('look')).toEqual(['2', '0'])
  })

  it('leaves submodules out with a notice, and fetches them when asked', async () => {
    const inner = await newRepository()
    inner.commit({ file: 'inner' })
    const outer = await newRepository()
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.uri, 'sub')
    outer.commit({})
    const given = repoOf(outer, { git_config: [{ name: 'protocol.file.allow', value: 'always' }] })
    const without = await fetched(given, 'ls sub')
    expect(without.output('look')).toEqual([])
    expect(without.notices.join()).toContain('submodules')
    expect((await fetched(given, 'cat sub/file', { submodules: 'all' })).output('look')).toEqual(['inner'])
    expect((await fetched(given, 'ls sub', { submodules: 'none' })).output('look')).toEqual([])
  })

  it('goes where the environment says that a repository is kept', async () => {
    const repository = await newRepository()
    repository.commit({ file: '1' })
    const env = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${repository.uri}.insteadOf`,
      GIT_CONFIG_VALUE_0: 'https://github.com/org/name.git'
    }
    const far = resource('repo', 'git', { uri: 'https://github.com/org/name.git', branch: 'main' })
    const steps: Step[] = [{ kind: 'get', name: 'repo' }, sh('look', 'cat repo/file', { inputs: ['repo'] })]
    const told = await run(steps, { resources: [far], env })
    expect(told.output('look')).toEqual(['1'])
  })

  it('gives a task nothing by which it could change the repository it came from', async () => {
    const repository = await newRepository()
    repository.commit({ file: '1' })
    const told = await fetched(
      repoOf(repository),
      'chmod -R u+w .git; for f in .git/objects/??/*; do echo broken > $f; done'
    )
    expect(told.outcome).toBe('succeeded')
    repository.git('fetch', '--quiet', '--refetch', 'origin')
    expect(repository.show('file')).toBe('1')
  })

  it('uses the key of its source from a file that nobody else can read, and removes it', async () => {
    const folder = await newFolder()
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nabcdef\n-----END OPENSSH PRIVATE KEY-----'
    // Stands in for ssh: shows how it was called, and the key.
    const spy = `#!/bin/sh\nfor a in "$@"; do case $a in */key) stat -c %a $a; cat $a;; esac; done > ${folder}/seen\necho $@ >> ${folder}/seen\nexit 1\n`
    writeFileSync(`${folder}/ssh`, spy)
    chmodSync(`${folder}/ssh`, 0o755)
    const far = resource('repo', 'git', { uri: 'git@host:x.git', branch: 'main', private_key: '((key))' })
    const told = await run([{ kind: 'get', name: 'repo' }], {
      resources: [far],
      vars: () => key,
      path: `${folder}:${process.env['PATH'] ?? ''}`
    })
    expect(told.outcome).toBe('errored')
    const seen = readFileSync(`${folder}/seen`, 'utf8')
    expect(seen).toContain(`600\n${key}\n`)
    expect(existsSync(/-i (\S+)/.exec(seen)?.[1] ?? '')).toBe(false)
    expect(readFileSync(`${told.dir}/events.jsonl`, 'utf8')).not.toContain('abcdef')
  })
})

describe('a get that can not be done', () => {
  it.each([
    ['there is no such repository', { uri: '/nowhere/x.git' }, 'can be reached'],
    ['there is no such branch', { branch: 'none' }, 'create the branch none'],
    ['no tag is let through', { tag_filter: 'none-*' }, 'filters']
  ])('ends the run before its first step, with a hint: %s', async (_why, source, hint) => {
    const repository = await newRepository()
    repository.commit({ file: '1' })
    const steps: Step[] = [sh('first', 'true'), { kind: 'get', name: 'repo' }]
    const told = await run(steps, { resources: [repoOf(repository, source)] })
    expect(told.outcome).toBe('errored')
    expect(told.exitCode).toBe(4)
    expect(told.failure?.path).toBe('resources.repo')
    expect(told.failure?.hint).toContain(hint)
    expect(told.tasks).toEqual([])
  })

  it('fails, as its script would, where its version is gone', async () => {
    const repository = await newRepository()
    repository.commit({ file: '1' })
    const get: Step = { kind: 'get', name: 'repo', version: { ref: 'f'.repeat(40) } }
    const told = await run([get], { resources: [repoOf(repository)] })
    expect(told.outcome).toBe('failed')
    expect(told.failure?.message).toContain('found no version')
  })
})
