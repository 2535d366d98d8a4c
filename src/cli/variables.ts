import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import type { Json } from '../concourse/model.ts'
import { messageOf, UserError } from '../core/errors.ts'
import { isRecord } from '../tools/table.ts'

export type Values = ReadonlyMap<string, Json>

/** Values for `((vars))`, from flags and files. A flag beats a file, a later one of a kind an earlier (as fly has it). */
export async function readValues(flags: readonly string[], files: readonly string[]): Promise<Values> {
  const values = new Map<string, Json>()
  for (const file of files) {
    for (const [name, value] of Object.entries(await readValueFile(file))) values.set(name, value as Json)
  }
  for (const flag of flags) {
    const [name = '', ...value] = flag.split('=')
    if (name === '' || value.length === 0) {
      throw new UserError('usage', `--var: found ${JSON.stringify(flag)}, expected NAME=VALUE`)
    }
    values.set(name, value.join('='))
  }
  return values
}

async function readValueFile(file: string): Promise<Record<string, unknown>> {
  let parsed: unknown
  try {
    parsed = parse(await readFile(file, 'utf8'), { version: '1.1' })
  } catch (thrown) {
    throw new UserError('usage', `${file}: ${messageOf(thrown)}, expected a YAML file of values`, {
      cause: thrown
    })
  }
  if (isRecord(parsed)) return parsed
  throw new UserError('usage', `${file}: expected a map from names of ((vars)) to their values`)
}
