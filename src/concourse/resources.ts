import type { Duration } from '../core/duration.ts'
import { given } from '../core/given.ts'
import { jsonOf, type DataMap } from './data.ts'
import { timeText, type Time } from './duration-text.ts'
import type { JsonObject, Resource, ResourceType, ResourceVersion } from './model.ts'
import { remember, type Allowed } from './origin.ts'
import { nameOfType, rememberType } from './resource-types.ts'
import { sourceOf } from './snake-case.ts'
import { textOf, type Text, type Variable } from './variable.ts'

/** What any resource may say besides its source. */
export interface ResourceOptions {
  /** Findings that are no matter here, by the code of their rule, and why. */
  readonly allow?: Allowed
  /** Its name before, so that its versions stay. @since Concourse 5.2 */
  readonly oldName?: string
  /** A name of Material Design Icons; since 8.2 also `si/<name>` of Simple Icons. @since Concourse 5.1 */
  readonly icon?: string
  /** Whether those who are not logged in see its versions. @default false */
  readonly public?: boolean
  /** With it, a request to the web hook makes Concourse look for versions. */
  readonly webhookToken?: Text
  /** How often Concourse looks for new versions; `never` for what only puts make. @default the server's, 1m */
  readonly checkEvery?: Time | 'never'
  /** How long a look may take. @default the server's, 1h */
  readonly checkTimeout?: Time
  /** Whether it is told who started a build. @default false @since Concourse 7.0 */
  readonly exposeBuildCreatedBy?: boolean
  /** Of the workers that may check it. */
  readonly tags?: readonly string[]
  /** This version and no other. */
  readonly version?: ResourceVersion
}

export interface GitSource {
  readonly uri: Text
  /** @default the repository's own */
  readonly branch?: Text
  /** Key for private repositories. A var only: a key never stands in a pipeline. */
  readonly privateKey?: Variable
  readonly username?: Text
  readonly password?: Variable
  /** Globs of files: other commits are no versions. */
  readonly paths?: readonly Text[]
  readonly ignorePaths?: readonly Text[]
  /** Follow tags, not commits: a glob of tag names. */
  readonly tagFilter?: Text
  /** Follow tags, not commits: a regular expression. */
  readonly tagRegex?: Text
  /** Whether the tags are fetched with the commits. */
  readonly fetchTags?: boolean
  readonly skipSslVerification?: boolean
  /** Keys of which one must have signed a commit. */
  readonly commitVerificationKeys?: readonly Text[]
  /** Key for files that git-crypt has encrypted, in base64. */
  readonly gitCryptKey?: Variable
}

/** A git repository (https://github.com/concourse/git-resource). */
export function git(name: string, source: GitSource, options: ResourceOptions = {}): Resource {
  return define(git, name, 'git', options, sourceOf(source))
}

export interface PoolSource {
  readonly uri: Text
  readonly branch: Text
  /** The folder of the locks. */
  readonly pool: Text
  readonly privateKey?: Variable
  readonly username?: Text
  readonly password?: Variable
  /** Between two looks at a lock that is held. @default 10s */
  readonly retryDelay?: Duration
}

/** Locks in a git repository (https://github.com/concourse/pool-resource). */
export function pool(name: string, source: PoolSource, options: ResourceOptions = {}): Resource {
  return define(pool, name, 'pool', options, sourceOf(source))
}

export interface RegistryImageSource {
  readonly repository: Text
  /** Never `latest`: a task must run tomorrow as it ran today. */
  readonly tag: Text
  readonly username?: Text
  readonly password?: Variable
}

/** An image (https://github.com/concourse/registry-image-resource). */
export function registryImage(
  name: string,
  source: RegistryImageSource,
  options: ResourceOptions = {}
): Resource {
  return define(registryImage, name, 'registry-image', options, sourceOf(source))
}

export interface TimeSource {
  readonly interval?: Duration
  /** When the time of day begins in which there are versions, e.g. `8:00 PM` or `20:00`. */
  readonly start?: Text
  readonly stop?: Text
  /** The time zone of both, e.g. `Europe/Berlin`. @default 'UTC' */
  readonly location?: Text
  /** Of the week, e.g. `Monday`. @default all */
  readonly days?: readonly Text[]
  /** Whether there is a version as soon as there is the resource. */
  readonly initialVersion?: boolean
}

/** A timer (https://github.com/concourse/time-resource). */
export function time(name: string, source: TimeSource, options: ResourceOptions = {}): Resource {
  return define(time, name, 'time', options, sourceOf(source))
}

/** Any other resource, of a base type or of one that the pipeline defines. */
export function resource(
  name: string,
  type: string | ResourceType,
  source?: DataMap,
  options: ResourceOptions = {}
): Resource {
  return define(resource, name, type, options, source && jsonOf(source))
}

/** A resource that remembers who called its constructor. */
function define(
  constructor: CallableFunction,
  name: string,
  type: string | ResourceType,
  options: ResourceOptions,
  source: JsonObject | undefined
): Resource {
  const { webhookToken } = options
  const made: Resource = {
    name,
    type: nameOfType(type),
    ...given('source', source),
    ...given('old_name', options.oldName),
    ...given('icon', options.icon),
    ...given('public', options.public),
    ...given('webhook_token', webhookToken === undefined ? undefined : textOf(webhookToken)),
    ...given('check_every', timeText(options.checkEvery)),
    ...given('check_timeout', timeText(options.checkTimeout)),
    ...given('expose_build_created_by', options.exposeBuildCreatedBy),
    ...given('tags', options.tags),
    ...given('version', options.version)
  }
  remember(made, constructor, options.allow)
  rememberType(made, type)
  return made
}
