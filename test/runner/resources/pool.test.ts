import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Step } from '../../../src/concourse/model.ts'
import { abortWhen, resource, run, sh, type RunGiven, type Told } from '../bench.ts'
import { newRepository, type TestRepository } from './git-bench.ts'

function locksOf(repository: TestRepository, delay = '50ms'): Resource {
  return resource('locks', 'pool', { uri: repository.uri, branch: 'main', pool: 'envs', retry_delay: delay })
}

/** A repository with locks: name in a state → its content. */
async function poolOf(files: Readonly<Record<string, string>>): Promise<TestRepository> {
  const repository = await newRepository()
  const locks = Object.entries(files).map(([path, content]): [string, string] => [`envs/${path}`, content])
  repository.commit({
    ...Object.fromEntries(locks),
    'envs/claimed/.gitkeep': '',
    'envs/unclaimed/.gitkeep': ''
  })
  return repository
}

const put = (name: string, params: JsonObject): Step => ({ kind: 'put', name, resource: 'locks', params })
const look = (name: string): Step => sh('look', `cat ${name}/name ${name}/metadata`, { inputs: [name] })
const handed = (name: string, metadata: string): Step =>
  sh('hand', `echo ${name} > lock/name; echo ${metadata} > lock/metadata`, { outputs: ['lock'] })

function isWaiting(event: { kind: string; text?: string }): boolean {
  return event.kind === 'step-output' && event.text?.startsWith('waiting for') === true
}

async function inPool(
  repository: TestRepository,
  steps: readonly Step[],
  given: RunGiven = {}
): Promise<Told> {
  return run(steps, { ...given, resources: [locksOf(repository)] })
}

