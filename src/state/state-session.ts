import type { Log } from '../core/log.ts'
import { UserError } from '../core/errors.ts'
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
import { isHarmless, openBranch, readBranch } from './read-branch.ts'
import { refuseLoss } from './refusals.ts'
import { StatePush } from './state-push.ts'

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
  readonly #push: StatePush
  #kept: Kept | undefined
  #isPushed = true
  /** The commit that is checked out. */
  #head: string | undefined
  #lastSerial = 0

  private constructor(options: SessionOptions, keys: StateKeys, branch: GitBranch, push: StatePush) {
    this.#options = options
    this.#keys = keys
    this.#branch = branch
    this.#push = push
  }

  /** Takes in what the branch has now. Throws a UserError where it can't be reached, or must not be written. */
  static async open(options: SessionOptions): Promise<StateSession> {
    const { tools, log, params, checkout } = options
    const keys = await keysOf(params)
    const branch = await followState(tools, params, checkout)
    const readBack = await followState(tools, params, `${await tools.scratch('state')}/read-back`)
    const push = new StatePush({ log, params, keys, branch, readBack })
    const session = new StateSession(options, keys, branch, push)
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
        const refusal = await this.#push.goAstray(theirs, ours ?? theirs)
        await this.close()
        throw refusal
      }
    }
    await this.#readOwn()
    if (ours === undefined || ours === theirs || (await isIn(ours, theirs))) return
    log.info('state: an earlier try left a checkpoint that was not pushed; pushing it')
    await this.#save(ours)
  }

  /** Leaves the checkout as the branch is, where it went astray: a put that follows must find nothing to push. */
  async close(): Promise<void> {
    const { theirs } = this.#push
    if (theirs !== undefined) await this.#reset(theirs)
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
    this.#push.know(this.#kept)
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
      if (!this.#isPushed && this.#head !== undefined) await this.#save(this.#head)
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
      const aside = await this.#push.putAside(commit)
      await this.#reset(last)
      throw refuseLoss(lost, serial, aside)
    }
    this.#head = commit
    this.#kept = next
    this.#lastSerial = serial
    await this.#save(commit)
    return true
  }

  async #save(commit: string): Promise<void> {
    this.#isPushed = false
    await this.#push.push(commit, this.#kept)
    this.#isPushed = true
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
}

function unlessRefused(thrown: unknown): undefined {
  if (!(thrown instanceof UserError) || thrown.outcome !== 'refused') throw thrown
}
