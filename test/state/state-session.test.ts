import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lostFiles } from '../../src/state/irreplaceable.ts'
import { newIdentity } from '../../src/state/keys.ts'
import { openState } from '../../src/state/open-state.ts'
import { StateSession, type CheckpointWords } from '../../src/state/state-session.ts'
import { readTree } from '../../src/tools/tree.ts'
import { file, link, paved, StateBench, treeOfTexts } from './bench.ts'

const words: CheckpointWords = { reason: 'tried', revision: 'none', tools: {}, mayLose: 'nothing' }
let bench: StateBench

beforeEach(async () => {
  bench = await StateBench.open()
})

afterEach(() => bench.close())

function open(checkout = bench.folder(), options: { restores?: boolean } = {}): Promise<StateSession> {
  return StateSession.open({
    tools: bench.tools(),
    log: bench.log,
    params: bench.params,
    checkout,
    ...options
  })
}

/** One checkpoint on the branch. */
async function begin(texts: Readonly<Record<string, string>> = paved): Promise<void> {
  await (await open()).checkpoint(treeOfTexts(texts), words)
}

const refused = { outcome: 'refused' }

describe('a state session', () => {
  it('begins a branch, and what it wrote is read by whoever holds the identity', async () => {
    const tree = treeOfTexts(paved).set('bbl/run.sh', file('#!/bin/sh', true)).set('bbl/to', link('run.sh'))
    expect(await (await open()).checkpoint(tree, words)).toBe(true)
    const plain = await openState(bench.tools(), bench.params, bench.clone())
    const read = await readTree(plain)
    expect([...read].map(([path, { kind, executable }]) => [path, kind, executable])).toContainEqual([
      'bbl/to',
      'link',
      false
    ])
    expect(read.get('bbl/run.sh')?.executable).toBe(true)
    expect(await readFile(join(plain, 'bbl/vars/director-vars-store.yml'), 'utf8')).toBe(
      'admin_password: hunter2\n'
    )
  })

  it('leaves nothing of the contents on the server', async () => {
    await begin()
    expect(() => bench.git(['grep', '--all-match', '-e', 'hunter2', 'lab'])).toThrow()
    expect(bench.git(['show', 'lab:checkpoint.json'])).not.toContain('hunter2')
  })

  it('counts, changes only what changed, and makes no checkpoint where nothing did', async () => {
    await begin()
    const session = await open()
    const tree = treeOfTexts(paved).set('bbl/new', file('1'))
    expect(await session.checkpoint(tree, words)).toBe(true)
    expect(await session.checkpoint(tree, words)).toBe(false)
    expect(bench.git(['diff', '--name-only', 'lab~1', 'lab']).trim().split('\n')).toEqual([
      'bbl/new.age',
      'checkpoint.json'
    ])
    expect(bench.git(['show', 'lab:checkpoint.json'])).toContain('"serial": 2')
  })

  it('takes in what the branch has beyond its checkout', async () => {
    await begin()
    const old = bench.clone()
    await (await open()).checkpoint(treeOfTexts({ ...paved, 'bbl/more': '1' }), words)
    const session = await open(old)
    expect(session.kept?.checkpoint.serial).toBe(2)
    expect(session.kept?.files.has('bbl/more')).toBe(true)
  })

  it('begins anew from its last checkpoint where an earlier try was killed in the middle of one', async () => {
    await begin()
    const checkout = bench.clone()
    await writeFile(join(checkout, 'bbl', 'new.age'), 'half')
    await rm(join(checkout, 'bbl', 'bbl-state.json.age'))
    await writeFile(join(checkout, '.git', 'index.lock'), '')
    const session = await open(checkout)
    expect([...(session.kept?.files.keys() ?? [])]).toEqual(Object.keys(paved).sort())
    expect(await session.checkpoint(treeOfTexts({ ...paved, 'bbl/new': '1' }), words)).toBe(true)
  })

  it('takes its own files for its own only in a repository', async () => {
    await begin()
    const folder = bench.folder()
    await mkdir(folder)
    await writeFile(join(folder, 'thesis.tex'), 'years of work')
    await expect(open(folder)).rejects.toMatchObject(refused)
    expect(await readFile(join(folder, 'thesis.tex'), 'utf8')).toBe('years of work')
  })
})

