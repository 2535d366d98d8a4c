import { isMap, type Value } from '../manifest/value.ts'

export interface Place {
  /** As an ops file would name it: entries of lists by their name where they have one. */
  readonly path: string
  readonly key: string
  readonly value: Value
}

/** Everything inside a document, from the top down. */
export function* placesIn(value: Value, path = ''): Generator<Place> {
  const inner: (readonly [string, Value])[] = Array.isArray(value)
    ? value.map((entry, index) => [
        isMap(entry) && typeof entry['name'] === 'string' ? `name=${entry['name']}` : String(index),
        entry
      ])
    : isMap(value)
      ? Object.entries(value)
      : []
  for (const [key, child] of inner) {
    const place = { path: `${path}/${key}`, key, value: child }
    yield place
    yield* placesIn(child, place.path)
  }
}
