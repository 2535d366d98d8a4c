import type { Step } from './model.ts'

/** Something that a step leaves in the plan and a later step can take. */
export interface Artifact {
  readonly artifact: string
}

/** The name of an artifact, be it given by the step that makes it or by name. */
export function nameOfArtifact(artifact: Artifact | string): string {
  return typeof artifact === 'string' ? artifact : artifact.artifact
}

/** Turns a step into its own handle. What is added can't be enumerated, so it never reaches the emitted YAML. */
export function withArtifact<T extends Step>(step: T, artifact: string): T & Artifact {
  return Object.defineProperty(step, 'artifact', { value: artifact }) as T & Artifact
}
