import { join } from 'node:path'
import { UserError } from '../../core/errors.ts'
import { nearestName } from '../../core/nearest.ts'
import { readVersionSet } from '../../environment/read-version-set.ts'
import type { Watchers } from '../../environment/watchers.ts'
import { readConstraint } from '../../releases/constraint.ts'
import { editPin } from '../../releases/edit-pin.ts'
import { pinsOf, type Pin } from '../../releases/pins.ts'
import { readVersion } from '../../releases/version.ts'
import { createFiles } from '../../tools/files.ts'
import { recordsFolder, type CliContext } from '../context.ts'
import { loadVersionSets, loadWatchers } from '../version-sets.ts'

export interface PinOptions {
  readonly set: string
}

/** Writes another version of an upstream into a version set, and nothing else. A set can refuse it (exit code 7). */
export async function pin(
  context: CliContext,
  name: string,
  version: string,
  options: PinOptions
): Promise<void> {
  const [[set], watchers] = await Promise.all([loadVersionSets(context, options.set), loadWatchers(context)])
  const pins = set === undefined ? [] : pinsOf(set, watchers).filter(({ upstream }) => upstream === name)
  if (pins.length === 0) throw notPinned(name, options.set, watchers)
  guardVersion(name, version, options.set, watchers)
  const file = join(recordsFolder(context), 'versions', `${options.set}.yml`)
  const files = createFiles()
  const before = await files.readText(file)
  const after = pins.reduce((text, { path }) => editPin(text, path, version) ?? text, before)
  // What is written has to be read again as what was meant.
  const written = pinsOf(readVersionSet(after, file), watchers).filter(({ upstream }) => upstream === name)
  if (after !== before) await files.writeText(file, after)
  for (const { path, version: old } of pins) context.out(`${lineOf(options.set, path, old, written)}\n`)
}

function lineOf(set: string, path: string, old: string, written: readonly Pin[]): string {
  const now = written.find(one => one.path === path)?.version ?? old
  return now === old ? `${set}: ${path} is ${old} already` : `${set}: ${path} ${old} → ${now}`
}

function notPinned(name: string, set: string, { upstreams }: Watchers): UserError {
  const known = Object.keys(upstreams).filter(one => (upstreams[one]?.pins.length ?? 0) > 0)
  const meant = nearestName(name, known)
  return new UserError(
    'usage',
    `${name}: found no pin of it in ${set}, expected one of ${known.join(', ')}`,
    {
      hint:
        meant === undefined || meant === name
          ? 'name another upstream, or another set'
          : `did you mean ${meant}?`
    }
  )
}

function guardVersion(name: string, text: string, set: string, { frozen, upstreams }: Watchers): void {
  const { scheme = 'semver', within } = upstreams[name] ?? {}
  const version = readVersion(text, scheme)
  if (version === undefined) {
    throw new UserError(
      'usage',
      `${name}: found ${JSON.stringify(text)}, expected a version that ${scheme} reads`,
      {
        hint: 'write the tag or version as upstream does, all its numbers'
      }
    )
  }
  const why = frozen[set]
  if (why !== undefined) {
    throw new UserError('refused', `${set}: found a set that is frozen (${why}), expected one that moves`, {
      hint: 'copy the set to another name, and change the copy'
    })
  }
  const constraint = within?.[set]
  const broken = constraint === undefined ? undefined : readConstraint(constraint).brokenBy(version)
  if (broken === undefined) return
  throw new UserError('refused', `${name}: found ${text}, expected ${broken}, which is what ${set} can use`, {
    hint: 'change within in env/watchers/upstreams.yml first, if the reason beside it does not hold any more'
  })
}
