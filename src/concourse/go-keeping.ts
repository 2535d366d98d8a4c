import type { KeyForm } from './form.ts'
import { goDuration } from './go-duration.ts'
import { goJson } from './go-json.ts'
import { isList, isMap } from './json.ts'
import type { Json } from './model.ts'

/** What Concourse keeps of the value of a key, or of its absence; undefined leaves the key out. */
export type Keeping = (value: Json | undefined) => Json | undefined

/** `owner` is the name of the object, the kind of the step, or `modifiers`. */
export function keepingOf(owner: string, row: KeyForm): Keeping {
  return special.get(`${owner}.${row.key}`) ?? (row.key === 'tags' ? tags : usualOf(row))
}

/** Go leaves out what is empty, unless a pointer tells it from what is absent. */
function usualOf({ form: { kind }, isRequired }: KeyForm): Keeping {
  const isPlain = kind === 'scalar' || kind === 'list' || kind === 'map'
  return isPlain && !isRequired ? unlessEmpty : always
}

const always: Keeping = value => value

const unlessEmpty: Keeping = value => (value === undefined || isEmpty(value) ? undefined : value)

function isEmpty(value: Json): boolean {
  if (isList(value)) return value.length === 0
  if (isMap(value)) return Object.keys(value).length === 0
  return value === '' || value === 0 || value === false
}

/** Keys of which the form does not say it (concourse v8.3, the structs of atc, their tags and methods). */
const special: ReadonlyMap<string, Keeping> = new Map<string, Keeping>([
  ...each('Pipeline.jobs Pipeline.resources TaskConfig.platform TaskCache.path', unlessEmpty),
  ...each('set_pipeline.file load_var.file Branches.steps', unlessEmpty),
  ...each('ContainerLimits.cpu AcrossVar.max_in_flight', always),
  ...each('modifiers.across modifiers.attempts modifiers.timeout', always),
  ...each('Resource.source ResourceType.source Prototype.source ImageResource.source', orNull),
  ...each('VarSource.config', orNull),
  ...each('ImageResource.name TaskRun.path', value => value ?? ''),
  ...each('Resource.check_every ResourceType.check_every Prototype.check_every', interval),
  ...each('ContainerLimits.memory', bytes),
  ...each('task.params TaskConfig.params', environment),
  ...each('TaskConfig.run', unlessBlank),
  ...each('put.inputs', value => (isList(value) ? value.map(trimmed) : value)),
  ...each('in_parallel.in_parallel', value => (isList(value) ? { steps: value } : value))
])

function each(keys: string, keeping: Keeping): (readonly [string, Keeping])[] {
  return keys.split(' ').map(key => [key, keeping])
}

function orNull(value: Json | undefined): Json {
  return value ?? null
}

/** Tags without a name are none. */
function tags(value: Json | undefined): Json | undefined {
  return unlessEmpty(isList(value) ? value.filter(tag => tag !== '') : value)
}

/** What is no length of time is refused by fly, and stays as it is here. */
function interval(value: Json | undefined): Json | undefined {
  const duration = typeof value === 'string' ? goDuration(value) : undefined
  return duration === '0s' ? '' : (duration ?? value)
}

const powers: Readonly<Record<string, number>> = { K: 10, M: 20, G: 30 }

function bytes(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value
  const [, amount = '', unit = ''] = /^([0-9]+)([KMG]?)/i.exec(value) ?? []
  return Number(amount) * 2 ** (powers[unit.toUpperCase()] ?? 0)
}

/** Params of a task are text, whatever they were. */
function environment(value: Json | undefined): Json | undefined {
  if (!isMap(value)) return value
  return unlessEmpty(Object.fromEntries(Object.entries(value).map(([key, param]) => [key, paramText(param)])))
}

function paramText(value: Json): string {
  if (typeof value === 'string') return value
  return value === null ? '' : goJson(value)
}

/** Its path would be there even where it is empty, but for a run that says nothing at all. */
function unlessBlank(value: Json | undefined): Json | undefined {
  return isMap(value) && Object.values(value).every(part => part === '') ? undefined : value
}

/** Of Unicode's blanks, Go leaves the byte order mark. */
function trimmed(value: Json): Json {
  return typeof value === 'string' ? value.replace(/^(?:(?!\ufeff)\s)+|(?:(?!\ufeff)\s)+$/g, '') : value
}
