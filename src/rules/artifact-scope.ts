/** An artifact that a step takes. */
export interface Need {
  readonly artifact: string
  /** What it is taken as, e.g. `input state`. */
  readonly use: string
  readonly path: string
}

/** A need that the branch of its step did not meet before it. */
export interface OpenNeed extends Need {
  /** Whether something before the branches met it. */
  readonly met: boolean
}

/**
 * The artifacts that steps may have registered up to a point of a plan. All steps of a build share one scope, but
 * what a sibling in `in_parallel` registers may come too late; so a branch sees its own scope and those round it.
 */
export class ArtifactScope {
  readonly #outer: ArtifactScope | undefined
  readonly #made = new Set<string>()
  readonly #open: OpenNeed[] = []
  #madeAnything = false

  constructor(outer?: ArtifactScope) {
    this.#outer = outer
  }

  make(artifact: string): void {
    this.#made.add(artifact)
  }

  /** Says that a step ran whose outputs are not known: from here on, any artifact may be there. */
  makeAnything(): void {
    this.#madeAnything = true
  }

  need(need: Need): void {
    if (!this.#hasOwn(need.artifact))
      this.#open.push({ ...need, met: this.#outer?.has(need.artifact) === true })
  }

  /** Whether a step before this point may have made it. */
  has(artifact: string): boolean {
    return this.#hasOwn(artifact) || this.#outer?.has(artifact) === true
  }

  /** Needs that nothing before them met; of a whole plan, those that are missing. */
  get open(): readonly OpenNeed[] {
    return this.#open
  }

  /** Names that were made, for suggestions. */
  get made(): ReadonlySet<string> {
    return this.#made
  }

  /** Takes over what branches made and need, and gives the needs that one branch meets for another: a race. */
  join(branches: readonly ArtifactScope[]): OpenNeed[] {
    const makers = new Map<string, ArtifactScope[]>()
    for (const branch of branches) {
      for (const artifact of branch.#made) makers.set(artifact, [...(makers.get(artifact) ?? []), branch])
    }
    const races: OpenNeed[] = []
    for (const branch of branches) {
      for (const need of branch.#open) {
        const isRace = makers.get(need.artifact)?.some(maker => maker !== branch) === true
        if (isRace) races.push(need)
        else this.need(need)
      }
    }
    for (const artifact of makers.keys()) this.make(artifact)
    if (branches.some(branch => branch.#madeAnything)) this.makeAnything()
    return races
  }

  #hasOwn(artifact: string): boolean {
    return this.#made.has(artifact) || this.#madeAnything
  }
}
