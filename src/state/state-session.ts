import type { Log } from '../core/log.ts'
import { messageOf, UserError } from '../core/errors.ts'
import type { GitBranch } from '../tools/git-branch.ts'
import type { Tools } from '../tools/tools.ts'
import { changeFiles, type Tree } from '../tools/tree.ts'
import { checkpointFile, formatCheckpoint } from './checkpoint.ts'
import { encryptedName, encryptTree, isSameTree, treeOf, type Kept } from './encrypted-tree.ts'
import { lostFiles } from './irreplaceable.ts'
import type { StateKeys } from './keys.ts'
import { guardSerial } from './open-state.ts'
import { lastSerial } from './restore.ts'
import { followState, keysOf, type StateValues } from './params.ts'
import { checkpointOf, isHarmless, openBranch, readBranch } from './read-branch.ts'
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
  #lastSerial = 0

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
    if (ours !== undefined) await this.#branch.reset(ours)
    const isIn = async (older?: string, newer?: string): Promise<boolean> =>
      older === undefined || (newer !== undefined && (await this.#branch.isAncestor(older, newer)))
    if (theirs !== undefined && ours !== theirs) {
      if (await isIn(ours, theirs)) {
        if (ours !== undefined)
          log.info('state: the branch is newer than what this task was given; taking that')
        await this.#takeTheirs(theirs, ours)
      } else if (!(await isIn(theirs, ours))) {
        await this.#refuseOther(theirs, ours)
      }
    }
    await this.#readOwn()
    if (ours === undefined || ours === theirs || (await isIn(ours, theirs))) return
    log.info('state: an earlier try left a checkpoint that was not pushed; pushing it')
    await this.#push(ours)
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
    await this.#branch.reset(theirs)
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
      if (!this.#isPushed) await this.#push((await this.#branch.head()) ?? 'HEAD')
      return false
    }
    const serial = this.#lastSerial + 1
    const facts = { ...words, environment: params.ENVIRONMENT, serial, time: tools.now().toISOString() }
    const next = await encryptTree(tree, facts, this.#keys, before)
    const last = await this.#branch.head()
    await this.#write(next)
    const commit = await this.#branch.commit(`checkpoint ${serial}: ${words.reason}`)
    const lost = before === undefined ? [] : lostFiles(treeOf(before), tree, mayLose === 'what-is-destroyed')
    if (last !== undefined && lost.length > 0 && mayLose !== 'anything') {
      const aside = await this.#putAside(commit)
      await this.#branch.reset(last)
      throw refuseLoss(lost, serial, aside)
    }
    this.#kept = next
    this.#lastSerial = serial
    await this.#push(commit)
    return true
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
    this.#isPushed = false
    const { params } = this.#options
    const outcome = await this.#branch.push(commit).catch((thrown: unknown) => {
      throw unsaved(params, messageOf(thrown), thrown)
    })
    if (outcome === 'rejected') {
      const theirs = await this.#branch.fetch()
      const isOursToPush = theirs === undefined || (await this.#branch.isAncestor(theirs, commit))
      if (isOursToPush) throw unsaved(params, 'the server refused it')
      await this.#refuseOther(theirs, commit)
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
    await this.#readBack.reset(found)
    const branch = await readBranch(this.#readBack.folder)
    const back = await openBranch(branch, params.ENVIRONMENT, this.#keys, this.#proved)
    if (back?.checkpoint.digest !== kept.checkpoint.digest || !isSameTree(treeOf(back), this.#keys, kept)) {
      throw unsaved(params, 'what was read back is not what was pushed')
    }
    this.#proved = kept
  }

  /** Leaves our commit on a branch beside, takes theirs, and refuses: of two histories nobody can choose by himself. */
  async #refuseOther(theirs: string, ours: string | undefined): Promise<never> {
    const { checkout } = this.#options
    const aside = ours === undefined ? undefined : await this.#putAside(ours)
    await this.#branch.reset(theirs)
    throw refuseOtherWriter(checkpointOf(await readBranch(checkout)), aside)
  }

  /** Gives where a commit was put that must not come onto the branch. */
  async #putAside(commit: string): Promise<string> {
    const { params, log } = this.#options
    const name = asideName(params.STATE_BRANCH, commit)
    try {
      await this.#branch.push(commit, name)
      return `branch ${name}`
    } catch (thrown) {
      log.warn(`state: ${name} could not be pushed: ${messageOf(thrown)}`)
      return `commit ${commit} of the output state`
    }
  }
}

function unlessRefused(thrown: unknown): undefined {
  if (!(thrown instanceof UserError) || thrown.outcome !== 'refused') throw thrown
}
