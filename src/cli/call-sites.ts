import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Position } from '../concourse/text-reading.ts'
import { messageOf, UserError } from '../core/errors.ts'
import { FindingsError, type Finding } from '../core/finding.ts'
import { given } from '../core/given.ts'
import { shownPath } from './shown-path.ts'

/** A place in a source that a person edits. */
export interface CallSite extends Position {
  /** As `shownPath` has it. */
  readonly file: string
}

/** Finds the source of frames of built programs, by the maps that lie beside them; each map is read once. */
export class CallSites {
  readonly #maps = new Map<string, SourceMap | undefined>()

  /** `at file:///…/repave.js:12:9`, or with a function's name before, → the place in `repave.ts`. */
  of(frame: string | undefined): CallSite | undefined {
    const [, url, line, column] = /(file:\/\/[^()]+?):(\d+):(\d+)\)?$/.exec(frame ?? '') ?? []
    if (url === undefined) return undefined
    const built = fileURLToPath(url)
    const entry = this.#mapOf(built)?.findEntry(Number(line) - 1, Number(column) - 1)
    if (entry === undefined || !('originalSource' in entry)) return undefined
    const { originalSource, originalLine, originalColumn } = entry
    const file = shownPath(resolve(dirname(built), originalSource))
    return { file, line: originalLine + 1, column: originalColumn + 1 }
  }

  #mapOf(built: string): SourceMap | undefined {
    if (!this.#maps.has(built)) this.#maps.set(built, readMap(`${built}.map`))
    return this.#maps.get(built)
  }
}

function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as ConstructorParameters<typeof SourceMap>[0])
  } catch {
    // Without its map, a program still runs.
    return undefined
  }
}

/**
 * What a program threw while it ran, at the place where it did: in the author's own source, not in a constructor of
 * ours below `root`. Findings that were thrown keep their own words.
 */
export function thrownFindings(root: string, thrown: unknown, file: string): Finding[] {
  const place = placeOfThrow(thrown, join(root, 'src')) ?? { file }
  if (thrown instanceof FindingsError) return thrown.findings.map(finding => ({ ...place, ...finding }))
  const message = `the program threw: ${messageOf(thrown)}`
  const hint = thrown instanceof UserError ? thrown.hint : undefined
  return [{ code: 'program', severity: 'error', path: '', message, ...given('hint', hint), ...place }]
}

function placeOfThrow(thrown: unknown, ours: string): CallSite | undefined {
  const frames = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : []
  const sites = new CallSites()
  return frames
    .map(frame => sites.of(frame))
    .find(site => site !== undefined && !resolve(site.file).startsWith(ours + sep))
}