describe('two writers at once', () => {
  it('are told apart: the second is refused, nothing is overwritten, and its state is put aside', async () => {
    await begin()
    const checkout = bench.clone()
    const [first, second] = [await open(bench.clone()), await open(checkout)]
    await first.checkpoint(treeOfTexts({ ...paved, 'bbl/first': '1' }), { ...words, reason: 'the first one' })
    const before = bench.headOf()
    const failure = second.checkpoint(treeOfTexts({ ...paved, 'bbl/second': '2' }), words)
    await expect(failure).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(
        /found serial 2 of another writer .*the first one.*rejected\/lab\//
      ) as string
    })
    expect(bench.headOf()).toBe(before)
    const aside = bench.git(['for-each-ref', '--format=%(refname:short)', 'refs/heads/rejected']).trim()
    const plain = await openState(bench.tools(), bench.params, bench.clone(aside))
    expect(await readFile(join(plain, 'bbl/second'), 'utf8')).toBe('2')
    // Nor is it overwritten later: what the second still finds goes the same way.
    await expect(
      second.checkpoint(treeOfTexts({ ...paved, 'bbl/second': '3' }), words)
    ).rejects.toMatchObject(refused)
    expect(bench.headOf()).toBe(before)
    const later = await openState(bench.tools(), bench.params, bench.clone(aside))
    expect(await readFile(join(later, 'bbl/second'), 'utf8')).toBe('3')
    await second.close()
    expect(bench.git(['rev-parse', 'HEAD'], checkout).trim()).toBe(before)
  })

  it('are told apart before anything is begun, where one has a commit that the other has not', async () => {
    await begin()
    const mine = bench.clone()
    bench.git(['commit', '--quiet', '--allow-empty', '--message', 'mine'], mine)
    await (await open()).checkpoint(treeOfTexts({ ...paved, 'bbl/theirs': '1' }), words)
    const before = bench.headOf()
    await expect(open(mine)).rejects.toMatchObject(refused)
    expect(bench.headOf()).toBe(before)
    // The put that follows under ensure finds the checkout as the branch is, and has nothing to push.
    expect(bench.git(['rev-parse', 'HEAD'], mine).trim()).toBe(before)
  })
})

describe('a branch that went back', () => {
  it('is refused: an old state that git alone put back has forgotten what was made since', async () => {
    await begin({ 'bbl/bbl-state.json': '{"envID":"lab"}' })
    await (await open()).checkpoint(treeOfTexts(paved), words)
    const clone = bench.clone()
    bench.git(['revert', '--no-edit', 'HEAD'], clone)
    bench.pushByHand(clone)
    const before = bench.headOf()
    const message = expect.stringContaining('found serial 1 after serial 2') as string
    await expect(open()).rejects.toMatchObject({ ...refused, message })
    await expect(openState(bench.tools(), bench.params, bench.clone())).rejects.toMatchObject({
      ...refused,
      message
    })
    expect(bench.headOf()).toBe(before)
  })

  it('is refused in mid-work: a serial that was there already is not written again', async () => {
    await begin()
    const session = await open(bench.clone())
    await (await open()).checkpoint(treeOfTexts({ ...paved, 'bbl/a': '1' }), words)
    await (await open()).checkpoint(treeOfTexts({ ...paved, 'bbl/a': '2' }), words)
    await expect(session.checkpoint(treeOfTexts({ ...paved, 'bbl/b': '1' }), words)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('found serial 3') as string
    })
  })
})

describe('an irreplaceable file', () => {
  it.each(Object.keys(paved))('is known to be one: %s', path => {
    const rest = new Map([...treeOfTexts(paved)].filter(([other]) => other !== path))
    expect(lostFiles(treeOfTexts(paved), rest, false)).toEqual([path])
  })

  it('is not let go', async () => {
    const path = 'bbl/vars/terraform.tfstate'
    await begin()
    const session = await open()
    const before = bench.headOf()
    const rest = new Map(treeOfTexts({ ...paved, 'bbl/new': 'kept' }))
    rest.delete(path)
    await expect(session.checkpoint(rest, words)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining(`found ${path} gone`) as string
    })
    expect(bench.headOf()).toBe(before)
    // What else was found is aside, and the session goes on from where it was.
    expect(bench.git(['for-each-ref', 'refs/heads/rejected']).trim()).not.toBe('')
    expect(await session.checkpoint(treeOfTexts({ ...paved, 'bbl/new': 'kept' }), words)).toBe(true)
  })

  it('is not let go where it was emptied', async () => {
    await begin()
    const tree = treeOfTexts({ ...paved, 'bbl/vars/terraform.tfstate': '' })
    await expect((await open()).checkpoint(tree, words)).rejects.toMatchObject(refused)
  })

  it('goes with the machine that delete-env deleted, and all of them with a finished down', async () => {
    await begin()
    const session = await open()
    const without = (...paths: readonly string[]) =>
      new Map([...treeOfTexts(paved)].filter(([path]) => !paths.includes(path)))
    const destroying: CheckpointWords = { ...words, mayLose: 'what-is-destroyed' }
    expect(await session.checkpoint(without('bbl/vars/bosh-state.json'), destroying)).toBe(true)
    const tooMuch = without('bbl/vars/bosh-state.json', 'bbl/vars/terraform.tfstate')
    await expect(session.checkpoint(tooMuch, destroying)).rejects.toMatchObject(refused)
    expect(await session.checkpoint(new Map(), destroying)).toBe(true)
    expect(await readTree(await openState(bench.tools(), bench.params, bench.clone()))).toEqual(new Map())
  })
})

