import { UserError } from '../core/errors.ts'
import type { Files } from '../tools/files.ts'
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

/** Writes that ops file from the JSON of a `SCALE` param; none where nothing is scaled. Gives its path. */
export async function writeScaleOps(files: Files, folder: string, scale: string): Promise<string[]> {
  const counts = readVars(scale)
  if (Object.keys(counts).length === 0) return []
  const numbers = Object.entries(counts).map(([group, count]) => [group, countOf(group, count)] as const)
  const path = `${folder}/scale.json`
  await files.writeText(path, scaleOps(Object.fromEntries(numbers)))
  return [path]
}

function countOf(group: string, count: string | number | boolean): number {
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return count
  throw new UserError(
    'findings',
    `params.SCALE.${group}: found ${JSON.stringify(count)}, expected a number of instances`
  )
}
