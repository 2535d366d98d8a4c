import { jsonSchema } from '../../concourse/json-schema.ts'
import { parseRelease } from '../../concourse/release.ts'
import type { CliContext } from '../context.ts'
import type { SchemaOptions } from '../options.ts'

/** Prints the schema of a kind of file as JSON Schema, for editors and other validators. */
export function schema(context: CliContext, { of, target }: SchemaOptions): void {
  const release = target === undefined ? {} : { target: parseRelease(target) }
  context.out(`${JSON.stringify(jsonSchema({ of, ...release }), null, 2)}\n`)
}
