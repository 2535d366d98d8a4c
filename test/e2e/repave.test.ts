import { randomUUID } from 'node:crypto'
import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcomesOf, Playground, root } from './causeway-process.ts'
import { generatedSecrets, leaksOf, watchArguments } from './playground-secrets.ts'

/** One playground for all of it, as a person has one: each test starts where the one before it ended. */
let playground: Playground

beforeAll(async () => {
  playground = await Playground.open(canaries)
})

afterAll(async () => {
  expect(await playground.processes()).toEqual([])
  await rm(playground.state, { recursive: true, force: true })
})

const long = 300_000

/** Credentials of whoever starts a repave, which are none of its own. */
const canaries: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'BBL_GCP_SERVICE_ACCOUNT_KEY',
    'BBL_AWS_SECRET_ACCESS_KEY',
    'AWS_SECRET_ACCESS_KEY',
    'BOSH_CLIENT_SECRET',
    'GITHUB_TOKEN'
  ].map(name => [name, `canary-${randomUUID()}`])
)

/** Every credential that was planted or generated so far, and the arguments of all processes that were seen. */
const secrets = new Set<string>(Object.values(canaries))
const told = new Set<string>()

/** Learns what was generated for what stands now. */
async function learnSecrets(): Promise<readonly string[]> {
  const found = await generatedSecrets(playground)
  for (const secret of found) secrets.add(secret)
  return found
}

/** Replaces a program of the lab as soon as a step has started, so that it breaks in mid-repave. */
function breakWhen(step: string, program: string, script: string): (err: string) => void {
  let broken = false
  return err => {
    if (broken || !err.includes(` ${step} started`)) return
    broken = true
    const path = join(playground.lab, 'bin', program)
    void rm(path)
      .then(() => writeFile(path, script))
      .then(() => chmod(path, 0o755))
  }
}

