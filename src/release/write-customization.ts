import { FindingsError, type Finding } from '../core/finding.ts'
import type { ChangedPath } from '../tools/checkout.ts'
import type { CustomizedFile } from './customize.ts'

/** A file of the customization, and what lies in its place on the disk. */
export interface PlacedFile {
  readonly file: CustomizedFile
  /** undefined where nothing does. */
  readonly found: Uint8Array | undefined
}

/**
 * Which files have still to be written: none the second time. A checkout may differ from its commit by these files alone,
 * each either as the commit has it or as we write it; whatever else differs is somebody's work, or another version's.
 * Throws a FindingsError that names all of it.
 */
export function filesToWrite(
  placed: readonly PlacedFile[],
  changes: readonly ChangedPath[]
): readonly CustomizedFile[] {
  const ours = new Map(placed.map(one => [one.file.path, one]))
  const findings = changes.flatMap(({ path, code }): Finding[] => {
    const mine = ours.get(path)
    if (mine !== undefined && (isWritten(mine) || code.includes('D'))) return []
    const isOurs = mine !== undefined || path.startsWith('jobs/silk-k8s/')
    const found = isOurs ? 'another customization' : `a change (${code.trim()})`
    return [
      {
        code: 'dirty-checkout',
        severity: 'error',
        path,
        message: `found ${found}, expected what the commit has`
      }
    ]
  })
  if (findings.length > 0) {
    throw new FindingsError(findings, {
      hint: 'start from a fresh clone, or drop it: git checkout -- . && git clean -d --force jobs'
    })
  }
  return placed.filter(one => !isWritten(one)).map(({ file }) => file)
}

function isWritten({ file, found }: PlacedFile): boolean {
  return found !== undefined && Buffer.compare(found, file.content) === 0
}