describe('a put', () => {
  it('acquires any lock that is free, and hands it on', async () => {
    const repository = await poolOf({ 'unclaimed/a': 'data a', 'claimed/b': '', 'unclaimed/.hidden': '' })
    const told = await inPool(repository, [put('mine', { acquire: true }), look('mine')])
    expect(told.output('look')).toEqual(['a', 'data a'])
    expect(repository.list('envs/claimed')).toEqual(['.gitkeep', 'a', 'b'])
    expect(repository.subjects()[0]).toBe('claiming: a')
    expect(repository.git('ls-remote', 'origin', 'main')).not.toBe('')
  })

  it('says in the commit who it was', async () => {
    const repository = await poolOf({ 'unclaimed/a': '' })
    const told = await inPool(repository, [put('mine', { claim: 'a' })])
    repository.git('fetch', '--quiet')
    const body = repository.git('log', '-1', '--format=%b', 'origin/main')
    expect(body).toMatch(new RegExp(`^Build: test/job, run ${told.run}, step \\d+, on .+\nChange: \\S+$`))
  })

  it('claims the lock that is named, and gives it back', async () => {
    const repository = await poolOf({ 'unclaimed/a': '', 'unclaimed/b': 'data b' })
    const told = await inPool(repository, [
      put('mine', { claim: 'b' }),
      look('mine'),
      put('back', { release: 'mine' })
    ])
    expect(told.output('look')).toEqual(['b', 'data b'])
    expect(repository.list('envs/unclaimed')).toEqual(['.gitkeep', 'a', 'b'])
    expect(repository.subjects().slice(0, 2)).toEqual(['unclaiming: b', 'claiming: b'])
  })

  it('waits for its turn, and takes it', async () => {
    const repository = await poolOf({ 'claimed/a': '' })
    const told = await inPool(repository, [put('mine', { claim: 'a' })], {
      events: event => {
        if (!isWaiting(event) || repository.subjects()[0] === 'free') return
        repository.git('mv', 'envs/claimed/a', 'envs/unclaimed/a')
        repository.commit({}, 'free')
      }
    })
    expect(told.outcome).toBe('succeeded')
    expect(repository.list('envs/claimed')).toContain('a')
  })

  it('adds locks in either state, updates one, and removes one', async () => {
    const repository = await poolOf({ 'unclaimed/a': 'old' })
    await inPool(repository, [handed('new', '1'), put('x', { add: 'lock' })])
    expect(repository.show('envs/unclaimed/new')).toBe('1')
    await inPool(repository, [handed('held', '2'), put('x', { add_claimed: 'lock' })])
    expect(repository.show('envs/claimed/held')).toBe('2')
    await inPool(repository, [handed('a', 'fresh'), put('x', { update: 'lock' }), look('x')])
    expect(repository.show('envs/unclaimed/a')).toBe('fresh')
    await inPool(repository, [handed('other', '3'), put('x', { update: 'lock' })])
    expect(repository.show('envs/unclaimed/other')).toBe('3')
    const gone = await inPool(repository, [handed('held', '2'), put('x', { remove: 'lock' })])
    expect(gone.outcome).toBe('succeeded')
    expect(repository.list('envs/claimed')).toEqual(['.gitkeep'])
    expect(repository.subjects().slice(0, 5)).toEqual([
      'removing: held',
      'adding unclaimed: other',
      'updating: a',
      'adding claimed: held',
      'adding unclaimed: new'
    ])
  })

  it('adds what is there already without a fuss', async () => {
    const repository = await poolOf({ 'unclaimed/a': '1\n' })
    const told = await inPool(repository, [handed('a', '1'), put('x', { add: 'lock' })])
    expect(told.outcome).toBe('succeeded')
    expect(repository.subjects()).toHaveLength(1)
  })

  it('only looks: waits until a lock is free, or claimed, and fails where there is none', async () => {
    const repository = await poolOf({ 'unclaimed/a': '', 'claimed/b': '' })
    const done = await inPool(repository, [
      handed('a', ''),
      put('x', { check: 'lock' }),
      handed('b', ''),
      put('y', { check_unclaimed: 'lock' })
    ])
    expect(done.outcome).toBe('succeeded')
    expect(repository.subjects()).toHaveLength(1)
    const waits = await inPool(repository, [
      handed('b', ''),
      { ...put('x', { check: 'lock' }), timeout: '2s' } as Step
    ])
    expect(waits.failure?.exitCode).toBe(5)
    const none = await inPool(repository, [handed('none', ''), put('x', { check: 'lock' })])
    expect(none.outcome).toBe('failed')
  })

  it.each(['release', 'remove'])('fails to %s a lock that nobody holds', async param => {
    const repository = await poolOf({ 'unclaimed/a': '' })
    const told = await inPool(repository, [handed('a', ''), put('x', { [param]: 'lock' })])
    expect(told.outcome).toBe('failed')
    expect(told.failure?.message).toContain('not claimed')
    expect(repository.subjects()).toHaveLength(1)
  })

  it('fails where its input is no lock', async () => {
    const repository = await poolOf({ 'claimed/a': '' })
    const told = await inPool(repository, [
      sh('hand', 'true', { outputs: ['lock'] }),
      put('x', { release: 'lock' })
    ])
    expect(told.outcome).toBe('failed')
    expect(told.failure?.message).toContain('lock')
  })
})

describe('claimers at the same time', () => {
  it('get one lock each: of two for one lock, exactly one', async () => {
    const repository = await poolOf({ 'unclaimed/a': '' })
    const claim = (): Promise<Told> =>
      inPool(repository, [{ ...put('mine', { acquire: true }), timeout: '4s' } as Step])
    const outcomes = (await Promise.all([claim(), claim()])).map(told => told.outcome)
    expect(outcomes.sort()).toEqual(['failed', 'succeeded'])
    expect(repository.subjects()).toEqual(['claiming: a', 'change'])
  })

  it('get one lock each within one run too', async () => {
    const repository = await poolOf({ 'unclaimed/a': '', 'unclaimed/b': '', 'unclaimed/c': '' })
    const steps = ['x', 'y', 'z'].map(name => put(name, { acquire: true }))
    const show = sh('look', 'cat x/name y/name z/name | sort', { inputs: ['x', 'y', 'z'] })
    const told = await inPool(repository, [{ kind: 'in_parallel', steps }, show])
    expect(told.output('look')).toEqual(['a', 'b', 'c'])
  })
})

