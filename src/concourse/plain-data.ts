import { FindingsError, hasErrors, type Finding } from '../core/finding.ts'
import { isMap } from './json.ts'
import type { JsonObject } from './model.ts'
import { newestRelease, type Release } from './release.ts'
import type { Problem, Shape } from './shape.ts'

/**
 * A value as it stands in YAML, in the order of the tables. Throws a FindingsError for what YAML or the targeted
 * release can't hold.
 */
export function plainData<T>(shape: Shape<T>, value: T, target?: Release): JsonObject {
  const { data, findings } = inspectPlainData(shape, value, target)
  if (hasErrors(findings)) throw new FindingsError(findings)
  return data
}

/** As `plainData`, but gives what is wrong, warnings too, beside what there is. */
export function inspectPlainData<T>(
  shape: Shape<T>,
  value: T,
  target: Release = newestRelease
): { readonly data: JsonObject; readonly findings: readonly Finding[] } {
  const findings: Finding[] = []
  const report = (problem: Problem) => findings.push({ severity: 'error', ...problem })
  const data = shape.write(value, '', { report, target })
  return { data: isMap(data) ? data : {}, findings }
}
