import { UserError } from '../core/errors.ts'
import { readTree, type Tree } from '../tools/tree.ts'
import { bodyDigest, checkpointFile, format, parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { decryptTree, isOurs, type Kept } from './encrypted-tree.ts'
import type { StateKeys } from './keys.ts'

/** All files of a checkout of a state branch but git's own. */
export function readBranch(checkout: string): Promise<Tree> {
  return readTree(checkout, path => path === '.git')
}

/**
 * The state that a branch holds; undefined where it holds none, which means that the environment is not paved.
 * Throws a UserError (refused) for whatever else it holds: nothing is guessed, and nothing overwritten.
 */
export async function openBranch(
  branch: Tree,
  environment: string,
  keys: StateKeys,
  known?: Kept
): Promise<Kept | undefined> {
  const checkpoint = checkpointOf(branch)
  if (checkpoint === undefined) return undefined
  guardCheckpoint(checkpoint, environment, keys)
  return decryptTree(branch, checkpoint, keys, known)
}

/** What a branch says of its newest checkpoint; undefined where it holds nothing. Throws as `openBranch`. */
export function checkpointOf(branch: Tree): Checkpoint | undefined {
  const file = branch.get(checkpointFile)
  if (file === undefined) {
    refuseOthers([...branch.keys()])
    return undefined
  }
  const checkpoint = parseCheckpoint(Buffer.from(file.content).toString('utf8'))
  if (checkpoint === undefined) {
    throw refused(`found no checkpoint in it, expected one of format ${format}`, restoreHint)
  }
  return checkpoint
}

const restoreHint = 'restore an earlier commit of the state branch'

/** A new branch may hold what its server put there. */
const harmless = /^(readme(\.\w+)?|license|\.gitignore|\.gitattributes|\.gitkeep)$/i

/** Whether a file of a state branch may stay beside the state. */
export function isHarmless(name: string): boolean {
  return harmless.test(name)
}

function refuseOthers(names: readonly string[]): void {
  const foreign = names.filter(name => !isHarmless(name))
  if (foreign.length === 0) return
  if (foreign.some(isOurs)) throw refused('found nothing beside encrypted files, expected it', restoreHint)
  if (foreign.some(name => name.startsWith('bbl/'))) {
    throw refused(
      'found a state in plain text, expected an encrypted one',
      'encrypt it: causeway state restore ENVIRONMENT --from a checkout of it; then change its secrets, for the history keeps them'
    )
  }
  throw somethingElse(foreign)
}

/** A branch that was never one of state. */
export function somethingElse(names: readonly string[]): UserError {
  const some = names.slice(0, 3).join(', ')
  return refused(
    `found a branch of something else (${some}), expected state`,
    "check the record's state branch"
  )
}

/** Whether something of a state lies in a branch, in whatever condition, or nothing at all. */
export function isStateOfSorts(branch: Tree): boolean {
  const names = [...branch.keys()].filter(name => !isHarmless(name))
  return (
    names.length === 0 ||
    names.some(name => name === checkpointFile || isOurs(name) || name.startsWith('bbl/'))
  )
}

/** Refuses a checkpoint that is not of this environment, or not by one of our identities. */
export function guardCheckpoint(checkpoint: Checkpoint, environment: string, keys: StateKeys): void {
  if (checkpoint.format > format) {
    throw refused(
      `found format ${checkpoint.format}, expected ${format}`,
      'use the version of Causeway that wrote it, or a newer one'
    )
  }
  if (checkpoint.environment !== environment) {
    throw refused(
      `found the state of ${checkpoint.environment}, expected that of ${environment}`,
      "check the record's state branch"
    )
  }
  if (!keys.own.some(recipient => checkpoint.recipients.includes(recipient))) {
    throw refused(
      `found it encrypted for ${checkpoint.recipients.join(', ')}, expected it for ${keys.own.join(', ')}`,
      'give the identity that it was encrypted for, too; a line each'
    )
  }
  const { digest, seals, ...body } = checkpoint
  if (bodyDigest(body) !== digest) {
    throw refused(
      `found it changed since serial ${checkpoint.serial} was written, expected it whole`,
      restoreHint
    )
  }
  if (!keys.hasSealed(digest, seals)) {
    throw refused(
      `found serial ${checkpoint.serial} without a seal of ours, expected one: whoever pushed it does not hold the identity`,
      restoreHint
    )
  }
}

export function refused(message: string, hint: string): UserError {
  return new UserError('refused', `state branch, ${checkpointFile}: ${message}`, { hint })
}
