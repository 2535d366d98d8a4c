import { FindingsError, hasErrors, type Finding } from '../core/finding.ts'
import { isMap } from './json.ts'
import type { JsonObject } from './model.ts'
import { newestRelease, type Release } from './release.ts'
import type { Problem, Shape } from './shape.ts'

/**
 * A value as it stands in YAML, in the order of the tables. Throws a FindingsError for what YAML or the targeted
 * release can't hold.
 */
export function plainData<T extends object>(shape: Shape<T>, value: T, target?: Release): JsonObject {
  const { data, findings } = inspectPlainData(shape, value, target)
  if (hasErrors(findings)) throw new FindingsError(findings)
  return data
}

interface PlainData {
  readonly data: JsonObject
  readonly findings: readonly Finding[]
}

/** What was written last of a value: who checks a pipeline emits it next. */
const lastWritten = new WeakMap<object, PlainData & { readonly shape: unknown; readonly target: Release }>()

/** As `plainData`, but gives what is wrong, warnings too, beside what there is. */
export function inspectPlainData<T extends object>(
  shape: Shape<T>,
  value: T,
  target: Release = newestRelease
): PlainData {
  const last = lastWritten.get(value)
  if (last?.shape === shape && last.target === target) return last
  const findings: Finding[] = []
  const report = (problem: Problem) => findings.push({ severity: 'error', ...problem })
  const data = shape.write(value, '', { report, target })
  const written = { data: isMap(data) ? data : {}, findings, shape, target }
  lastWritten.set(value, written)
  return written
}
