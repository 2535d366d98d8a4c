import { defined, given } from '../core/given.ts'
import { jsonOf, type DataMap } from './data.ts'
import type {
  ContainerLimits,
  ImageResource,
  ResourceType,
  ResourceVersion,
  TaskCache,
  TaskConfig,
  TaskInput,
  TaskOutput,
  TaskRun
} from './model.ts'
import { timeText, type Time } from './duration-text.ts'
import { textOf, type Text } from './variable.ts'

/** What a task file says, where a task step says it itself. */
export interface TaskConfigOptions {
  /** Of the worker: linux, darwin or windows. */
  readonly platform: Text
  /** Its image. `image` of the task step wins over it. */
  readonly imageResource?: ImageResourceOptions
  /** The image as the worker knows it, for workers without image resources. */
  readonly rootfsUri?: Text
  /** Artifacts that it takes, by name where there is no more to say. */
  readonly inputs?: readonly (Text | TaskInputOptions)[]
  /** Artifacts that it makes, by name where there is no more to say. */
  readonly outputs?: readonly (Text | TaskOutputOptions)[]
  /** Folders that last from build to build, by path where there is no more to say. */
  readonly caches?: readonly (Text | TaskCacheOptions)[]
  /** Variables of its environment and their defaults. */
  readonly params?: DataMap
  readonly containerLimits?: ContainerLimits
  /** Its program. @default the image's entrypoint */
  readonly run?: TaskRunOptions
}

export interface ImageResourceOptions {
  /** What the web page calls it. */
  readonly name?: Text
  readonly type: Text | ResourceType
  /** Where it is; what may be said is up to the type. */
  readonly source?: DataMap
  /** How it is fetched; what may be said is up to the type. */
  readonly params?: DataMap
  /** This version and no other. @default the latest */
  readonly version?: ResourceVersion
  /** Of the workers that may fetch it. */
  readonly tags?: readonly Text[]
}

export interface TaskInputOptions {
  /** The artifact, unless the step maps another to it. */
  readonly name: Text
  /** Its folder, below the working directory. @default the name */
  readonly path?: Text
  /** Whether the task does without it. @default false */
  readonly optional?: boolean
}

export interface TaskOutputOptions {
  /** The artifact, unless the step gives it another name. */
  readonly name: Text
  /** Its folder, below the working directory. @default the name */
  readonly path?: Text
}

export interface TaskCacheOptions {
  /** The folder, below the working directory. */
  readonly path: Text
  /** How long it is kept without use, at least 1s. @default for ever @since Concourse 8.2 */
  readonly ttl?: Time
}

export interface TaskRunOptions {
  /** The program. @default the image's entrypoint */
  readonly path?: Text
  /** Its arguments, which no shell looks at. */
  readonly args?: readonly Text[]
  /** Where it runs. @default the working directory */
  readonly dir?: Text
  /** Who runs it. @default the image's user */
  readonly user?: Text
}

/** The config as the pipeline says it. */
export function taskConfig(options: TaskConfigOptions): TaskConfig {
  return defined<TaskConfig>({
    platform: textOf(options.platform),
    image_resource: options.imageResource && imageResource(options.imageResource),
    rootfs_uri: optionalText(options.rootfsUri),
    inputs: options.inputs?.map(input),
    outputs: options.outputs?.map(output),
    caches: options.caches?.map(cache),
    params: options.params && jsonOf(options.params),
    container_limits: options.containerLimits,
    run: options.run && program(options.run)
  })
}

function imageResource({ type, ...image }: ImageResourceOptions): ImageResource {
  return defined<ImageResource>({
    name: optionalText(image.name),
    type: typeof type === 'object' && 'name' in type ? type.name : textOf(type),
    source: image.source && jsonOf(image.source),
    params: image.params && jsonOf(image.params),
    version: image.version,
    tags: image.tags?.map(textOf)
  })
}

function input(said: Text | TaskInputOptions): TaskInput {
  if (!isOptions(said, 'name')) return { name: textOf(said) }
  const { name, path, optional } = said
  return { name: textOf(name), ...given('path', optionalText(path)), ...given('optional', optional) }
}

function output(said: Text | TaskOutputOptions): TaskOutput {
  if (!isOptions(said, 'name')) return { name: textOf(said) }
  return { name: textOf(said.name), ...given('path', optionalText(said.path)) }
}

function cache(said: Text | TaskCacheOptions): TaskCache {
  if (!isOptions(said, 'path')) return { path: textOf(said) }
  return { path: textOf(said.path), ...given('ttl', timeText(said.ttl)) }
}

function program({ path, args, dir, user }: TaskRunOptions): TaskRun {
  return defined<TaskRun>({
    path: optionalText(path),
    args: args?.map(textOf),
    dir: optionalText(dir),
    user: optionalText(user)
  })
}

function isOptions<T extends object>(value: Text | T, key: keyof T & string): value is T {
  return typeof value === 'object' && key in value
}

function optionalText(text: Text | undefined): string | undefined {
  return text === undefined ? undefined : textOf(text)
}
