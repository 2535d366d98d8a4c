import { git } from './git.ts'
import { pool } from './pool.ts'
import { registryImage } from './registry-image.ts'
import type { ResourceType } from './resource-type.ts'
import { time } from './time.ts'

/** The resource types that this machine can work with, by the name that a pipeline gives them. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [git, pool, registryImage, time].map(type => [type.name, type])
)
