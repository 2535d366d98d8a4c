import type { GetStep, JsonObject, Pipeline, PutStep, Resource, ResourceVersion } from '../concourse/model.ts'
import type { ResourceType } from './resources/resource-type.ts'
import { resourceTypes } from './resources/types.ts'

/** A resource of the pipeline, ready to be worked with. */
export interface UsedResource {
  readonly name: string
  /** Undefined where its steps only take the folder that stands for it. */
  readonly type: ResourceType | undefined
  /** With the defaults of its type, and every var replaced. */
  readonly source: JsonObject
  /** The version that the pipeline pins it to. */
  readonly pinned?: ResourceVersion
  /** A folder of this machine that its gets take instead. */
  readonly override?: string
}

/** The type that this machine has for a resource, by name. */
export function typeOf(resource: Resource): ResourceType | undefined {
  return resourceTypes.get(resource.type)
}

/** Whether the pipeline brings an image of its own for a resource's type. */
export function declaresType(pipeline: Pipeline, resource: Resource): boolean {
  return (pipeline.resource_types ?? []).some(type => type.name === resource.type)
}

/** A source as Concourse gives it to the type: over the defaults of a type that the pipeline declares. */
export function sourceOf(pipeline: Pipeline, resource: Resource): JsonObject {
  const declared = (pipeline.resource_types ?? []).find(type => type.name === resource.type)
  return { ...declared?.defaults, ...resource.source }
}

/** The resource that a step works with. */
export function resourceName(step: GetStep | PutStep): string {
  return step.resource ?? step.name
}