describe('causeway repave lab', { timeout: long }, () => {
  it('paves a playground from nothing, proves the connectivity, and gives the environment back', async () => {
    const { code, out, err } = await playground.run('repave', 'lab')
    expect(err).not.toContain('error:')
    expect(code).toBe(0)
    expect(out).toMatch(/^succeeded in .*, report: .*report\.html\n$/)
    expect(err).toContain('lease: lab is free')
    const outcomes = outcomesOf(await playground.events())
    for (const step of [
      'prove-empty',
      'pave-infrastructure',
      'deploy-cf',
      'create-cfcr-release',
      'upload-cfcr-release',
      'deploy-cfcr',
      'apply-addons',
      'test-connectivity'
    ]) {
      expect(outcomes.get(step), step).toBe('succeeded')
    }
  })

  it('deploys CFCR with the release that it made, and CF with those of upstream', async () => {
    const { revision } = JSON.parse(await readFile(join(root, 'release/revision.json'), 'utf8')) as {
      revision: number
    }
    expect(await playground.releasesOf('cfcr')).toMatchObject({ kubo: `0.44.0+silk.${revision}` })
    expect(await playground.releasesOf('cf')).not.toHaveProperty('kubo')
  })

  it('leaves no process behind', async () => {
    expect(await playground.processes()).toEqual([])
  })

  it('tears down what stands and paves it anew', async () => {
    const watch = watchArguments()
    const { code } = await playground.run('repave', 'lab')
    for (const text of watch.stop()) told.add(text)
    expect(code).toBe(0)
    const events = await playground.events()
    const said = events.flatMap(event => (event.kind === 'step-output' ? [event.text] : []))
    expect(said.some(line => line.includes('delete-deployment'))).toBe(true)
    expect(said.some(line => line.includes('bbl down'))).toBe(true)
  })

  it('prepares CF beside what CFCR needs of it not', async () => {
    const events = await playground.events()
    const span = (name: string): [number, number] => {
      const start = events.find(event => event.kind === 'step-started' && event.name === name)
      if (start?.kind !== 'step-started') throw new Error(`no step ${name}`)
      const end = events.find(event => event.kind === 'step-finished' && event.step === start.step)
      return [Date.parse(start.at), Date.parse(end?.at ?? '')]
    }
    const [cf, cfcr] = [span('prepare-cf'), span('prepare-cfcr')]
    expect(cf[0] < cfcr[1] && cfcr[0] < cf[1]).toBe(true)
    expect(span('create-cfcr-release')[0]).toBeLessThan(span('deploy-cf')[1])
  })

  it('lets nobody see a credential that was generated: in no file, git object, log or argument', async () => {
    expect((await learnSecrets()).length).toBeGreaterThan(50)
    expect(told.size).toBeGreaterThan(20)
    expect(leaksOf(playground, secrets, told)).toEqual([])
    expect(await playground.leftBehind()).toEqual([])
  })

  it('tries the matrix again on what stands', async () => {
    const { code, out } = await playground.run('smoke', 'lab', '--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ outcome: 'succeeded', lease: 'lease: lab is free' })
  })

  it('deploys what stands anew by the pipelines that Concourse has for that, each in its turn', async () => {
    for (const pipeline of ['cf', 'cfcr-release', 'cfcr']) {
      const { code, err } = await playground.run('run', 'lab', pipeline)
      expect(code, err).toBe(0)
      expect(err.match(/^lease: .*/gm)).toEqual(['lease: lab is free'])
    }
  })

  it('refuses to run a pipeline that there is not, and names those that there are', async () => {
    const { code, err } = await playground.run('run', 'lab', 'nope')
    expect(code).toBe(2)
    expect(err).toContain('pipeline: found "nope", expected one of cf, cfcr-release, cfcr, connectivity,')
  })

  it('shows what a repave would destroy and create', async () => {
    const { code, out } = await playground.run('plan', 'lab', '--format', 'json')
    const plan = JSON.parse(out) as { destroys: { kind: string; name: string }[]; digest: string }
    expect(code).toBe(0)
    expect(plan.destroys).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'deployment', name: 'cf' })])
    )
    expect(plan.digest).toMatch(/^[0-9a-f]{64}$/)
  })

  const breaks = [
    { program: 'bbl', step: 'pave-infrastructure', script: '#!/bin/sh\necho broken >&2\nexit 1\n' },
    { program: 'bosh', step: 'deploy-cfcr', script: '#!/bin/sh\nkill -9 $$\n' },
    { program: 'kubectl', step: 'test-connectivity', script: '#!/bin/sh\nexit 1\n' }
  ]

  it.each(breaks)('ends in 4 when $program breaks in $step', async ({ program, step, script }) => {
    const broken = await playground.start(['repave', 'lab'], breakWhen(step, program, script)).ended
    await learnSecrets()
    expect(broken.code).toBe(4)
    expect(broken.err).toContain(`task(${step})`)
    expect(broken.err).toMatch(/^evidence: /m)
    expect(broken.err).toContain('lease: lab is in quarantine')
    const outcomes = outcomesOf(await playground.events())
    expect(outcomes.get('release-environment')).toBe('succeeded')
    // On the ruins that the one before left, each gets past where that one broke.
    const mended = breaks.slice(
      0,
      breaks.findIndex(each => each.step === step)
    )
    for (const each of mended) expect(outcomes.get(each.step), each.step).toBe('succeeded')
  })

  it('succeeds on the ruins; refuses a second one at the same time, and names the holder', async () => {
    let second: ReturnType<Playground['run']> | undefined
    const first = playground.start(['repave', 'lab'], err => {
      if (second === undefined && err.includes('delete-deployments started'))
        second = playground.run('repave', 'lab')
    })
    expect((await first.ended).code).toBe(0)
    await learnSecrets()
    const refused = await second
    expect(refused?.code).toBe(7)
    expect(refused?.err).toMatch(/^error: lab: found it held by .+@.+ \(run [0-9a-f]+\) since/m)
  })

  it('runs the hooks on Ctrl-C, and says where the lease is', async () => {
    let sent = false
    const { ended } = playground.start(['repave', 'lab'], (err, child) => {
      if (sent || !err.includes('deploy-cf started')) return
      sent = true
      child.kill('SIGINT')
    })
    const { code, err } = await ended
    expect(code).toBe(130)
    expect(err).toContain('lease: lab is in quarantine')
    expect(outcomesOf(await playground.events()).get('release-environment')).toBe('succeeded')
    expect(await playground.processes()).toEqual([])
    await learnSecrets()
  })

  it('leaves nothing after a teardown', async () => {
    const { code, err } = await playground.run('teardown', 'lab')
    expect(code).toBe(0)
    expect(err).toContain('lease: lab is free')
    const log = await playground.run('state', 'log', 'lab', '--format', 'json')
    const { checkpoints } = JSON.parse(log.out) as { checkpoints: { serial: number; reason: string }[] }
    expect(checkpoints.map(({ serial }) => serial)).toEqual(
      checkpoints.map((_, index) => checkpoints.length - index)
    )
    expect(checkpoints.at(-1)?.reason).toMatch(/^pave lab: /)
    expect(checkpoints[0]?.reason).toBe('destroy lab: done')
    const { out } = await playground.run('plan', 'lab', '--format', 'json')
    expect(JSON.parse(out)).toMatchObject({ destroys: [] })
    expect(leaksOf(playground, secrets, told)).toEqual([])
    expect(await playground.leftBehind()).toEqual([])
  })
})
