import { Duration } from '../core/duration.ts'
import { given } from '../core/given.ts'
import type { JsonObject, Resource } from './model.ts'
import { remember, type Allowed } from './origin.ts'
import { variableText, type Variable } from './variable.ts'

/** What any resource may say besides its source. */
export interface ResourceOptions {
  /** Findings that are no matter here, by the code of their rule, and why. */
  readonly allow?: Allowed
  readonly icon?: string
  /** How often Concourse looks for new versions; `never` for what only puts make. @default the server's */
  readonly checkEvery?: Duration | 'never'
}

export interface GitSource {
  readonly uri: string
  readonly branch?: string
  /** Key for private repositories. A var only: a key never stands in a pipeline. */
  readonly privateKey?: Variable
  readonly paths?: readonly string[]
  readonly ignorePaths?: readonly string[]
  /** Follow tags, not commits: a glob of tag names. */
  readonly tagFilter?: string
}

/** A git repository (https://github.com/concourse/git-resource). */
export function git(name: string, source: GitSource, options: ResourceOptions = {}): Resource {
  return define(git, name, 'git', options, {
    uri: source.uri,
    ...given('branch', source.branch),
    ...given('private_key', source.privateKey && variableText(source.privateKey)),
    ...given('paths', source.paths),
    ...given('ignore_paths', source.ignorePaths),
    ...given('tag_filter', source.tagFilter)
  })
}

export interface PoolSource {
  readonly uri: string
  readonly branch: string
  readonly pool: string
  readonly privateKey?: Variable
  /** Between two looks at a lock that is held. @default 10s */
  readonly retryDelay?: Duration
}

/** Locks in a git repository (https://github.com/concourse/pool-resource). */
export function pool(name: string, source: PoolSource, options: ResourceOptions = {}): Resource {
  return define(pool, name, 'pool', options, {
    uri: source.uri,
    branch: source.branch,
    pool: source.pool,
    ...given('private_key', source.privateKey && variableText(source.privateKey)),
    ...given('retry_delay', source.retryDelay?.toString())
  })
}

export interface RegistryImageSource {
  readonly repository: string
  /** Never `latest`: a task must run tomorrow as it ran today. */
  readonly tag: string
}

/** An image (https://github.com/concourse/registry-image-resource). */
export function registryImage(
  name: string,
  source: RegistryImageSource,
  options: ResourceOptions = {}
): Resource {
  return define(registryImage, name, 'registry-image', options, {
    repository: source.repository,
    tag: source.tag
  })
}

export interface TimeSource {
  readonly interval?: Duration
  readonly start?: string
  readonly stop?: string
  readonly location?: string
}

/** A timer (https://github.com/concourse/time-resource). */
export function time(name: string, source: TimeSource, options: ResourceOptions = {}): Resource {
  return define(time, name, 'time', options, {
    ...given('interval', source.interval?.toString()),
    ...given('start', source.start),
    ...given('stop', source.stop),
    ...given('location', source.location)
  })
}

/** Any other resource, of a base type or of one that the pipeline declares. */
export function resource(name: string, type: string, options: ResourceOptions, source: JsonObject): Resource {
  return define(resource, name, type, options, source)
}

/** A resource that remembers who called its constructor. */
function define(
  constructor: CallableFunction,
  name: string,
  type: string,
  { icon, checkEvery, allow }: ResourceOptions,
  source: JsonObject
): Resource {
  const made: Resource = {
    name,
    type,
    source,
    ...given('icon', icon),
    ...given('check_every', checkEvery instanceof Duration ? checkEvery.toString() : checkEvery)
  }
  remember(made, constructor, allow)
  return made
}
