import type { Duration } from '../core/duration.ts'

/** Why a scope ended before its work did: somebody cancelled it, or its time ran out. */
export type Interruption = 'cancelled' | 'deadline'

/** The reason of an aborted signal of a scope. Bears the name by which an abort is known everywhere. */
export class Interrupted extends Error {
  readonly interruption: Interruption

  constructor(interruption: Interruption) {
    super(interruption === 'cancelled' ? 'it was aborted' : 'time ran out')
    this.name = 'AbortError'
    this.interruption = interruption
  }
}

/** Node's timers hold at most this much; anything longer would fire at once. */
const longestTimerMillis = 2 ** 31 - 1

/**
 * How long a piece of work may go on. Scopes nest: what ends the outer one ends all within, and the first reason is
 * the one that counts. Concourse has the same in Go's contexts, and its outcomes depend on which reason it was.
 */
export class Scope {
  readonly #controller = new AbortController()
  readonly #inner = new Set<Scope>()
  readonly #outer: Scope | undefined
  #timer: NodeJS.Timeout | undefined
  #interruption: Interruption | undefined

  private constructor(outer: Scope | undefined) {
    this.#outer = outer
    if (outer === undefined) return
    outer.#inner.add(this)
    if (outer.interruption !== undefined) this.#end(outer.interruption)
  }

  /** A scope with none around it. It is cancelled as soon as the signal is aborted. */
  static root(signal?: AbortSignal): Scope {
    const scope = new Scope(undefined)
    if (signal?.aborted === true) scope.cancel()
    signal?.addEventListener('abort', () => scope.cancel(), { once: true })
    return scope
  }

  /** A scope within this one, with a limit of its own if one is given. Close it when its work is done. */
  within(limit?: Duration): Scope {
    const scope = new Scope(this)
    if (limit !== undefined && scope.interruption === undefined) {
      const millis = Math.min(limit.milliseconds, longestTimerMillis)
      scope.#timer = setTimeout(() => scope.#end('deadline'), millis)
    }
    return scope
  }

  /** For programs and waits: aborted, with an Interrupted as reason, when the scope ends. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get interruption(): Interruption | undefined {
    return this.#interruption
  }

  cancel(): void {
    this.#end('cancelled')
  }

  /** Stops its clock. The work is over, so nothing can end it any more. */
  close(): void {
    clearTimeout(this.#timer)
    if (this.#outer !== undefined) this.#outer.#inner.delete(this)
  }

  #end(interruption: Interruption): void {
    if (this.#interruption !== undefined) return
    this.#interruption = interruption
    clearTimeout(this.#timer)
    this.#controller.abort(new Interrupted(interruption))
    for (const scope of this.#inner) scope.#end(interruption)
  }
}
