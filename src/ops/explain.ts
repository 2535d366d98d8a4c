import { FindingsError } from '../core/finding.ts'
import { find } from '../manifest/find.ts'
import type { OpsFile } from '../manifest/ops-file.ts'
import { PatchError } from '../manifest/patch-error.ts'
import { applyOperation } from '../manifest/patch.ts'
import { printPointer, type Pointer } from '../manifest/pointer.ts'
import type { Value } from '../manifest/value.ts'

/** What one operation did. */
export interface Step {
  readonly file: string
  /** Counted from 0, as BOSH's CLI does. */
  readonly operation: number
  readonly path: string
  /** In short; undefined where there was nothing. */
  readonly before?: string
  readonly after?: string
}

/**
 * The document after all operations of all files, and what each did. Throws a FindingsError where an operation does not apply:
 * the manifest is not the one that the ops file was written for.
 */
export function applyAndExplain(
  document: Value,
  files: readonly OpsFile[]
): { readonly document: Value; readonly steps: readonly Step[] } {
  let result = structuredClone(document)
  const steps: Step[] = []
  for (const { name, operations } of files) {
    for (const [index, operation] of operations.entries()) {
      const { path: pointer, kind } = operation
      const path = printPointer(pointer)
      const before = shown(result, pointer)
      try {
        result = applyOperation(result, operation)
      } catch (thrown) {
        if (!(thrown instanceof PatchError)) throw thrown
        throw new FindingsError(
          [
            {
              code: 'ops-file-does-not-apply',
              severity: 'error',
              file: name,
              path: `[${index}] ${path}`,
              message: thrown.message
            }
          ],
          { hint: 'compare the path with the manifest that the ops files before this one leave' }
        )
      }
      const after = kind === 'remove' ? undefined : kind === 'replace' ? short(operation.value) : before
      steps.push({
        file: name,
        operation: index,
        path,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after })
      })
    }
  }
  return { document: result, steps }
}

/** Lines for a person: a file, and under it what each of its operations did. */
export function explainText(steps: readonly Step[]): string {
  const lines = steps.flatMap(({ file, path, before, after }, index) => [
    ...(steps[index - 1]?.file === file ? [] : [file]),
    `  ${path}: ${before ?? 'nothing'} → ${after ?? 'removed'}`
  ])
  return `${lines.join('\n')}\n`
}

function shown(document: Value, pointer: Pointer): string | undefined {
  if (pointer.at(-1)?.kind === 'after-last') return undefined
  try {
    const value = find(document, pointer)
    return value === null ? undefined : short(value)
  } catch (thrown) {
    if (thrown instanceof PatchError) return undefined
    throw thrown
  }
}

const mostShown = 60

function short(value: Value): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > mostShown ? `${text.slice(0, mostShown - 1)}…` : text
}
