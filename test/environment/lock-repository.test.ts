import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Duration } from '../../src/core/duration.ts'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import type { ClaimRequest } from '../../src/environment/claim.ts'
import { lockCopyOf } from '../../src/environment/lock-copy.ts'
import {
  addLock,
  claimEnvironment,
  lockOf,
  releaseEnvironment,
  type LockCopy
} from '../../src/environment/lock-repository.ts'
import { createPrograms } from '../../src/tools/exec.ts'
import { createFiles } from '../../src/tools/files.ts'
import { createGit } from '../../src/tools/git.ts'

const files = createFiles()
const programs = createPrograms({
  env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1' },
  log: createLog(() => undefined),
  redactor: new Redactor()
})
const git = createGit(programs, files)
const now = (): Date => new Date('2026-11-22T12:00:00Z')
const clean = { clean: true, reason: 'nothing is left' }

let root = ''
let bare = ''
let clones = 0

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'locks-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))
beforeEach(async () => {
  clones += 1
  bare = join(root, `locks-${clones}.git`)
  await programs.run({ program: 'git', args: ['init', '--quiet', '--bare', bare] })
})

async function copy(): Promise<LockCopy> {
  clones += 1
  const clone = await git.clone(bare, join(root, `clone-${clones}`), { branch: 'main' })
  return lockCopyOf(clone, files, 'main')
}

const by = (holder: string, environment = 'lab'): ClaimRequest => ({
  pool: 'playgrounds',
  environment,
  holder,
  pipeline: 'repave',
  run: '1',
  ttl: Duration.hours(1),
  grace: Duration.minutes(10)
})

/** What the repository holds, in the layout of Concourse's pool resource. */
async function tree(): Promise<string[]> {
  const { stdout } = await programs.run({
    program: 'git',
    args: ['-C', bare, 'ls-tree', '-r', '--name-only', 'main']
  })
  return stdout.split('\n').filter(line => line !== '' && !line.endsWith('.gitkeep'))
}

it('adds a lock to an empty repository, once', async () => {
  expect(await addLock(await copy(), by('alice'))).toBe(true)
  expect(await addLock(await copy(), by('alice'))).toBe(false)
  expect(await tree()).toEqual(['playgrounds/unclaimed/lab'])
})

it('refuses what the pool does not know, without a commit', async () => {
  await addLock(await copy(), by('alice', 'other'))
  await expect(claimEnvironment(await copy(), by('alice'), now)).rejects.toMatchObject({ outcome: 'refused' })
  expect(await tree()).toEqual(['playgrounds/unclaimed/other'])
})

describe('with one lock', () => {
  beforeEach(async () => {
    await addLock(await copy(), by('alice'))
  })

  it('claims, renews, and gives back', async () => {
    const { how } = await claimEnvironment(await copy(), by('alice'), now)
    expect(how).toBe('fresh')
    expect(await tree()).toEqual(['playgrounds/claimed/lab'])
    const later = (): Date => new Date('2026-11-22T12:30:00Z')
    const renewed = await claimEnvironment(await copy(), by('alice'), later)
    expect(renewed).toMatchObject({ how: 'renewed', lease: { expires_at: '2026-11-22T13:30:00.000Z' } })
    await releaseEnvironment(await copy(), by('alice'), clean, now)
    expect(await tree()).toEqual(['playgrounds/unclaimed/lab'])
    expect(await lockOf(await copy(), by('alice'))).toMatchObject({ place: 'unclaimed', text: '' })
  })

  it('quarantines what is not proved clean, and then refuses it', async () => {
    await claimEnvironment(await copy(), by('alice'), now)
    await releaseEnvironment(await copy(), by('alice'), { clean: false, reason: 'a disk is left' }, now)
    expect(await tree()).toEqual(['playgrounds/quarantined/lab'])
    await expect(claimEnvironment(await copy(), by('bob'), now)).rejects.toThrow(/a disk is left/)
    await claimEnvironment(await copy(), { ...by('bob'), takeQuarantined: true }, now)
    expect(await tree()).toEqual(['playgrounds/claimed/lab'])
  })

  it("refuses what Concourse's pool resource holds, naming the commit", async () => {
    const pool = await copy()
    await pool.remove('playgrounds/unclaimed/lab')
    await pool.write('playgrounds/claimed/lab', '')
    await pool.commit('claiming: lab\n\nhttps://ci.example.com/builds/7')
    await pool.push()
    const claim = claimEnvironment(await copy(), by('bob'), now)
    await expect(claim).rejects.toThrow(/"claiming: lab" \(https:\/\/ci\.example\.com\/builds\/7\)/)
  })

  it('two claim at once: one has it, the other is told who', async () => {
    const holders = ['alice', 'bob']
    const copies = await Promise.all(holders.map(() => copy()))
    const claims = await Promise.allSettled(
      copies.map((one, index) => claimEnvironment(one, by(holders[index] ?? ''), now))
    )
    const winner = claims.findIndex(({ status }) => status === 'fulfilled')
    const lost = claims.filter(({ status }) => status === 'rejected')
    expect(lost).toHaveLength(1)
    expect(lost[0]).toMatchObject({ reason: { outcome: 'refused', exitCode: 7 } })
    expect(String((lost[0] as PromiseRejectedResult).reason)).toContain(
      `held by ${holders[winner] ?? ''} (run 1)`
    )
  })

  it('decides anew on what a faster claimant pushed between its look and its push', async () => {
    const slow = await copy()
    let raced = false
    const racing: LockCopy = {
      ...slow,
      async push() {
        if (!raced) {
          raced = true
          await claimEnvironment(await copy(), by('fast'), now)
        }
        return slow.push()
      }
    }
    await expect(claimEnvironment(racing, by('slow'), now)).rejects.toThrow(/held by fast \(run 1\)/)
    expect(raced).toBe(true)
    expect(await tree()).toEqual(['playgrounds/claimed/lab'])
  })

  it('claims of other environments are no hindrance', async () => {
    const names = ['one', 'two', 'three', 'four']
    for (const name of names) await addLock(await copy(), by('alice', name))
    const copies = await Promise.all(names.map(() => copy()))
    await Promise.all(copies.map((one, i) => claimEnvironment(one, by('alice', names[i] ?? ''), now)))
    expect(await tree()).toEqual([
      ...names.map(name => `playgrounds/claimed/${name}`).sort(),
      'playgrounds/unclaimed/lab'
    ])
  })

  it('gives up when it never gets a turn', async () => {
    const never: LockCopy = { ...(await copy()), push: () => Promise.resolve(false) }
    await expect(claimEnvironment(never, by('alice'), now)).rejects.toMatchObject({ outcome: 'program' })
  })
})
