import { given } from '../core/given.ts'
import { nearestName } from '../core/nearest.ts'
import type { Severity } from '../core/finding.ts'
import type { KeyForm } from './form.ts'
import type { Json, JsonObject } from './model.ts'
import { isBefore, type Release } from './release.ts'
import type { Problems, Reading, Shape } from './shape.ts'
import { entriesOf } from './shape-collections.ts'
import type { Entry, MapNode } from './yaml-node.ts'

/** A row of the schema. */
interface Field<T> {
  readonly shape: Shape<T>
  /** One sentence or two, for the page, the hover text and the editor. */
  readonly doc: string
  /** What Concourse takes where the key is absent, as it would be written. */
  readonly default?: string
  readonly since?: Release
  readonly deprecated?: string
}

/** Of a key that must be there. */
type RequiredField<T> = Field<T> & { readonly required: true }

/** Of a key without which the value is read as if it said this. */
type FilledField<T> = Field<T> & { readonly otherwise: T }

/**
 * The keys of an object, in the order of the page. Every key of the type must have its row, and every row its key.
 */
export type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K>
    ? Field<Exclude<T[K], undefined>>
    : RequiredField<T[K]> | FilledField<T[K]>
}

export interface TableOptions {
  /** How a finding calls the object, e.g. `a resource`. */
  readonly called: string
  /** Keys that may stand beside those of the table, read elsewhere: a misspelt one may be meant. */
  readonly beside?: readonly string[]
  /** Go takes `Name` for `name` here, where it reads the object by its own means. */
  readonly ignoresCase?: boolean
  /** @default 'error' */
  readonly unknownKey?: UnknownKey
}

/** How a key counts that is not in the table. */
interface UnknownKey {
  readonly severity: Severity
  readonly but: string
  /** It may stand there for the anchors in it alone, and then goes without a word. */
  readonly mayLendAnchors: boolean
}

/** What the TypeScript interface is called, and says of itself. */
export interface Named extends TableOptions {
  readonly name: string
  readonly doc: string
}

/** Where an object stands, and who is told what is wrong with it. */
export interface Spot {
  readonly path: string
  readonly at: number
  readonly reading: Reading
}

/** An object with the keys of the table and no others. */
export function object<T extends object>(named: Named, fields: Fields<T>): Shape<T> {
  const table = new FieldTable(fields, { ignoresCase: true, ...named })
  return {
    expected: 'a map',
    form: { kind: 'object', name: named.name, doc: named.doc, keys: table.keys },
    read: (node, path, reading) => {
      const entries = entriesOf(node, path, reading)
      return entries && table.read(entries, { path, at: node.at, reading })
    },
    write: (value, path, problems) => table.write(value, path, problems)
  }
}

type Row = { readonly key: string } & Field<unknown> & {
    readonly required?: true
    readonly otherwise?: unknown
  }

/** Reads and writes the keys of an object, be they all of its map or share it with others. */
export class FieldTable<T extends object> {
  readonly #rows: readonly Row[]
  readonly #byKey: ReadonlyMap<string, Row>
  readonly #options: TableOptions

  constructor(fields: Fields<T>, options: TableOptions) {
    // Without its types, which tie each row to its key.
    const rows = Object.entries<Omit<Row, 'key'>>(fields)
    this.#rows = rows.map(([key, field]) => ({ key, ...field }))
    this.#byKey = new Map(this.#rows.map(row => [row.key, row]))
    this.#options = options
  }

