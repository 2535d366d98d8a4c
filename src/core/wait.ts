import { setTimeout as sleep } from 'node:timers/promises'
import type { Duration } from './duration.ts'
import { messageOf, UserError } from './errors.ts'

/** Waits, and throws the signal's AbortError as soon as it is aborted. */
export async function delay(length: Duration, signal?: AbortSignal): Promise<void> {
  await sleep(length.milliseconds, undefined, signal === undefined ? {} : { signal })
}

export interface RetryOptions {
  /** Tries in all, at least 1. */
  readonly tries: number
  readonly pause: Duration
  /** Only faults known to pass are tried again; a blind retry hides a regression. */
  readonly when: (thrown: unknown) => boolean
  readonly onRetry?: (thrown: unknown, attempt: number) => void
  readonly signal?: AbortSignal
}

/** Tries a piece of work again while its failure is one that passes. The last failure is thrown as it was. */
export async function retry<T>(work: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt)
    } catch (thrown) {
      if (attempt >= options.tries || !options.when(thrown)) throw thrown
      options.onRetry?.(thrown, attempt)
      await delay(options.pause, options.signal)
    }
  }
}

export interface StableOptions {
  /** What is waited for, as the end of the sentence "waited 5m for …". */
  readonly what: string
  /** Successes in a row that count as stable: ready once is not yet stable. */
  readonly times: number
  readonly every: Duration
  readonly deadline: Duration
  readonly signal?: AbortSignal
}

/**
 * Asks until the answer was good several times in a row. Throws a UserError (time ran out) with the last failure
 * and with how long it waited for what.
 */
export async function untilStable(probe: () => Promise<void>, options: StableOptions): Promise<void> {
  const start = performance.now()
  let inRow = 0
  let last: unknown
  for (;;) {
    try {
      await probe()
      inRow += 1
      if (inRow >= options.times) return
    } catch (thrown) {
      if (options.signal?.aborted === true) throw thrown
      inRow = 0
      last = thrown
    }
    if (performance.now() - start + options.every.milliseconds > options.deadline.milliseconds) {
      const why = last === undefined ? 'it was never ready often enough' : messageOf(last)
      throw new UserError('timeout', `waited ${options.deadline.toString()} for ${options.what}: ${why}`, {
        cause: last
      })
    }
    await delay(options.every, options.signal)
  }
}
