import { Hidden } from './hidden.ts'

/**
 * A function that works once for each thing, whoever asks: what it gave is kept on the thing. What else it is called
 * with must be the same for one thing.
 */
export function once<T extends object, Others extends readonly unknown[], R extends object>(
  name: string,
  work: (thing: T, ...others: Others) => R
): (thing: T, ...others: Others) => R {
  const kept = new Hidden<R>(name)
  return (thing, ...others) => {
    const known = kept.get(thing)
    if (known !== undefined) return known
    const result = work(thing, ...others)
    kept.set(thing, result)
    return result
  }
}
