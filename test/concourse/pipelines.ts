import fc from 'fast-check'
import type {
  ContainerLimits,
  CoreStep,
  Group,
  HookKind,
  Job,
  Pipeline,
  Resource,
  ResourceType,
  Step,
  TaskConfig
} from '../../src/concourse/model.ts'
import { awkwardTexts, jsonObject, key, text } from './awkward.ts'

// Pipelines as the types allow them, not as Concourse accepts them: names and references are of any kind.

const someText = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('repo', 'unit-1', 'build.fast') }, text)
const texts = fc.array(someText, { maxLength: 2 })
const textMap = fc.dictionary(key, text, { maxKeys: 2, noNullPrototype: true })
const count = fc.integer({ min: -1, max: 1000 })
const flag = fc.boolean()

/** A record in which all keys but the named ones may be absent. */
function some<T extends object>(
  keys: { readonly [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> },
  ...needed: (keyof T)[]
) {
  return fc.record(keys, { requiredKeys: needed }) as fc.Arbitrary<T>
}

const limits = some<ContainerLimits>({
  cpu: fc.nat(),
  memory: fc.oneof(fc.nat(), fc.constantFrom('1GB', '512', '5mib'))
})

const taskConfig = some<TaskConfig>(
  {
    platform: fc.constantFrom('linux', 'darwin', 'windows'),
    image_resource: some(
      { type: someText, source: jsonObject, params: jsonObject, version: textMap },
      'type',
      'source'
    ),
    inputs: fc.array(some({ name: someText, path: text, optional: flag }, 'name'), { maxLength: 2 }),
    outputs: fc.array(some({ name: someText, path: text }, 'name'), { maxLength: 2 }),
    caches: fc.array(fc.record({ path: text }), { maxLength: 2 }),
    params: jsonObject,
    run: some({ path: text, args: texts, dir: text, user: text }, 'path'),
    container_limits: limits
  },
  'platform',
  'run'
)

const leaf: fc.Arbitrary<CoreStep> = fc.oneof(
  some<Extract<Step, { kind: 'get' }>>(
    {
      kind: fc.constant('get'),
      name: someText,
      resource: someText,
      version: fc.oneof(fc.constantFrom('latest', 'every'), textMap),
      params: jsonObject,
      passed: texts,
      trigger: flag,
      tags: texts,
      timeout: text
    },
    'kind',
    'name'
  ),
  some<Extract<Step, { kind: 'put' }>>(
    {
      kind: fc.constant('put'),
      name: someText,
      resource: someText,
      params: jsonObject,
      inputs: fc.oneof(fc.constantFrom('detect', 'all'), texts),
      get_params: jsonObject,
      no_get: flag,
      tags: texts,
      timeout: text
    },
    'kind',
    'name'
  ),
  some<Extract<Step, { kind: 'task' }>>(
    {
      kind: fc.constant('task'),
      name: someText,
      file: text,
      config: taskConfig,
      image: someText,
      params: jsonObject,
      vars: jsonObject,
      input_mapping: textMap,
      output_mapping: textMap,
      privileged: flag,
      container_limits: limits,
      tags: texts,
      timeout: text
    },
    'kind',
    'name'
  )
)

const hookKinds = ['on_success', 'on_failure', 'on_abort', 'on_error', 'ensure'] as const satisfies HookKind[]

interface Modifiers {
  readonly timeout?: string
  readonly attempts?: number
  readonly hooks: Partial<Record<HookKind, Step>>
}

/** Nested as Concourse nests what stands in one map. */
function modified(core: CoreStep, { timeout, attempts, hooks }: Modifiers): Step {
  let step: Step = core
  const hasOwnTimeout = core.kind === 'get' || core.kind === 'put' || core.kind === 'task'
  if (timeout !== undefined && !hasOwnTimeout) step = { kind: 'timeout', step, timeout }
  if (attempts !== undefined) step = { kind: 'attempts', step, attempts }
  for (const kind of hookKinds) {
    const hook = hooks[kind]
    if (hook !== undefined) step = { kind, step, hook }
  }
  return step
}

const plans = fc.letrec<{ step: Step; core: CoreStep; steps: Step[]; modifiers: Modifiers; wild: Step }>(
  tie => ({
    steps: fc.array(tie('step'), { maxLength: 2 }),
    core: fc.oneof(
      { maxDepth: 2 },
      { weight: 3, arbitrary: leaf },
      fc.record({ kind: fc.constant('do'), steps: tie('steps') }),
      some<Extract<Step, { kind: 'in_parallel' }>>(
        { kind: fc.constant('in_parallel'), steps: tie('steps'), limit: count, fail_fast: flag },
        'kind',
        'steps'
      ),
      fc.record({ kind: fc.constant('try'), step: tie('step') })
    ),
    modifiers: fc.record(
      {
        timeout: text,
        attempts: count,
        hooks: fc.dictionary(fc.constantFrom(...hookKinds), tie('step'), {
          maxKeys: 2,
          noNullPrototype: true
        })
      },
      { requiredKeys: ['hooks'] }
    ),
    step: fc.oneof(
      { maxDepth: 2 },
      { weight: 4, arbitrary: tie('core') },
      fc.tuple(tie('core'), tie('modifiers')).map(([core, modifiers]) => modified(core, modifiers))
    ),
    wild: fc.oneof(
      { maxDepth: 6 },
      leaf,
      fc.record({ kind: fc.constant('timeout'), step: tie('wild'), timeout: text }),
      fc.record({ kind: fc.constant('attempts'), step: tie('wild'), attempts: count }),
      fc.record({ kind: fc.constantFrom(...hookKinds), step: tie('wild'), hook: leaf })
    )
  })
)

/** A step nested as it would be read. */
export const step: fc.Arbitrary<Step> = plans.step

/** A step with modifiers in any order, as code may nest them. */
export const wildStep: fc.Arbitrary<Step> = plans.wild

const job = some<Job>(
  {
    name: fc.oneof(someText, fc.constantFrom(...awkwardTexts)),
    old_name: text,
    public: flag,
    serial: flag,
    serial_groups: texts,
    max_in_flight: count,
    interruptible: flag,
    disable_manual_trigger: flag,
    build_log_retention: some({ days: count, builds: count, minimum_succeeded_builds: count }),
    plan: fc.array(step, { maxLength: 3 }),
    on_success: step,
    on_failure: step,
    on_abort: step,
    on_error: step,
    ensure: step
  },
  'name',
  'plan'
)

export const pipeline = some<Pipeline>(
  {
    groups: fc.array(some<Group>({ name: someText, jobs: texts, resources: texts }, 'name'), {
      maxLength: 2
    }),
    resource_types: fc.array(
      some<ResourceType>(
        {
          name: someText,
          type: someText,
          source: jsonObject,
          defaults: jsonObject,
          privileged: flag,
          check_every: text,
          tags: texts,
          params: jsonObject
        },
        'name',
        'type',
        'source'
      ),
      { maxLength: 2 }
    ),
    resources: fc.array(
      some<Resource>(
        {
          name: someText,
          type: someText,
          source: jsonObject,
          old_name: text,
          icon: text,
          public: flag,
          webhook_token: text,
          check_every: text,
          check_timeout: text,
          tags: texts,
          version: textMap
        },
        'name',
        'type',
        'source'
      ),
      { maxLength: 2 }
    ),
    jobs: fc.array(job, { maxLength: 2 })
  },
  'resources',
  'jobs'
)
