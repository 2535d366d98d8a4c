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

/**
 * As `once`, but what was found is kept only until another thing is asked about: for what several ask of one thing after the
 * other. What is kept of thousands at a time has to be copied by the garbage collector again and again.
 */
export function onceInTurn<T extends object, Others extends readonly unknown[], R extends object>(
  work: (thing: T, ...others: Others) => R
): (thing: T, ...others: Others) => R {
  let last: { readonly thing: T; readonly result: R } | undefined
  return (thing, ...others) => {
    if (last?.thing !== thing) last = { thing, result: work(thing, ...others) }
    return last.result
  }
}
