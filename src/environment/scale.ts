import { UserError } from '../core/errors.ts'
import { readVars } from './vars.ts'

/** An ops file that sets the number of instances of some instance groups. JSON, which is YAML too. */
export function scaleOps(scale: Readonly<Record<string, number>>): string {
  const ops = Object.entries(scale).map(([group, instances]) => ({
    type: 'replace',
    path: `/instance_groups/name=${group}/instances`,
    value: instances
  }))
  return `${JSON.stringify(ops, null, 2)}\n`
}

/** Reads the JSON of a `SCALE` param. Throws a UserError for what is no number of instances. */
export function readScale(scale: string): Readonly<Record<string, number>> {
  const counts = Object.entries(readVars(scale))
  return Object.fromEntries(counts.map(([group, count]) => [group, countOf(group, count)]))
}

function countOf(group: string, count: string | number | boolean): number {
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return count
  throw new UserError(
    'findings',
    `params.SCALE.${group}: found ${JSON.stringify(count)}, expected a number of instances`
  )
}
