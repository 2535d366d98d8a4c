import type { Log } from '../core/log.ts'
import { messageOf, type UserError } from '../core/errors.ts'
import type { GitBranch } from '../tools/git-branch.ts'
import { checkpointFile, parseCheckpoint } from './checkpoint.ts'
import { isSameTree, treeOf, type Kept } from './encrypted-tree.ts'
import type { StateKeys } from './keys.ts'
import type { StateValues } from './params.ts'
import { openBranch, readBranch } from './read-branch.ts'
import { asideName, refuseOtherWriter, unsaved } from './refusals.ts'

interface PushOptions {
  readonly log: Log
  readonly params: StateValues
  readonly keys: StateKeys
  /** The branch, as the checkout follows it. */
  readonly branch: GitBranch
  /** The same branch, as another folder follows it: what is read back there was on the server. */
  readonly readBack: GitBranch
}

/** Brings checkpoints onto a state branch and proves that they are there, or brings them to a branch beside. */
export class StatePush {
  readonly #options: PushOptions
  /** What was decrypted from the branch; its bytes need not be decrypted again. */
  #proved: Kept | undefined
  /** Why we may no longer write to the branch, what it has instead, and the branch beside that we write to. */
  #astray: { readonly theirs: string; readonly name: string; readonly refusal: UserError } | undefined

  constructor(options: PushOptions) {
    this.#options = options
  }

  /** The commit that somebody else put onto the branch while we wrote; undefined while we are the only ones. */
  get theirs(): string | undefined {
    return this.#astray?.theirs
  }

  /** Says what was decrypted from the branch already. */
  know(kept: Kept | undefined): void {
    this.#proved = kept
  }

  /** Pushes a commit and proves that the branch has what it keeps. Throws a UserError where it has not, or must not. */
  async push(commit: string, kept: Kept | undefined): Promise<void> {
    const { params, branch } = this.#options
    if (this.#astray !== undefined) {
      await this.putAside(commit, this.#astray.name)
      throw this.#astray.refusal
    }
    const because = (thrown: unknown): never => {
      throw unsaved(params, messageOf(thrown), thrown)
    }
    const outcome = await branch.push(commit).catch(because)
    if (outcome === 'rejected') {
      const theirs = await branch.fetch().catch(because)
      const isOursToPush = theirs === undefined || (await branch.isAncestor(theirs, commit))
      if (isOursToPush) throw unsaved(params, 'the server refused it')
      throw await this.goAstray(theirs, commit)
    }
    if (kept === undefined) return
    const found = await this.#options.readBack.fetch({ depth: 1 }).catch(because)
    if (found !== commit) {
      throw unsaved(params, `found ${found ?? 'nothing'} when it was read back, expected ${commit}`)
    }
    await this.#prove(commit, kept)
  }

  async #prove(commit: string, kept: Kept): Promise<void> {
    const { params, keys, readBack } = this.#options
    await readBack.checkOut(commit)
    const back = await openBranch(await readBranch(readBack.folder), params.ENVIRONMENT, keys, this.#proved)
    if (back?.checkpoint.digest !== kept.checkpoint.digest || !isSameTree(treeOf(back), keys, kept)) {
      throw unsaved(params, 'what was read back is not what was pushed')
    }
    this.#proved = kept
  }

  /**
   * Somebody else wrote: of two histories nobody can choose by himself. From here on ours goes to a branch beside, and
   * never to the one that is theirs. Gives the refusal.
   */
  async goAstray(theirs: string, ours: string): Promise<UserError> {
    const { params, branch } = this.#options
    const name = asideName(params.STATE_BRANCH, ours)
    const aside = await this.putAside(ours, name)
    const text = (await branch.history(checkpointFile, theirs, 1))[0]?.text
    const refusal = refuseOtherWriter(text === undefined ? undefined : parseCheckpoint(text), aside)
    this.#astray = { theirs, name, refusal }
    return refusal
  }

  /** Gives where a commit was put that must not come onto the branch. */
  async putAside(
    commit: string,
    name = asideName(this.#options.params.STATE_BRANCH, commit)
  ): Promise<string> {
    try {
      await this.#options.branch.push(commit, name)
      return `branch ${name}`
    } catch (thrown) {
      this.#options.log.warn(`state: ${name} could not be pushed: ${messageOf(thrown)}`)
      return `commit ${commit} of the output state`
    }
  }
}
