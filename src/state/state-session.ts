import type { Log } from '../core/log.ts'
import { messageOf, UserError } from '../core/errors.ts'
import type { GitBranch } from '../tools/git-branch.ts'
import type { Tools } from '../tools/tools.ts'
import { changeFiles, type Tree } from '../tools/tree.ts'
import { checkpointFile, formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { encryptedName, encryptTree, isSameTree, treeOf, type Kept } from './encrypted-tree.ts'
import { lostFiles } from './irreplaceable.ts'
import type { StateKeys } from './keys.ts'
import { guardSerial } from './open-state.ts'
import { lastSerial } from './restore.ts'
import { followState, keysOf, type StateValues } from './params.ts'
import { isHarmless, openBranch, readBranch } from './read-branch.ts'
import { asideName, refuseLoss, refuseOtherWriter, unsaved } from './refusals.ts'

export interface SessionOptions {
  /** Such as no abort ends: what is saved on the way out must be saved whole. */
  readonly tools: Tools
  readonly log: Log
  readonly params: StateValues
  /** The checkout of the state branch that is written. */
  readonly checkout: string
  /**
   * Whether the next checkpoint is to take the place of whatever state is there: in plain text, for other keys, not whole.
   * @default false
   */
  readonly restores?: boolean
}

/** What a checkpoint says besides its files. */
export interface CheckpointWords {
  readonly reason: string
  readonly revision: string
  readonly tools: Readonly<Record<string, string>>
  /** Which irreplaceable files may be gone: see `lostFiles`. */
  readonly mayLose: 'nothing' | 'what-is-destroyed' | 'anything'
}

/**
 * One writer of a state branch, from when it has taken in the newest checkpoint. It writes only on top of what it has
 * seen: where somebody else wrote meanwhile, it refuses, and leaves its own work on a branch beside.
 */
export class StateSession {
  readonly #options: SessionOptions
  readonly #keys: StateKeys
  readonly #branch: GitBranch
  readonly #readBack: GitBranch
  #kept: Kept | undefined
  /** What was decrypted from the branch; its bytes need not be decrypted again. */
  #proved: Kept | undefined
  #isPushed = true
  /** The commit that is checked out. */
  #head: string | undefined
  #lastSerial = 0
  /** Why we may no longer write to the branch, what it has instead, and the branch beside that we write to. */
  #astray: Astray | undefined

  private constructor(options: SessionOptions, keys: StateKeys, branch: GitBranch, readBack: GitBranch) {
    this.#options = options
    this.#keys = keys
    this.#branch = branch
    this.#readBack = readBack
  }

  /** Takes in what the branch has now. Throws a UserError where it can't be reached, or must not be written. */
  static async open(options: SessionOptions): Promise<StateSession> {
    const { tools, params, checkout } = options
    const keys = await keysOf(params)
    const branch = await followState(tools, params, checkout)
    const readBack = await followState(tools, params, `${await tools.scratch('state')}/read-back`)
    const session = new StateSession(options, keys, branch, readBack)
    await session.#takeIn()
    return session
  }

  /** The newest checkpoint with its files; undefined where there is none. */
  get kept(): Kept | undefined {
    return this.#kept
  }

  async #takeIn(): Promise<void> {
    const { log } = this.#options
    const theirs = await this.#branch.fetch()
    const ours = await this.#branch.head()
    // An earlier try that was killed may have left the checkout between two checkpoints.
    if (ours !== undefined) await this.#reset(ours)
    const isIn = async (older?: string, newer?: string): Promise<boolean> =>
      older === undefined || (newer !== undefined && (await this.#branch.isAncestor(older, newer)))
    if (theirs !== undefined && ours !== theirs) {
      if (await isIn(ours, theirs)) {
        if (ours !== undefined)
          log.info('state: the branch is newer than what this task was given; taking that')
        await this.#takeTheirs(theirs, ours)
      } else if (!(await isIn(theirs, ours))) {
        const refusal = await this.#goAstray(theirs, ours ?? theirs)
        await this.close()
        throw refusal
      }
    }
    await this.#readOwn()
    if (ours === undefined || ours === theirs || (await isIn(ours, theirs))) return
    log.info('state: an earlier try left a checkpoint that was not pushed; pushing it')
    await this.#push(ours)
  }

  /** Leaves the checkout as the branch is, where it went astray: a put that follows must find nothing to push. */
  async close(): Promise<void> {
    if (this.#astray !== undefined) await this.#reset(this.#astray.theirs)
  }

  async #takeTheirs(theirs: string, ours: string | undefined): Promise<void> {
    const { checkout } = this.#options
    const strangers = ours === undefined ? [...(await readBranch(checkout)).keys()] : []
    if (strangers.length > 0) {
      throw new UserError(
        'refused',
        `${checkout}: found files (${strangers[0] ?? ''} …) but no git repository, expected a checkout of the state branch`,
        { hint: 'give an empty folder, or a clone of the state branch' }
      )
    }
    await this.#reset(theirs)
  }

  async #readOwn(): Promise<void> {
    const { params, checkout, restores = false } = this.#options
    const found = await readBranch(checkout)
    const opening = openBranch(found, params.ENVIRONMENT, this.#keys)
    // What can't be read is what a restore is for; what can be keeps its encrypted form.
    this.#kept = await (restores ? opening.catch(unlessRefused) : opening)
    this.#proved = this.#kept
    if (restores) this.#lastSerial = await lastSerial(this.#branch, found, params.ENVIRONMENT)
    else if (this.#kept !== undefined) {
      await guardSerial(this.#branch, this.#kept)
      this.#lastSerial = this.#kept.checkpoint.serial
    }
  }

  /**
   * Encrypts a tree, commits and pushes it, fetches it back into another folder, decrypts it and compares. Does nothing
   * where the branch has that very tree already. Gives whether there is a new checkpoint.
   */
  async checkpoint(tree: Tree, { mayLose, ...words }: CheckpointWords): Promise<boolean> {
    const { params, tools } = this.#options
    const before = this.#kept
    if (before === undefined ? tree.size === 0 : isSameTree(tree, this.#keys, before)) {
      if (!this.#isPushed && this.#head !== undefined) await this.#push(this.#head)
      return false
    }
    const serial = this.#lastSerial + 1
    const facts = { ...words, environment: params.ENVIRONMENT, serial, time: tools.now().toISOString() }
    const next = await encryptTree(tree, facts, this.#keys, before)
    const last = this.#head
    await this.#write(next)
    const commit = await this.#branch.commit(`checkpoint ${serial}: ${words.reason}`)
    const lost = before === undefined ? [] : lostFiles(treeOf(before), tree, mayLose === 'what-is-destroyed')
    if (last !== undefined && lost.length > 0 && mayLose !== 'anything') {
      const aside = await this.#putAside(commit)
      await this.#reset(last)
      throw refuseLoss(lost, serial, aside)
    }
    this.#head = commit
    this.#kept = next
    this.#lastSerial = serial
    await this.#push(commit)
    return true
  }

  async #reset(commit: string): Promise<void> {
    await this.#branch.reset(commit)
    this.#head = commit
  }

  /** Makes the files of the checkout those of a checkpoint; those that did not change are not touched. */
  async #write({ checkpoint, files }: Kept): Promise<void> {
    const { checkout } = this.#options
    const before = this.#kept
    const written = new Map<string, Uint8Array | string>([[checkpointFile, formatCheckpoint(checkpoint)]])
    for (const [path, { encrypted }] of files) {
      if (before?.files.get(path)?.encrypted !== encrypted) written.set(encryptedName(path), encrypted)
    }
    const there =
      before === undefined ? (await readBranch(checkout)).keys() : [...before.files.keys()].map(encryptedName)
    const wanted = new Set([...files.keys()].map(encryptedName))
    const removed = [...there].filter(name => !wanted.has(name) && !isHarmless(name))
    await changeFiles(checkout, written, removed)
  }

  /** Pushes a commit, and proves that the branch has it whole. */
  async #push(commit: string): Promise<void> {
    const { params } = this.#options
    this.#isPushed = false
    if (this.#astray !== undefined) {
      await this.#putAside(commit, this.#astray.name)
      throw this.#astray.refusal
    }
    const because = (thrown: unknown): never => {
      throw unsaved(params, messageOf(thrown), thrown)
    }
    const outcome = await this.#branch.push(commit).catch(because)
    if (outcome === 'rejected') {
      const theirs = await this.#branch.fetch().catch(because)
      const isOursToPush = theirs === undefined || (await this.#branch.isAncestor(theirs, commit))
      if (isOursToPush) throw unsaved(params, 'the server refused it')
      throw await this.#goAstray(theirs, commit)
    }
    await this.#proveReadBack(commit)
    this.#isPushed = true
  }

  async #proveReadBack(commit: string): Promise<void> {
    const { params } = this.#options
    const kept = this.#kept
    if (kept === undefined) return
    const found = await this.#readBack.fetch({ depth: 1 })
    if (found !== commit)
      throw unsaved(params, `found ${found ?? 'nothing'} when it was read back, expected ${commit}`)
    await this.#readBack.checkOut(found)
    const branch = await readBranch(this.#readBack.folder)
    const back = await openBranch(branch, params.ENVIRONMENT, this.#keys, this.#proved)
    if (back?.checkpoint.digest !== kept.checkpoint.digest || !isSameTree(treeOf(back), this.#keys, kept)) {
      throw unsaved(params, 'what was read back is not what was pushed')
    }
    this.#proved = kept
  }

  /**
   * Somebody else wrote: of two histories nobody can choose by himself. From here on ours goes to a branch beside, and
   * never to the one that is theirs. Gives the refusal.
   */
  async #goAstray(theirs: string, ours: string): Promise<UserError> {
    const name = asideName(this.#options.params.STATE_BRANCH, ours)
    const aside = await this.#putAside(ours, name)
    const theirText = (await this.#branch.history(checkpointFile, theirs, 1))[0]?.text
    const refusal = refuseOtherWriter(theirText === undefined ? undefined : parseCheckpoint(theirText), aside)
    this.#astray = { theirs, name, refusal }
    return refusal
  }

  /** Gives where a commit was put that must not come onto the branch. */
  async #putAside(
    commit: string,
    name = asideName(this.#options.params.STATE_BRANCH, commit)
  ): Promise<string> {
    try {
      await this.#branch.push(commit, name)
      return `branch ${name}`
    } catch (thrown) {
      this.#options.log.warn(`state: ${name} could not be pushed: ${messageOf(thrown)}`)
      return `commit ${commit} of the output state`
    }
  }
}

interface Astray {
  readonly theirs: string
  readonly name: string
  readonly refusal: UserError
}

function unlessRefused(thrown: unknown): undefined {
  if (!(thrown instanceof UserError) || thrown.outcome !== 'refused') throw thrown
}
