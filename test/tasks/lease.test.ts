import { execFileSync } from 'node:child_process'
import { beforeEach, describe, expect, it } from 'vitest'
import claimEnvironment from '../../tasks/claim-environment.ts'
import releaseEnvironment from '../../tasks/release-environment.ts'
import { Workbench } from './workbench.ts'

let bench: Workbench
let params: Record<string, string>

beforeEach(async () => {
  bench = await Workbench.open()
  const remote = bench.path('locks.git')
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', remote])
  execFileSync('git', ['clone', '--quiet', remote, bench.path('seed')], { stdio: 'ignore' })
  await bench.write('seed/playgrounds/unclaimed/lab', '')
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', bench.path('seed'), '-c', 'user.name=a', '-c', 'user.email=a@b', ...args])
  git('add', '.')
  git('commit', '--quiet', '-m', 'seed')
  git('push', '--quiet', 'origin', 'HEAD:main')
  params = {
    ENVIRONMENT: 'lab',
    LOCKS_URI: remote,
    LOCKS_BRANCH: 'main',
    LOCKS_POOL: 'playgrounds',
    HOLDER: 'repave/env:lab',
    LEASE_TTL: '30m',
    LEASE_GRACE: '5m'
  }
})

/** Where the lock lies on the server. */
function locks(): string {
  return execFileSync('git', [
    '-C',
    bench.path('locks.git'),
    'ls-tree',
    '-r',
    '--name-only',
    'main'
  ]).toString()
}

/** Each task has a folder for its clones; the tasks of one bench come one after the other. */
async function again(): Promise<void> {
  const { rm } = await import('node:fs/promises')
  await rm(bench.path('scratch', 'locks'), { recursive: true, force: true })
}

describe('claim-environment and release-environment', () => {
  it('claims, and gives back what was proved clean', async () => {
    await bench.run(claimEnvironment, params)
    expect(locks()).toContain('playgrounds/claimed/lab')
    expect(await bench.read('lease/lease.yml')).toContain('pipeline: "repave/env:lab"')
    await again()
    await bench.write('verdict/verdict.json', '{"clean":true,"reason":"6 of 6 cells as expected"}')
    await bench.run(releaseEnvironment, params)
    expect(locks()).toContain('playgrounds/unclaimed/lab')
    expect(bench.logged).toContain('lease: lab released: 6 of 6 cells as expected')
  })

  it('refuses a second claim at once, and names the holder', async () => {
    await bench.run(claimEnvironment, params)
    await again()
    const second = bench.run(claimEnvironment, params)
    await expect(second).rejects.toMatchObject({
      outcome: 'refused',
      message: /lab: found it held by .+@.+ \(run /
    })
  })

  it('puts into quarantine what nothing proved clean, and lets a cure take it out again', async () => {
    await bench.run(claimEnvironment, params)
    await again()
    await bench.run(releaseEnvironment, params)
    expect(locks()).toContain('playgrounds/quarantined/lab')
    expect(bench.logged).toContain('quarantine: the run ended before anything was proved')
    await again()
    await expect(bench.run(claimEnvironment, params)).rejects.toMatchObject({ outcome: 'refused' })
    await again()
    await bench.run(claimEnvironment, { ...params, TAKE_QUARANTINED: 'true' })
    expect(locks()).toContain('playgrounds/claimed/lab')
    expect(locks()).not.toContain('quarantined/lab')
  })
})
