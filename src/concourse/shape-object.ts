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

export interface ObjectOptions {
  /** How a finding calls it, e.g. `a resource`. */
  readonly called: string
  /** Keys of Concourse that the model does not carry: told as such, never dropped. */
  readonly notYet?: readonly string[]
  /** Keys that may stand beside those of the table and are read elsewhere. */
  readonly beside?: readonly string[]
}

/** An object with the keys of the table and no others. */
export function object<T extends object>(fields: Fields<T>, options: ObjectOptions): Shape<T> {
  return {
    expected: 'a map',
    read: (node, path, reading) => {
      const entries = entriesOf(node, path, reading)
      return entries && readFields(entries, fields, options, { path, at: node.at, reading })
    },
    write: (value, path, problems) => writeFields(value, fields, path, problems)
  }
}

/** Where an object stands, and who is told what is wrong with it. */
export interface Spot {
  readonly path: string
  readonly at: number
  readonly reading: Reading
}

/** The object that the entries make up. Undefined where a key that must be there is missing or wrong. */
export function readFields<T extends object>(
  entries: MapNode['entries'],
  fields: Fields<T>,
  options: ObjectOptions,
  spot: Spot
): T | undefined {
  const rows = rowsOf(fields)
  reportUnknown(entries, Object.keys(rows), options, spot)
  const values: [string, unknown][] = []
  let complete = true
  for (const [key, row] of Object.entries(rows)) {
    const value = readField(entries, key, row, spot)
    if (value !== undefined) values.push([key, value])
    else if (isRequired(row)) complete = false
  }
  // The table has a row for every key of T, and every key that must be there was read.
  return complete ? (Object.fromEntries(values) as T) : undefined
}

function readField(entries: MapNode['entries'], key: string, row: Row, spot: Spot): unknown {
  const entry = entries.get(key)
  const path = keyPath(spot.path, key)
  if (entry !== undefined) {
    spot.reading.place(path, entry.at)
    // Go leaves a field as it was where it finds null: nothing is the same as no key.
    const isNothing = entry.value.kind === 'scalar' && entry.value.value === null
    if (!isNothing) return (isRequired(row) ? row.shape : row).read(entry.value, path, spot.reading)
  }
  if (!isRequired(row) || row.otherwise !== undefined) return isRequired(row) ? row.otherwise : undefined
  spot.reading.report({
    code: 'missing-key',
    path: spot.path,
    message: `found no ${key}, expected ${row.shape.expected}`,
    at: entry?.at ?? spot.at
  })
  return undefined
}

function reportUnknown(
  entries: MapNode['entries'],
  known: readonly string[],
  { called, notYet = [], beside = [] }: ObjectOptions,
  { path, reading }: Spot
): void {
  for (const [key, { at }] of entries) {
    if (known.includes(key)) continue
    if (notYet.includes(key)) {
      const message = `found ${key}, which causeway does not carry yet`
      reading.report({ code: 'not-supported', path: keyPath(path, key), message, at })
      continue
    }
    const meant = nearestName(key, [...known, ...notYet, ...beside])
    reading.report({
      code: 'unknown-key',
      path: keyPath(path, key),
      message: `found the key ${JSON.stringify(key)}, which ${called} does not have`,
      ...given('hint', meant && `write ${meant}`),
      at
    })
  }
}

/** The object as plain data, in the order of the table. */
export function writeFields<T extends object>(
  value: T,
  fields: Fields<T>,
  path: string,
  problems: Problems
): JsonObject {
  const given: object = value
  const written: Record<string, Json> = {}
  for (const [key, row] of Object.entries(rowsOf(fields))) {
    const child: unknown = Reflect.get(given, key)
    if (child === undefined) continue
    written[key] = (isRequired(row) ? row.shape : row).write(child, keyPath(path, key), problems)
  }
  return written
}

type Row = Shape<unknown> | Required<unknown>

/** The table without its types, which tie each row to its key. */
function rowsOf(fields: object): Readonly<Record<string, Row>> {
  return fields as Readonly<Record<string, Row>>
}

function isRequired(row: Row): row is Required<unknown> {
  return 'shape' in row
}

function keyPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
