import { given } from '../core/given.ts'
import type {
  Display,
  Group,
  Job,
  Json,
  Pipeline,
  Prototype,
  Resource,
  ResourceType,
  VarSource
} from './model.ts'
import { nameOfJob, nameOfResource, type GroupGlob, type NamedJob, type NamedResource } from './reference.ts'
import { typeOf } from './resource-types.ts'
import { resourceOf } from './steps.ts'
import { visitSteps } from './walk.ts'

export interface PipelineOptions {
  readonly jobs: readonly Job[]
  /** Those that come first, and those that no step uses; the others follow in the order of their first use. */
  readonly resources?: readonly Resource[]
  /** Those that come first, and those of no resource; the others follow in the order of their first use. */
  readonly resourceTypes?: readonly ResourceType[]
  /** Tabs of the web page. Where there are any, every job is in one. */
  readonly groups?: readonly GroupOptions[]
  /** Credential managers of this pipeline alone. @since Concourse 5.8 */
  readonly varSources?: readonly VarSource[]
  /** What run steps would run. @since Concourse 7.4 */
  readonly prototypes?: readonly Prototype[]
  /** How its web page looks. @since Concourse 6.6 */
  readonly display?: DisplayOptions
  /** Anything; Concourse keeps it and gives it back. @since Concourse 8.2 */
  readonly userData?: Json
}

export interface GroupOptions {
  /** What the tab says. */
  readonly name: string
  /** Jobs, or globs of their names. */
  readonly jobs?: readonly (Job | NamedJob | GroupGlob)[]
  /** Further resources; those of its jobs are in it anyway. */
  readonly resources?: readonly (Resource | NamedResource)[]
}

export interface DisplayOptions {
  /** Address of an image, by http, https or relative. */
  readonly backgroundImage?: string
  /** A filter of CSS for the image. @default 'opacity(30%) grayscale(100%)' @since Concourse 7.13 */
  readonly backgroundFilter?: string
}

export interface NamedPipeline {
  readonly name: string
  readonly pipeline: Pipeline
}

/** A pipeline and its name. What its jobs use is gathered: resources, and the types that are given as constants. */
export function pipeline(name: string, options: PipelineOptions): NamedPipeline {
  const resources = gathered(options.resources, resourcesUsed(options.jobs))
  const types = gathered(options.resourceTypes, typesUsed(resources))
  return {
    name,
    pipeline: {
      ...given('groups', options.groups?.map(group)),
      ...given('var_sources', options.varSources),
      ...given('resource_types', options.resourceTypes || types.length > 0 ? types : undefined),
      ...given('prototypes', options.prototypes),
      resources,
      jobs: options.jobs,
      ...given('display', options.display && display(options.display)),
      ...given('user_data', options.userData)
    }
  }
}

/**
 * What is listed, then what is used besides. Two functions may each define the same; of two that differ both stay,
 * for a rule to tell.
 */
function gathered<T extends object>(listed: readonly T[] = [], used: readonly T[]): readonly T[] {
  const known = new Set(listed.map(item => JSON.stringify(item)))
  const others = used.filter(item => {
    const text = JSON.stringify(item)
    return !known.has(text) && known.add(text)
  })
  return [...listed, ...others]
}

function resourcesUsed(jobs: readonly Job[]): Resource[] {
  // A resource is one object however often it is used, so that few are left to compare.
  const used = new Set<Resource>()
  for (const job of jobs) {
    visitSteps(job, step => {
      const resource = resourceOf(step)
      if (resource !== undefined) used.add(resource)
    })
  }
  return [...used]
}

/** Types after the types of their own images. */
function typesUsed(resources: readonly Resource[]): ResourceType[] {
  const used = new Set<ResourceType>()
  const add = (part: Resource | ResourceType): void => {
    const type = typeOf(part)
    if (type === undefined) return
    add(type)
    used.add(type)
  }
  resources.forEach(add)
  return [...used]
}

function group({ name, jobs, resources }: GroupOptions): Group {
  return {
    name,
    ...given('jobs', jobs?.map(nameOfJob)),
    ...given('resources', resources?.map(nameOfResource))
  }
}

function display({ backgroundImage, backgroundFilter }: DisplayOptions): Display {
  return { ...given('background_image', backgroundImage), ...given('background_filter', backgroundFilter) }
}
