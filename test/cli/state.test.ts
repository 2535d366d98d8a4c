import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StateSession } from '../../src/state/state-session.ts'
import { paved, StateBench, treeOfTexts } from '../state/bench.ts'
import { CommandLine, root } from './command-line.ts'

let line: CommandLine
let bench: StateBench

/** A record whose repositories lie on this disk, with two checkpoints of its state. */
beforeEach(async () => {
  line = await CommandLine.open()
  bench = await StateBench.open()
  const records = join(line.folder, 'env')
  await mkdir(join(records, 'versions'), { recursive: true })
  await writeFile(
    join(records, 'versions', 'lab.yml'),
    await readFile(join(root, 'env', 'versions', 'lab.yml'), 'utf8')
  )
  await writeFile(
    join(records, 'play-1.yml'),
    `name: play-1
iaas: gcp
region: europe-west1
system_domain: cf.example.com
versions: lab
state: { uri: 'file://${bench.remote}', branch: play-1 }
locks: { uri: 'file://${bench.remote}', branch: locks }
publish: { uri: 'file://${bench.remote}' }
`
  )
  line.env['CAUSEWAY_RECORDS'] = records
  line.env['STATE_IDENTITY'] = bench.params.STATE_IDENTITY
  const params = { ...bench.params, ENVIRONMENT: 'play-1', STATE_BRANCH: 'play-1' }
  const session = await StateSession.open({
    tools: bench.tools(),
    log: bench.log,
    params,
    checkout: bench.folder()
  })
  const words = {
    revision: 'abcdef123456789',
    tools: { bbl: 'bbl 9.0.48 (linux/amd64)' },
    mayLose: 'nothing'
  } as const
  const bblState = '{"envID":"play-1","bosh":{"directorName":"bosh-play-1","directorPassword":"hunter2"}}'
  await session.checkpoint(treeOfTexts({ 'bbl/bbl-state.json': bblState }), {
    ...words,
    reason: 'pave play-1: planned'
  })
  const more = { ...paved, 'bbl/bbl-state.json': bblState }
  await session.checkpoint(treeOfTexts(more), { ...words, reason: 'pave play-1: done' })

  const locks = bench.folder()
  bench.git(['init', '--quiet', locks], bench.root)
  await mkdir(join(locks, 'playgrounds', 'unclaimed'), { recursive: true })
  await writeFile(join(locks, 'playgrounds', 'unclaimed', 'play-1'), '')
  bench.pushByHand(locks, 'locks')
})

afterEach(() => bench.close())

async function lock(): Promise<string[]> {
  const places = bench.git(['ls-tree', '-r', '--name-only', 'locks']).trim().split('\n')
  return places.filter(path => path.endsWith('/play-1'))
}

describe('docs/state.md', () => {
  it('shows commands that do what it says, one after another', async () => {
    const page = await readFile(join(root, 'docs', 'state.md'), 'utf8')
    const block = /## Looking at it[^`]*```\n([^`]+)```/.exec(page)?.[1] ?? ''
    const commands = block.trim().split('\n')
    expect(commands).toHaveLength(5)
    await writeFile(join(line.folder, 'vars.yml'), `state-identity: ${bench.params.STATE_IDENTITY}\n`)
    delete line.env['STATE_IDENTITY']
    for (const command of commands) {
      const words = command.replace('play-fern', 'play-1').split(' ').slice(1)
      const args = words.map(word =>
        /^(\.\/)?(plain|vars\.yml)$/.test(word) ? join(line.folder, word) : word
      )
      expect(await line.run(...args), command).toMatchObject({ code: 0 })
    }
  })
})

describe('causeway state log', () => {
  it('lists the checkpoints, the newest first: when, why, what changed, by which tools, from which commit', async () => {
    const { code, out } = await line.run('state', 'log', 'play-1')
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^2 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}pave play-1: done$/)
    expect(lines[1]).toBe('   files +5 ~0 -0; bbl 9.0.48; programs of abcdef123456')
    expect(lines[2]).toMatch(/^1 .*planned$/)
  })

  it('gives all of it as JSON, and asks for no identity', async () => {
    delete line.env['STATE_IDENTITY']
    const { code, out } = await line.run('state', 'log', 'play-1', '--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      environment: 'play-1',
      checkpoints: [
        { serial: 2, files: { removed: [] } },
        { serial: 1, files: { added: ['bbl/bbl-state.json'] } }
      ],
      aside: []
    })
  })
})

