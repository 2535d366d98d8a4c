/** A folder that a step has left for those after it. Nobody changes it any more: who needs it gets a copy. */
export interface Artifact {
  readonly folder: string
  /** It stands for an image, which is not on this machine: only `image` of a task may name it. */
  readonly image: boolean
}

/**
 * What the steps of a run have registered, by name. All steps and hooks share it, and a later registration takes the place
 * of an earlier one (concourse v8.3, atc/exec/build/repository.go).
 */
export class Artifacts {
  readonly #byName = new Map<string, Artifact>()

  register(name: string, artifact: Artifact): void {
    this.#byName.set(name, artifact)
  }

  find(name: string): Artifact | undefined {
    return this.#byName.get(name)
  }

  names(): readonly string[] {
    return [...this.#byName.keys()]
  }
}
