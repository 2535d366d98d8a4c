import type { Chosen } from './change-set.ts'
import { identityOf } from './version.ts'

/**
 * The partner that keeps a choice back: one that the same set pins, at another version, and that was not chosen with it.
 * Undefined where all move together.
 */
export function keptBackBy(
  one: Chosen,
  chosen: readonly Chosen[],
  pinned: ReadonlyMap<string, string>
): string | undefined {
  const wanted = identityOf(one.candidate.version)
  return one.judged.upstream.same_version_as.find(partner => {
    const version = pinned.get(`${one.pin.set} ${partner}`)
    if (version === undefined || version.replace(/^v/, '') === wanted) return false
    return !chosen.some(
      other =>
        other.pin.set === one.pin.set &&
        other.pin.upstream === partner &&
        identityOf(other.candidate.version) === wanted
    )
  })
}
