import { given } from '../core/given.ts'
import { Hidden } from './hidden.ts'
import { jsonOf, type Data, type DataMap } from './data.ts'
import { timeText, type Time } from './duration-text.ts'
import type { Prototype, Resource, ResourceType, VarSource } from './model.ts'
import { remember, type Allowed } from './origin.ts'

/** What a resource type or a prototype may say besides where its image is. */
export interface ResourceTypeOptions {
  /** Findings that are no matter here, by the code of their rule, and why. */
  readonly allow?: Allowed
  /** What the source of each of its resources says unless it says otherwise. @since Concourse 7.0 */
  readonly defaults?: DataMap
  /** Whether its containers may do all that root may. @default false */
  readonly privileged?: boolean
  /** How often to look for a new image. @default the server's interval */
  readonly checkEvery?: Time | 'never'
  /** Of the workers that may check and fetch it. */
  readonly tags?: readonly string[]
  /** How the image is fetched. */
  readonly params?: DataMap
}

/** The type of a resource or type, where it is one that the pipeline defines. */
const typeOfPart = new Hidden<ResourceType>('type')

export function typeOf(part: Resource | ResourceType): ResourceType | undefined {
  return typeOfPart.get(part)
}

/** The name of a type, to be remembered by `rememberType` where the pipeline defines it. */
export function nameOfType(type: string | ResourceType): string {
  return typeof type === 'string' ? type : type.name
}

/** Remembers which type a resource or type is of, so that a pipeline can gather the types that it uses. */
export function rememberType(part: object, type: string | ResourceType): void {
  if (typeof type === 'object') typeOfPart.set(part, type)
}

/**
 * A type of resources that Concourse does not bring along; the constant is what `resource` takes. `type` is that of its
 * image, e.g. `registry-image`, and `source` where the image is.
 */
export function resourceType(
  name: string,
  type: string | ResourceType,
  source?: DataMap,
  options: ResourceTypeOptions = {}
): ResourceType {
  const made = define(name, type, source, options)
  remember(made, resourceType, options.allow)
  return made
}

/** What a run step would run; otherwise as `resourceType`. @since Concourse 7.4 */
export function prototype(
  name: string,
  type: string | ResourceType,
  source?: DataMap,
  options: ResourceTypeOptions = {}
): Prototype {
  const made = define(name, type, source, options)
  remember(made, prototype, options.allow)
  return made
}

function define(
  name: string,
  type: string | ResourceType,
  source: DataMap | undefined,
  options: ResourceTypeOptions
): ResourceType {
  const made: ResourceType = {
    name,
    type: nameOfType(type),
    ...given('source', source && jsonOf(source)),
    ...given('defaults', options.defaults && jsonOf(options.defaults)),
    ...given('privileged', options.privileged),
    ...given('check_every', timeText(options.checkEvery)),
    ...given('tags', options.tags),
    ...given('params', options.params && jsonOf(options.params))
  }
  rememberType(made, type)
  return made
}

/** A credential manager of one pipeline: vault, dummy, ssm, secretsmanager (since 7.7) or idtoken (since 7.14). */
export function varSource(name: string, type: string, config?: Data): VarSource {
  const made: VarSource = {
    name,
    type,
    ...given('config', config === undefined ? undefined : jsonOf(config))
  }
  remember(made, varSource)
  return made
}