describe('causeway state show', () => {
  it('says what is in the newest or another one, and never a secret', async () => {
    const { code, out } = await line.run('state', 'show', 'play-1')
    expect(code).toBe(0)
    expect(out).toMatch(/^env id +play-1$/m)
    expect(out).toMatch(/^Director +bosh-play-1$/m)
    expect(out).toMatch(/^ *24 {2}bbl\/vars\/director-vars-store\.yml$/m)
    expect(out).not.toContain('hunter2')
    const first = await line.run('state', 'show', 'play-1', '1', '--format', 'json')
    expect(JSON.parse(first.out)).toMatchObject({ serial: 1, files: [{ path: 'bbl/bbl-state.json' }] })
    expect(first.out).not.toContain('hunter2')
  })

  it('writes the plain tree for its owner alone, into an empty folder only', async () => {
    const to = join(line.folder, 'plain')
    expect((await line.run('state', 'show', 'play-1', '--to', to)).code).toBe(0)
    expect(await readFile(join(to, 'bbl/vars/director-vars-store.yml'), 'utf8')).toContain('hunter2')
    expect((await stat(to)).mode & 0o777).toBe(0o700)
    expect((await stat(join(to, 'bbl/bbl-state.json'))).mode & 0o777).toBe(0o600)
    expect(await line.run('state', 'show', 'play-1', '--to', to)).toMatchObject({ code: 2 })
  })

  it('names the serials where there is no such one, and the var where there is no identity', async () => {
    expect(await line.run('state', 'show', 'play-1', '9')).toMatchObject({
      code: 2,
      err: expect.stringContaining('expected one of 2, 1') as string
    })
    delete line.env['STATE_IDENTITY']
    expect(await line.run('state', 'show', 'play-1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('((state-identity))') as string
    })
  })

  it('takes the identity from a file of values, as other commands do', async () => {
    const values = join(line.folder, 'vars.yml')
    await writeFile(values, `state-identity: ${bench.params.STATE_IDENTITY}\n`)
    delete line.env['STATE_IDENTITY']
    expect((await line.run('state', 'show', 'play-1', '--load-vars-from', values)).code).toBe(0)
  })
})

describe('causeway state restore', () => {
  it('says what it would change, and changes nothing without --yes', async () => {
    const before = bench.headOf('play-1')
    const { code, err } = await line.run('state', 'restore', 'play-1', '1')
    expect(code).toBe(7)
    expect(err).toContain('- bbl/vars/terraform.tfstate\n')
    expect(bench.headOf('play-1')).toBe(before)
    expect(await lock()).toEqual(['playgrounds/unclaimed/play-1'])
  })

  it('makes an earlier one the newest, with a higher serial, and leaves the environment in quarantine', async () => {
    expect(await line.run('state', 'restore', 'play-1', '1', '--yes')).toMatchObject({ code: 0, out: '3\n' })
    expect(await lock()).toEqual(['playgrounds/quarantined/play-1'])
    const { out } = await line.run('state', 'show', 'play-1', '--format', 'json')
    expect(JSON.parse(out)).toMatchObject({
      serial: 3,
      reason: 'restored serial 1',
      files: [{ path: 'bbl/bbl-state.json' }]
    })
    // What was before it is there as ever, and can be restored as well.
    expect(await line.run('state', 'restore', 'play-1', '2', '--yes')).toMatchObject({ code: 0, out: '4\n' })
  })

  it('takes a folder that was mended by hand', async () => {
    const plain = join(line.folder, 'plain')
    await line.run('state', 'show', 'play-1', '--to', plain)
    await writeFile(join(plain, 'bbl', 'vars', 'bosh-state.json'), '{"current_vm_cid":""}')
    expect((await line.run('state', 'restore', 'play-1', '--from', plain, '--yes')).code).toBe(0)
    const again = join(line.folder, 'again')
    await line.run('state', 'show', 'play-1', '--to', again)
    expect(await readFile(join(again, 'bbl/vars/bosh-state.json'), 'utf8')).toBe('{"current_vm_cid":""}')
    expect(await readdir(join(again, 'bbl', 'vars'))).toHaveLength(5)
  })

  it('repairs a branch that can not be read any more', async () => {
    const clone = bench.clone('play-1')
    await writeFile(join(clone, 'bbl', 'bbl-state.json.age'), 'broken')
    bench.pushByHand(clone, 'play-1')
    expect((await line.run('state', 'show', 'play-1')).code).toBe(7)
    const restored = await line.run('state', 'restore', 'play-1', '1', '--yes')
    expect(restored).toMatchObject({ code: 0, out: '3\n' })
    expect(restored.err).toContain("the newest state can't be read")
    expect((await line.run('state', 'show', 'play-1')).code).toBe(0)
  })

  it('refuses while somebody holds the environment, and names who', async () => {
    const clone = bench.clone('locks')
    bench.git(['mv', 'playgrounds/unclaimed/play-1', 'playgrounds/claimed-play-1'], clone)
    await mkdir(join(clone, 'playgrounds', 'claimed'))
    bench.git(['mv', 'playgrounds/claimed-play-1', 'playgrounds/claimed/play-1'], clone)
    bench.pushByHand(clone, 'locks')
    const before = bench.headOf('play-1')
    expect(await line.run('state', 'restore', 'play-1', '1', '--yes')).toMatchObject({
      code: 7,
      err: expect.stringContaining('found it claimed by') as string
    })
    expect(bench.headOf('play-1')).toBe(before)
  })

  it.each([
    [['restore', 'play-1'], 'neither a serial nor --from'],
    [['restore', 'play-1', '1', '--from', '/tmp'], 'a serial and --from']
  ])('is wrong use with %j', async (args, message) => {
    expect(await line.run('state', ...args)).toMatchObject({
      code: 2,
      err: expect.stringContaining(message) as string
    })
  })
})
