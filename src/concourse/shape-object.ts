import { given } from '../core/given.ts'
import { nearestName } from '../core/nearest.ts'
import type { Json, JsonObject } from './model.ts'
import type { Problems, Reading, Shape } from './shape.ts'
import { entriesOf } from './shape-collections.ts'
import type { MapNode } from './yaml-node.ts'

/** A key that must be there, or stands for something else where it is not. */
export interface Required<T> {
  readonly shape: Shape<T>
  readonly otherwise?: T
}

export function required<T>(shape: Shape<T>): Required<T> {
  return { shape }
}

export function withDefault<T>(shape: Shape<T>, otherwise: T): Required<T> {
  return { shape, otherwise }
}

/**
 * The keys of an object, in the order of the page, and the shape of each. Every key of the type must have its row,
 * and every row its key.
 */
export type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? Shape<Exclude<T[K], undefined>> : Required<T[K]>
}

export interface TableOptions {
  /** How a finding calls the object, e.g. `a resource`. */
  readonly called: string
  /** Keys of Concourse that the model does not carry: told as such, never dropped. */
  readonly notYet?: readonly string[]
  /** Keys that may stand beside those of the table and are read elsewhere. */
  readonly beside?: readonly string[]
}

/** Where an object stands, and who is told what is wrong with it. */
export interface Spot {
  readonly path: string
  readonly at: number
  readonly reading: Reading
}

/** An object with the keys of the table and no others. */
export function object<T extends object>(fields: Fields<T>, options: TableOptions): Shape<T> {
  const table = new FieldTable(fields, options)
  return {
    expected: 'a map',
    read: (node, path, reading) => {
      const entries = entriesOf(node, path, reading)
      return entries && table.read(entries, { path, at: node.at, reading })
    },
    write: (value, path, problems) => table.write(value, path, problems)
  }
}

interface Row {
  readonly key: string
  readonly shape: Shape<unknown>
  readonly isRequired: boolean
  readonly otherwise?: unknown
}

/** Reads and writes the keys of an object, be they all of its map or share it with others. */
export class FieldTable<T extends object> {
  readonly #rows: readonly Row[]
  readonly #options: TableOptions

  constructor(fields: Fields<T>, options: TableOptions) {
    // Without its types, which tie each row to its key.
    const rows = Object.entries<Shape<unknown> | Required<unknown>>(fields)
    this.#rows = rows.map(([key, field]) =>
      'shape' in field ? { key, isRequired: true, ...field } : { key, isRequired: false, shape: field }
    )
    this.#options = options
  }

  /** The object that the entries make up. Undefined where a key that must be there is missing or wrong. */
  read(entries: MapNode['entries'], spot: Spot): T | undefined {
    this.#reportUnknown(entries, spot)
    const values: [string, unknown][] = []
    let isComplete = true
    for (const row of this.#rows) {
      const value = readField(entries, row, spot)
      if (value !== undefined) values.push([row.key, value])
      else if (row.isRequired) isComplete = false
    }
    // The table has a row for every key of T, and every key that must be there was read.
    return isComplete ? (Object.fromEntries(values) as T) : undefined
  }

  /** The object as plain data, in the order of the table. */
  write(value: T, path: string, problems: Problems): JsonObject {
    const written: Record<string, Json> = {}
    for (const { key, shape } of this.#rows) {
      const child: unknown = Reflect.get(value, key)
      if (child !== undefined) written[key] = shape.write(child, keyPath(path, key), problems)
    }
    return written
  }

  #reportUnknown(entries: MapNode['entries'], { path, reading }: Spot): void {
    const { called, notYet = [], beside = [] } = this.#options
    for (const [key, { at }] of entries) {
      if (this.#rows.some(row => row.key === key)) continue
      if (notYet.includes(key)) {
        const message = `found ${key}, which causeway does not carry yet`
        reading.report({ code: 'not-supported', path: keyPath(path, key), message, at })
        continue
      }
      const meant = nearestName(key, [...this.#rows.map(row => row.key), ...notYet, ...beside])
      reading.report({
        code: 'unknown-key',
        path: keyPath(path, key),
        message: `found the key ${JSON.stringify(key)}, which ${called} does not have`,
        ...given('hint', meant && `write ${meant}`),
        at
      })
    }
  }
}

function readField(entries: MapNode['entries'], row: Row, spot: Spot): unknown {
  const entry = entries.get(row.key)
  const path = keyPath(spot.path, row.key)
  if (entry !== undefined) {
    spot.reading.place(path, entry.at)
    // Go leaves a field as it was where it finds null: nothing is the same as no key.
    const isNothing = entry.value.kind === 'scalar' && entry.value.value === null
    if (!isNothing) return row.shape.read(entry.value, path, spot.reading)
  }
  if (row.isRequired && row.otherwise === undefined) {
    const message = `found no ${row.key}, expected ${row.shape.expected}`
    spot.reading.report({ code: 'missing-key', path: spot.path, message, at: entry?.at ?? spot.at })
  }
  return row.otherwise
}

function keyPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
