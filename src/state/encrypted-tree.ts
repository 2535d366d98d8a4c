import { UserError } from '../core/errors.ts'
import type { Tree, TreeFile } from '../tools/tree.ts'
import {
  bodyDigest,
  checkpointFile,
  digestOf,
  format,
  type Checkpoint,
  type CheckpointBody
} from './checkpoint.ts'
import type { StateKeys } from './keys.ts'

/** A file of the state, plain and as it lies in the branch. */
export interface KeptPair {
  readonly plain: TreeFile
  readonly encrypted: Uint8Array
}

/** A checkpoint with all its files. */
export interface Kept {
  readonly checkpoint: Checkpoint
  readonly files: ReadonlyMap<string, KeptPair>
}

/** What is known of a checkpoint besides its files. */
export type CheckpointFacts = Pick<
  CheckpointBody,
  'environment' | 'serial' | 'time' | 'reason' | 'revision' | 'tools'
>

const suffix = '.age'

/**
 * Encrypts a tree. A file that is as it was keeps its encrypted form byte for byte, so that the difference of two
 * commits names what changed; where the recipients changed, all is encrypted anew.
 */
export async function encryptTree(
  tree: Tree,
  facts: CheckpointFacts,
  keys: StateKeys,
  before?: Kept
): Promise<Kept> {
  const sameReaders = before !== undefined && sameWords(before.checkpoint.recipients, keys.recipients)
  const files = new Map<string, KeptPair>()
  for (const [path, plain] of tree) {
    const earlier = sameReaders ? before.files.get(path) : undefined
    const isSame = earlier !== undefined && sameBytes(earlier.plain.content, plain.content)
    files.set(path, { plain, encrypted: isSame ? earlier.encrypted : await keys.encrypt(plain.content) })
  }
  const kept = [...files].map(([path, { plain, encrypted }]) => {
    const { kind, executable, content } = plain
    return [path, { kind, executable, size: content.length, digest: digestOf(encrypted) }] as const
  })
  const body = { format, ...facts, recipients: keys.recipients, files: Object.fromEntries(kept) }
  const digest = bodyDigest(body)
  return { checkpoint: { ...body, digest, seals: keys.seal(digest) }, files }
}

/** Whether a tree is what a checkpoint keeps, for the same readers. */
export function isSameTree(tree: Tree, keys: StateKeys, { checkpoint, files }: Kept): boolean {
  if (tree.size !== files.size || !sameWords(checkpoint.recipients, keys.recipients)) return false
  return [...tree].every(([path, file]) => {
    const kept = files.get(path)?.plain
    return kept !== undefined && kept.executable === file.executable && sameFile(kept, file)
  })
}

/** How a path of the state is named in the branch. */
export function encryptedName(path: string): string {
  return `${path}${suffix}`
}

/** The plain tree of a checkpoint. */
export function treeOf({ files }: Kept): Tree {
  return new Map([...files].map(([path, { plain }]) => [path, plain]))
}

/**
 * Decrypts what lies in a branch, and proves that it is a whole checkpoint of the environment, sealed by one of our
 * identities. `known` spares decrypting what is the same in it, byte for byte. Throws a UserError (refused) that says
 * all that is wrong.
 */
export async function decryptTree(
  branch: Tree,
  checkpoint: Checkpoint,
  keys: StateKeys,
  known?: Kept
): Promise<Kept> {
  const wanted = new Map(Object.entries(checkpoint.files))
  const wrong: string[] = []
  const files = new Map<string, KeptPair>()
  for (const [path, { kind, executable, size, digest }] of wanted) {
    const encrypted = branch.get(encryptedName(path))?.content
    if (encrypted === undefined) wrong.push(`${encryptedName(path)} is missing`)
    else if (digestOf(encrypted) !== digest)
      wrong.push(`${encryptedName(path)} is not what the checkpoint names`)
    else {
      const earlier = known?.files.get(path)
      const isKnown = earlier !== undefined && sameBytes(earlier.encrypted, encrypted)
      const content = isKnown ? earlier.plain.content : await keys.decrypt(encrypted).catch(() => undefined)
      if (content === undefined || content.length !== size)
        wrong.push(`${encryptedName(path)} can't be decrypted`)
      else files.set(path, { plain: { kind, executable, content }, encrypted })
    }
  }
  for (const name of branch.keys()) {
    if (!isOurs(name)) continue
    if (!wanted.has(name.slice(0, -suffix.length))) wrong.push(`${name} is of no checkpoint`)
  }
  if (wrong.length === 0) return { checkpoint, files }
  throw new UserError(
    'refused',
    `${checkpointFile}, serial ${checkpoint.serial}: found that ${listed(wrong)}, expected the files that it names`,
    { hint: 'restore an earlier serial: causeway state log, then causeway state restore' }
  )
}

/** Whether a file of the branch is one of the state. */
export function isOurs(name: string): boolean {
  return name.endsWith(suffix)
}

const shown = 5

function listed(problems: readonly string[]): string {
  const more = problems.length - shown
  return problems.slice(0, shown).join(', ') + (more > 0 ? `, and ${more} more` : '')
}

function sameFile(a: TreeFile, b: TreeFile): boolean {
  return a.kind === b.kind && sameBytes(a.content, b.content)
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index])
}