describe('an aborted claimer', () => {
  it('does not claim afterwards', async () => {
    const repository = await poolOf({ 'claimed/a': '' })
    const told = await inPool(repository, [put('mine', { claim: 'a' })], abortWhen(isWaiting))
    expect(told.outcome).toBe('aborted')
    repository.git('mv', 'envs/claimed/a', 'envs/unclaimed/a')
    repository.commit({}, 'free')
    expect(repository.list('envs/unclaimed')).toContain('a')
    expect(repository.subjects()[0]).toBe('free')
  })

  it('gives back what it got in the moment of the abort', async () => {
    const repository = await poolOf({ 'unclaimed/a': '' })
    const arrived = join(repository.uri, 'arrived')
    const go = join(repository.uri, 'go')
    const hook = join(repository.uri, 'hooks', 'pre-receive')
    mkdirSync(join(hook, '..'), { recursive: true })
    writeFileSync(hook, `#!/bin/sh\ntouch ${arrived}; while ! test -e ${go}; do sleep 0.02; done\n`)
    chmodSync(hook, 0o755)
    const controller = new AbortController()
    // The run is aborted while its push is with the server, which then takes it.
    const watch = sh('watch', `while ! test -e ${arrived}; do sleep 0.02; done; echo arrived; sleep 60`)
    const steps: Step[] = [{ kind: 'in_parallel', steps: [put('mine', { claim: 'a' }), watch] }]
    const told = await inPool(repository, steps, {
      signal: controller.signal,
      events: event => {
        if (event.kind !== 'step-output' || event.text !== 'arrived') return
        controller.abort()
        writeFileSync(go, '')
      }
    })
    expect(told.outcome).toBe('aborted')
    expect(repository.list('envs/unclaimed')).toContain('a')
    expect(repository.subjects()).toEqual(['unclaiming: a', 'claiming: a', 'change'])
  })

  it('fails, with nothing claimed, when its time runs out', async () => {
    const repository = await poolOf({ 'claimed/a': '' })
    const told = await inPool(repository, [{ ...put('mine', { claim: 'a' }), timeout: '1s' } as Step])
    expect(told.outcome).toBe('failed')
    expect(told.exitCode).toBe(5)
    expect(repository.subjects()).toHaveLength(1)
  })
})

describe('a get', () => {
  it('hands on the lock that the last change was about', async () => {
    const repository = await poolOf({ 'unclaimed/a': '' })
    repository.commit({ 'envs/claimed/b': 'data b' }, 'claiming: b')
    repository.commit({ 'other-pool/claimed/c': '' }, 'claiming: c')
    const get: Step = { kind: 'get', name: 'locks' }
    const told = await inPool(repository, [get, look('locks')])
    expect(told.output('look')).toEqual(['b', 'data b'])
  })

  it('fails where the claim that it was to hand on is over', async () => {
    const repository = await poolOf({})
    const ref = repository.commit({ 'envs/claimed/a': '' }, 'claiming: a')
    repository.commit({ 'envs/claimed/b': '' }, 'claiming: b')
    const claim = repository.commit({ 'envs/claimed/a': 'again' }, 'claiming: a again')
    const fetch = (version: string): Promise<Told> =>
      inPool(repository, [{ kind: 'get', name: 'locks', version: { ref: version } }])
    expect((await fetch(claim)).outcome).toBe('succeeded')
    const stale = await fetch(ref)
    expect(stale.outcome).toBe('failed')
    expect(stale.failure?.message).toContain('no longer claimed')
  })
})
