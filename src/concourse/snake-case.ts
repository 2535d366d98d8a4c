import { Duration } from '../core/duration.ts'
import { jsonOf, type Data, type DataMap } from './data.ts'
import type { JsonObject } from './model.ts'

/** How resources spell an option: `skipSslVerification` → `skip_ssl_verification`. */
export function snakeCased(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

/** The source of a resource from the options of its constructor. */
export function sourceOf(options: object): JsonObject {
  const entries = Object.entries(options) as [string, Data | Duration | undefined][]
  const said = entries.flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[snakeCased(name), value instanceof Duration ? value.toString() : value] as const]
  )
  return jsonOf(Object.fromEntries(said) satisfies DataMap)
}
