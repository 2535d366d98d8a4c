import { Duration } from '../core/duration.ts'
import { given } from '../core/given.ts'
import { Hidden } from './hidden.ts'
import type { Artifact } from './artifact.ts'
import type { Json, Step, TaskStep } from './model.ts'
import { modify, type StepOptions } from './modifiers.ts'
import { remember } from './origin.ts'
import type { ParamsGiven, TaskSignature } from './signature.ts'
import { programsInput } from './task-file.ts'
import { isVariable } from './variable.ts'

/** How much longer than the task's own deadline its step waits, so that the task can end in good order. */
const stepGrace = Duration.minutes(2)

type InputsOf<T extends TaskSignature> = {
  readonly [K in keyof T['inputs'] as T['inputs'][K] extends { optional: true } ? never : K]: Artifact
} & {
  readonly [K in keyof T['inputs'] as T['inputs'][K] extends { optional: true } ? K : never]?: Artifact
}

/** Whether there is no key that must be given. */
type NeedsNothing<Wanted> = Partial<Wanted> extends Wanted ? true : false

export type TaskOptions<T extends TaskSignature> = StepOptions & {
  /** The step's name. @default the task's name */
  readonly as?: string
  /** The name in the plan for an output. @default the output's own name */
  readonly outputs?: { readonly [K in keyof T['outputs']]?: string }
} & (NeedsNothing<InputsOf<T>> extends true
    ? { readonly inputs?: InputsOf<T> }
    : { readonly inputs: InputsOf<T> }) &
  (NeedsNothing<ParamsGiven<T>> extends true
    ? { readonly params?: ParamsGiven<T> }
    : { readonly params: ParamsGiven<T> })

/** A task step and, by name, the artifacts that it leaves. */
export type TaskHandle<T extends TaskSignature> = Step & {
  readonly outputs: { readonly [K in keyof T['outputs']]: Artifact }
}

/** Where task programs come from in this plan, and the images they run in. */
export interface TaskSource<Image extends string> {
  /** The artifact that holds `tasks/<name>.yml` and its program. */
  readonly from: Artifact
  readonly images: Readonly<Record<Image, Artifact>>
}

type OptionsOf<T extends TaskSignature> =
  NeedsNothing<TaskOptions<T>> extends true ? [options?: TaskOptions<T>] : [options: TaskOptions<T>]

export type TaskConstructor<Image extends string> = <T extends TaskSignature & { readonly image: Image }>(
  task: T,
  ...options: OptionsOf<T>
) => TaskHandle<T>

/** The signature of a task step's task, so that a rule knows what the step takes and leaves. */
const signatureOfStep = new Hidden<TaskSignature>('signature')

export function signatureOf(step: Step): TaskSignature | undefined {
  return signatureOfStep.get(step)
}

/**
 * Gives the constructor for task steps of one plan. A missing input, a misspelt param or a secret in plain text
 * does not compile.
 */
export function tasksFrom<Image extends string>(source: TaskSource<Image>): TaskConstructor<Image> {
  const construct = <T extends TaskSignature & { readonly image: Image }>(task: T, ...rest: OptionsOf<T>) => {
    const options: LooseOptions = rest[0] ?? {}
    const inputs = renamed({ [programsInput]: source.from, ...options.inputs }, input => input.artifact)
    const outputs = renamed(options.outputs, name => name)
    const timeout =
      options.timeout ?? Duration.milliseconds(task.timeout.milliseconds + stepGrace.milliseconds)
    const step: TaskStep = {
      kind: 'task',
      name: options.as ?? task.name,
      ...given('params', converted(options.params, paramJson)),
      file: `${source.from.artifact}/tasks/${task.name}.yml`,
      image: source.images[task.image].artifact,
      ...given('input_mapping', inputs),
      ...given('output_mapping', outputs),
      ...given('tags', options.tags),
      timeout: String(timeout)
    }
    signatureOfStep.set(step, task)
    remember(step, construct, options.allow)
    const artifacts = Object.keys(task.outputs).map(name => [name, { artifact: outputs?.[name] ?? name }])
    const handle = Object.defineProperty(modify(step, options), 'outputs', {
      value: Object.fromEntries(artifacts) as unknown
    })
    return handle as TaskHandle<T>
  }
  return construct
}

/** The options as the body needs them; the compiler has checked them against the task by then. */
interface LooseOptions extends StepOptions {
  readonly as?: string
  readonly inputs?: Readonly<Record<string, Artifact | undefined>>
  readonly outputs?: Readonly<Record<string, string | undefined>>
  readonly params?: Readonly<Record<string, unknown>>
}

type Given<V> = Readonly<Record<string, V | undefined>> | undefined

/** A map of what was given; undefined where nothing was. */
function converted<V, R extends Json>(
  values: Given<V>,
  convert: (value: V) => R
): Record<string, R> | undefined {
  const entries = Object.entries(values ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, convert(value)] as const]
  )
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** As `converted`, without the entries in which the plan's name is the task's own. */
function renamed<V>(values: Given<V>, nameOf: (value: V) => string): Record<string, string> | undefined {
  const others = Object.entries(converted(values, nameOf) ?? {}).filter(([key, name]) => key !== name)
  return others.length === 0 ? undefined : Object.fromEntries(others)
}

function paramJson(value: unknown): Json {
  if (isVariable(value)) return value.toString()
  // Concourse turns booleans and numbers into text for the environment; say the text itself, so nothing is lost.
  if (typeof value === 'boolean' || typeof value === 'number') return String(value)
  // Text, and lists of it.
  return value as Json
}
