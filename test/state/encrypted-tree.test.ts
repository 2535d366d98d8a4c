import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { formatCheckpoint, parseCheckpoint } from '../../src/state/checkpoint.ts'
import { encryptedName, encryptTree, treeOf, type Kept } from '../../src/state/encrypted-tree.ts'
import { newIdentity, openKeys, type StateKeys } from '../../src/state/keys.ts'
import { openBranch } from '../../src/state/read-branch.ts'
import type { Tree, TreeFile } from '../../src/tools/tree.ts'
import { file, link, treeOfTexts } from './bench.ts'

const facts = {
  environment: 'lab',
  serial: 1,
  time: '2026-01-01T00:00:00Z',
  reason: 'r',
  revision: 'none',
  tools: {}
}
let keys: StateKeys
let identity = ''

beforeAll(async () => {
  identity = await newIdentity()
  keys = await openKeys(identity)
})

/** The branch that a checkpoint makes. */
function branchOf({ checkpoint, files }: Kept): Map<string, TreeFile> {
  const names = [...files].map(([path, { encrypted }]) => [encryptedName(path), file(encrypted)] as const)
  return new Map([['checkpoint.json', file(formatCheckpoint(checkpoint))], ...names])
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('found nothing')
  return value
}

const word = fc.string({ minLength: 1, maxLength: 6, unit: 'binary' })
const name = fc
  .oneof(fc.constantFrom('__proto__', 'constructor', '1', 'a.age', 'checkpoint.json', 'README.md', ' '), word)
  .filter(text => !/[/\0\ud800-\udfff]/.test(text) && !['.', '..', '.git'].includes(text))
const entry: fc.Arbitrary<TreeFile> = fc.oneof(
  fc.record({
    content: fc.uint8Array({ maxLength: 40 }),
    executable: fc.boolean(),
    kind: fc.constant('file' as const)
  }),
  fc.string({ minLength: 1 }).map(link)
)
const anyTree: fc.Arbitrary<Tree> = fc
  .dictionary(
    fc.array(name, { minLength: 1, maxLength: 3 }).map(words => words.join('/')),
    entry,
    { maxKeys: 6 }
  )
  .map(entries => {
    const paths = Object.keys(entries)
    // No file is a folder of another one.
    const whole = paths.filter(path => !paths.some(other => other.startsWith(`${path}/`)))
    return new Map(whole.map(path => [path, entries[path] ?? file('')]))
  })

describe('an encrypted tree', () => {
  it('is the same tree when it is decrypted: contents, links, executables', async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, async tree => {
        const opened = await openBranch(branchOf(await encryptTree(tree, facts, keys)), 'lab', keys)
        const plain = new Map(
          [...treeOf(there(opened))].map(([path, one]) => [path, { ...one, content: [...one.content] }])
        )
        expect(plain).toEqual(
          new Map([...tree].map(([path, one]) => [path, { ...one, content: [...one.content] }]))
        )
      }),
      { numRuns: 60 }
    )
  })

  it('keeps the encrypted form of what did not change, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, fc.uint8Array(), async (tree, content) => {
        const first = await encryptTree(tree, facts, keys)
        const changed = new Map(tree).set('changed', file(content))
        const second = await encryptTree(changed, { ...facts, serial: 2 }, keys, first)
        for (const path of tree.keys()) {
          if (path !== 'changed')
            expect(second.files.get(path)?.encrypted).toBe(first.files.get(path)?.encrypted)
        }
      }),
      { numRuns: 30 }
    )
  })

  it('is encrypted anew as a whole where its readers change, and old identities read on until then', async () => {
    const other = await newIdentity()
    const first = await encryptTree(treeOfTexts({ a: 'secret' }), facts, keys)
    const both = await openKeys(`# old\n${identity}\n\n${other}\n`)
    const opened = await openBranch(branchOf(first), 'lab', both)
    const second = await encryptTree(treeOf(there(opened)), { ...facts, serial: 2 }, both, opened)
    expect(second.files.get('a')?.encrypted).not.toEqual(first.files.get('a')?.encrypted)
    const alone = await openKeys(other)
    const read = treeOf(there(await openBranch(branchOf(second), 'lab', alone))).get('a')
    expect(Buffer.from(there(read).content).toString()).toBe('secret')
  })

  it('says nothing of the contents: the digests are those of what is encrypted', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => encryptTree(treeOfTexts({ a: 'same' }), facts, keys))
    )
    expect(one?.checkpoint.files['a']?.digest).not.toBe(two?.checkpoint.files['a']?.digest)
  })

  it('reads its checkpoint back as it was written', async () => {
    const { checkpoint } = await encryptTree(treeOfTexts({ 'b/c': '1', a: '2' }), facts, keys)
    expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint)
    const empty = await encryptTree(new Map(), facts, keys)
    expect(parseCheckpoint(formatCheckpoint(empty.checkpoint))).toEqual(empty.checkpoint)
  })
})