describe('an identity that another one takes the place of', () => {
  it('is replaced by two checkpoints of an unchanged state: for both, then for the new one alone', async () => {
    await begin()
    const newer = await newIdentity()
    const save = async (STATE_IDENTITY: string): Promise<boolean> => {
      const params = { ...bench.params, STATE_IDENTITY }
      const checkout = bench.folder()
      const session = await StateSession.open({ tools: bench.tools(), log: bench.log, params, checkout })
      return session.checkpoint(treeOfTexts(paved), words)
    }
    await expect(save(newer)).rejects.toMatchObject(refused)
    expect(await save(`${bench.params.STATE_IDENTITY}\n${newer}`)).toBe(true)
    expect(await save(newer)).toBe(true)
    expect(await save(newer)).toBe(false)
    await expect(save(bench.params.STATE_IDENTITY)).rejects.toMatchObject(refused)
  })
})

describe('a push that is not possible', () => {
  it('leaves the state encrypted in the checkout, and says so; the next try pushes it', async () => {
    await begin()
    const checkout = bench.clone()
    const session = await open(checkout)
    bench.git(['config', 'receive.denyCurrentBranch', 'refuse'])
    await writeFile(join(bench.remote, 'hooks', 'pre-receive'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    await expect(session.checkpoint(treeOfTexts({ ...paved, 'bbl/a': '1' }), words)).rejects.toMatchObject({
      outcome: 'program',
      hint: expect.stringContaining('encrypted in the output `state`') as string
    })
    await rm(join(bench.remote, 'hooks', 'pre-receive'))
    // A second attempt begins with the output of the first.
    const second = await open(checkout)
    expect(second.kept?.checkpoint.serial).toBe(2)
    expect(bench.git(['show', 'lab:checkpoint.json'])).toContain('"serial": 2')
  })

  it('is no state at all where the repository is not there: nothing may be begun', async () => {
    await rm(bench.remote, { recursive: true })
    await expect(open()).rejects.toMatchObject({ outcome: 'program' })
  })
})

describe('a branch that is not whole', () => {
  it.each([
    ['truncated', 'bbl/bbl-state.json.age', (path: string) => writeFile(path, 'age-encryption.org/v1\n')],
    ['tampered with', 'bbl/bbl-state.json.age', (path: string) => appendFile(path, 'x')],
    ['half there', 'bbl/bbl-state.json.age', (path: string) => rm(path)],
    ['foreign', 'bbl/other.age', (path: string) => writeFile(path, 'x')],
    ['without its checkpoint', 'checkpoint.json', (path: string) => rm(path)]
  ])('is refused when it is %s, and nothing is overwritten', async (_, name, spoil) => {
    await begin()
    const clone = bench.clone()
    await spoil(join(clone, name))
    bench.pushByHand(clone)
    const before = bench.headOf()
    await expect(open()).rejects.toMatchObject(refused)
    expect(bench.headOf()).toBe(before)
  })

  it('is refused when it is for another key, and nothing is overwritten', async () => {
    await begin()
    const before = bench.headOf()
    const params = { ...bench.params, STATE_IDENTITY: await newIdentity() }
    const opening = StateSession.open({
      tools: bench.tools(),
      log: bench.log,
      params,
      checkout: bench.folder()
    })
    await expect(opening).rejects.toMatchObject(refused)
    expect(bench.headOf()).toBe(before)
  })

  it('is restored with a higher serial than it ever had', async () => {
    await begin()
    await (await open()).checkpoint(treeOfTexts({ ...paved, 'bbl/a': '1' }), words)
    const clone = bench.clone()
    await writeFile(join(clone, 'checkpoint.json'), '{')
    bench.pushByHand(clone)
    const session = await open(bench.folder(), { restores: true })
    await session.checkpoint(treeOfTexts(paved), { ...words, mayLose: 'anything' })
    expect(session.kept?.checkpoint.serial).toBe(3)
    expect((await open()).kept?.files.size).toBe(Object.keys(paved).length)
  })

  it('is encrypted where it was in plain text; what is of something else stays as it is', async () => {
    const plain = bench.folder()
    bench.git(['init', '--quiet', plain], bench.root)
    await mkdir(join(plain, 'bbl'))
    await writeFile(join(plain, 'README.md'), 'ours')
    await writeFile(join(plain, 'bbl', 'bbl-state.json'), '{"envID":"lab"}')
    bench.pushByHand(plain)
    await expect(open()).rejects.toMatchObject(refused)
    const session = await open(bench.folder(), { restores: true })
    await session.checkpoint(treeOfTexts(paved), { ...words, mayLose: 'anything' })
    expect(bench.git(['ls-tree', '-r', '--name-only', 'lab']).split('\n')).not.toContain('bbl/bbl-state.json')
    expect(bench.git(['show', 'lab:README.md'])).toBe('ours')

    await writeFile(join(plain, 'main.go'), '')
    await rm(join(plain, 'bbl'), { recursive: true })
    bench.pushByHand(plain)
    await expect(open(bench.folder(), { restores: true })).rejects.toMatchObject(refused)
  })
})
