/** What may be the next character, and where that leads. */
interface Step {
  readonly accepts: (character: string) => boolean
  readonly next: State
}

interface State {
  readonly steps: Step[]
  /** Where it is at the same time. */
  readonly also: State[]
}

/**
 * A pattern, put together from left to right, that looks at each character of a text once. Its time is bounded by the
 * length of the text times that of the pattern, which a RegExp of several stars does not promise.
 */
export class Automaton {
  readonly #start = newState()
  #at = this.#start
  readonly #groups: { readonly from: State; readonly to: State }[] = []

  /** Then one character. */
  one(accepts: Step['accepts']): void {
    const next = newState()
    this.#at.steps.push({ accepts, next })
    this.#at = next
  }

  /** Then any number of characters. */
  many(accepts: Step['accepts']): void {
    const loop = newState()
    loop.steps.push({ accepts, next: loop })
    this.#at.also.push(loop)
    this.#at = loop
  }

  /** Then one of several patterns, of which the first begins here. */
  open(): void {
    this.#groups.push({ from: this.#at, to: newState() })
    this.#begin(this.#at)
  }

  /** The next of them begins here. */
  or(): void {
    const group = this.#groups.at(-1)
    if (group === undefined) return
    this.#at.also.push(group.to)
    this.#begin(group.from)
  }

  /** The last of them ends here. */
  close(): void {
    const group = this.#groups.pop()
    if (group === undefined) return
    this.#at.also.push(group.to)
    this.#at = group.to
  }

  /** Whether all of a text is as the pattern says. */
  matches(text: string): boolean {
    let states = closure([this.#start])
    for (const character of text) {
      const next: State[] = []
      for (const { steps } of states)
        for (const step of steps) if (step.accepts(character)) next.push(step.next)
      if (next.length === 0) return false
      states = closure(next)
    }
    return states.has(this.#at)
  }

  #begin(from: State): void {
    this.#at = newState()
    from.also.push(this.#at)
  }
}

function newState(): State {
  return { steps: [], also: [] }
}

function closure(states: State[]): ReadonlySet<State> {
  const reached = new Set(states)
  // A set gives what is added to it while it is looked through, too.
  for (const { also } of reached) for (const state of also) reached.add(state)
  return reached
}