describe('a branch that is not ours as it was', () => {
  let kept: Kept
  let branch: Map<string, TreeFile>

  beforeAll(async () => {
    kept = await encryptTree(treeOfTexts({ 'bbl/a': 'one', 'bbl/b': 'two' }), facts, keys)
    branch = branchOf(kept)
  })

  const refusal = (tree: Tree, environment = 'lab', with_: StateKeys = keys): Promise<unknown> =>
    openBranch(tree, environment, with_).then(
      () => 'taken',
      (thrown: unknown) => thrown
    )

  it.each([
    ['a missing file', (tree: Map<string, TreeFile>) => tree.delete('bbl/a.age'), /bbl\/a\.age is missing/],
    [
      'a file too many',
      (tree: Map<string, TreeFile>) => tree.set('x.age', file('x')),
      /x\.age is of no checkpoint/
    ],
    [
      'a truncated file',
      (tree: Map<string, TreeFile>) =>
        tree.set('bbl/a.age', file(there(tree.get('bbl/a.age')).content.slice(0, -1))),
      /bbl\/a\.age is not what the checkpoint names/
    ],
    [
      'two files that changed places',
      (tree: Map<string, TreeFile>) => {
        const [a, b] = [there(tree.get('bbl/a.age')), there(tree.get('bbl/b.age'))]
        tree.set('bbl/a.age', b).set('bbl/b.age', a)
      },
      /bbl\/a\.age is not what .* bbl\/b\.age is not what/
    ],
    [
      'no checkpoint',
      (tree: Map<string, TreeFile>) => tree.delete('checkpoint.json'),
      /nothing beside encrypted files/
    ],
    [
      'half a checkpoint',
      (tree: Map<string, TreeFile>) =>
        tree.set('checkpoint.json', file(there(tree.get('checkpoint.json')).content.slice(0, 90))),
      /found no checkpoint in it/
    ],
    [
      'a path that leads out',
      (tree: Map<string, TreeFile>) => edit(tree, text => text.replace('bbl/a', '../a')),
      /found no checkpoint in it/
    ],
    [
      'a changed serial',
      (tree: Map<string, TreeFile>) => edit(tree, text => text.replace('"serial": 1', '"serial": 2')),
      /changed since serial 2 was written/
    ],
    [
      'a newer format',
      (tree: Map<string, TreeFile>) => edit(tree, text => text.replace('"format": 1', '"format": 2')),
      /found format 2, expected 1/
    ]
  ])('is refused with %s', async (_, spoil, message) => {
    const spoilt = new Map(branch)
    spoil(spoilt)
    expect(await refusal(spoilt)).toMatchObject({
      outcome: 'refused',
      message: expect.stringMatching(message) as string
    })
  })

  function edit(tree: Map<string, TreeFile>, change: (text: string) => string): void {
    tree.set(
      'checkpoint.json',
      file(change(Buffer.from(there(tree.get('checkpoint.json')).content).toString()))
    )
  }

  it('is refused where it is of another environment', async () => {
    expect(await refusal(branch, 'play-fern')).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('the state of lab, expected that of play-fern') as string
    })
  })

  it('is refused where it is encrypted to another key, and the keys are named', async () => {
    const other = await openKeys(await newIdentity())
    expect(await refusal(branch, 'lab', other)).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining(
        `for ${keys.own[0] ?? ''}, expected it for ${other.own[0] ?? ''}`
      ) as string
    })
  })

  it('is refused where somebody without the identity made all of it, for the public key', async () => {
    const stranger = await openKeys(await newIdentity(), keys.recipients)
    const made = await encryptTree(
      treeOfTexts({ 'bbl/create-director-override.sh': 'evil' }),
      facts,
      stranger
    )
    expect(await refusal(branchOf(made))).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('without a seal of ours') as string
    })
  })

  it('is refused where a file is encrypted for others, though the checkpoint names it', async () => {
    const stranger = await openKeys(await newIdentity())
    const foreign = await stranger.encrypt(Buffer.from('one'))
    const files = new Map(kept.files)
    files.set('bbl/a', { plain: file('one'), encrypted: foreign })
    const sealed = await encryptTree(treeOf(kept), facts, keys, { ...kept, files })
    expect(await refusal(branchOf(sealed))).toMatchObject({
      message: expect.stringContaining("can't be decrypted") as string
    })
  })

  it('is no state where it is empty, or has what a server puts into a new one', async () => {
    expect(await openBranch(new Map(), 'lab', keys)).toBeUndefined()
    expect(await openBranch(treeOfTexts({ 'README.md': 'hello' }), 'lab', keys)).toBeUndefined()
  })

  it('is refused in plain text, and as something else', async () => {
    expect(await refusal(treeOfTexts({ 'bbl/bbl-state.json': '{}' }))).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('plain text') as string,
      hint: expect.stringContaining('causeway state restore') as string
    })
    expect(await refusal(treeOfTexts({ 'main.go': '' }))).toMatchObject({
      message: expect.stringContaining('something else (main.go)') as string
    })
  })
})

describe('identities', () => {
  it.each(['', '# nothing', 'age1abc', 'AGE-SECRET-KEY-1QQQ', 'AGE-SECRET-KEY-PQ-1QQQ'])(
    'that are none are refused, and never shown: %j',
    async text => {
      const failure = await openKeys(text).catch((thrown: unknown) => thrown)
      expect(failure).toMatchObject({ outcome: 'findings' })
      if (text.length > 20) expect(String(failure)).not.toContain(text)
    }
  )

  it('refuse a reader that is none', async () => {
    await expect(openKeys(identity, ['age1nonsense'])).rejects.toThrow('expected age1')
  })
})