  get keys(): readonly KeyForm[] {
    return this.#rows.map(({ shape, required, otherwise, ...row }) => ({
      ...row,
      form: shape.form,
      isRequired: required === true || otherwise !== undefined
    }))
  }

  /** The object that the entries make up. Undefined where a key that must be there is missing or wrong. */
  read(entries: MapNode['entries'], spot: Spot): T | undefined {
    const meant = this.#sortOut(entries, spot)
    const value: Record<string, unknown> = {}
    let isComplete = true
    for (const row of this.#rows) {
      const field = readField(meant.get(row.key), row, spot)
      if (field !== undefined) value[row.key] = field
      else if (row.required === true) isComplete = false
    }
    // The table has a row for every key of T, and every key that must be there was read.
    return isComplete ? (value as T) : undefined
  }

  /** The object as plain data, in the order of the table. */
  write(value: T, path: string, problems: Problems): JsonObject {
    const written: Record<string, Json> = {}
    this.writeInto(written, value, path, problems)
    return written
  }

  /** As `write`, but adds the keys to what holds others already. */
  writeInto(written: Record<string, Json>, value: T, path: string, problems: Problems): void {
    for (const row of this.#rows) {
      const child = (value as Readonly<Record<string, unknown>>)[row.key]
      if (child === undefined) continue
      const childPath = keyPath(path, row.key)
      reportRelease(row, childPath, problems)
      written[row.key] = row.shape.write(child, childPath, problems)
    }
  }

  /** The value of one key, which must not be null. */
  readOne<K extends keyof T & string>(key: K, entry: Entry, { path, reading }: Spot): T[K] | undefined {
    const row = this.#byKey.get(key)
    const childPath = keyPath(path, key)
    reading.place(childPath, entry.at)
    if (row === undefined) return undefined
    reportRelease(row, childPath, reading, entry.at)
    return row.shape.read(entry.value, childPath, reading) as T[K] | undefined
  }

  /** The entries by the keys that they are read as; tells of those that are none. */
  #sortOut(entries: MapNode['entries'], spot: Spot): MapNode['entries'] {
    let meant = entries
    for (const [key, entry] of entries) {
      if (this.#byKey.has(key)) continue
      const known = this.#options.ignoresCase === true ? key.toLowerCase() : key
      if (this.#byKey.has(known) && !entries.has(known)) {
        meant = new Map([...meant, [known, entry]])
        this.#reportCase(key, known, entry, spot)
      } else this.#reportUnknown(key, entry, spot)
    }
    return meant
  }

  #reportCase(key: string, known: string, { at }: Entry, { path, reading }: Spot): void {
    const message = `found the key ${JSON.stringify(key)}, expected ${known}: Concourse takes it, other readers do not`
    const hint = `write ${known}`
    reading.report({ code: 'key-case', severity: 'warning', path: keyPath(path, key), message, hint, at })
  }

  #reportUnknown(key: string, { at }: Entry, { path, reading }: Spot): void {
    const { called, unknownKey, beside = [] } = this.#options
    if (unknownKey?.mayLendAnchors === true && reading.lendsAnchors(at)) return
    const meant = nearestName(key, [...this.#byKey.keys(), ...beside])
    const but = unknownKey === undefined ? '' : `: ${unknownKey.but}`
    reading.report({
      code: 'unknown-key',
      ...given('severity', unknownKey?.severity),
      path: keyPath(path, key),
      message: `found the key ${JSON.stringify(key)}, which ${called} does not have${but}`,
      ...given('hint', meant && `write ${meant}`),
      at
    })
  }
}

function readField(entry: Entry | undefined, row: Row, spot: Spot): unknown {
  const path = keyPath(spot.path, row.key)
  if (entry !== undefined) {
    spot.reading.place(path, entry.at)
    // Go leaves a field as it was where it finds null: nothing is the same as no key.
    const isNothing = entry.value.kind === 'scalar' && entry.value.value === null
    if (!isNothing) {
      reportRelease(row, path, spot.reading, entry.at)
      return row.shape.read(entry.value, path, spot.reading)
    }
  }
  if (row.required === true) {
    const message = `found no ${row.key}, expected ${row.shape.expected}`
    spot.reading.report({ code: 'missing-key', path: spot.path, message, at: entry?.at ?? spot.at })
  }
  return row.otherwise
}

/** Tells of a key that the targeted release does not know, or that will not be known for long. */
export function reportRelease(
  { key, since, deprecated }: Pick<Row, 'key' | 'since' | 'deprecated'>,
  path: string,
  problems: Problems,
  at?: number
): void {
  if (since === undefined && deprecated === undefined) return
  if (since !== undefined && isBefore(problems.target, since)) {
    const message = `found ${key}, which Concourse knows since ${since}; the target is ${problems.target}`
    const hint = `leave it out, or target ${since}`
    problems.report({ code: 'not-in-target', path, message, hint, ...given('at', at) })
  }
  if (deprecated !== undefined) {
    const message = `found ${key}, which Concourse will not know one day`
    problems.report({
      code: 'deprecated-key',
      severity: 'warning',
      path,
      message,
      hint: deprecated,
      ...given('at', at)
    })
  }
}

function keyPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
