import type {
  ContainerLimits,
  ImageResource,
  JsonObject,
  TaskConfig,
  TaskRun,
  TaskStep
} from '../concourse/model.ts'
import { call, list, object, optional, raw, text, type Code } from './code.ts'
import { localTextCode, mapCode, optionalTexts, plainCode, textCode, timeCode } from './data-code.ts'
import type { Options } from './leaf-step-code.ts'
import { typeCode, type Scope } from './scope.ts'

export function taskCode(step: TaskStep, round: Options, scope: Scope): Code {
  return call(
    'task',
    localTextCode(step.name),
    object({
      file: optional(step.file, localTextCode),
      config: optional(step.config, config => configCode(config, step.name, scope)),
      image: optional(step.image, text),
      inputMapping: optional(step.input_mapping, mappingCode),
      outputMapping: optional(step.output_mapping, mappingCode),
      vars: optional(step.vars, vars => mapCode(vars, scope, `${step.name}-vars`)),
      params: optional(step.params, params => mapCode(params, scope, `${step.name}-params`)),
      privileged: optional(step.privileged, raw),
      hermetic: optional(step.hermetic, raw),
      containerLimits: optional(step.container_limits, limitsCode),
      tags: optionalTexts(step.tags),
      timeout: optional(step.timeout, timeCode),
      ...round
    })
  )
}

function mappingCode(mapping: Readonly<Record<string, string>>): Code {
  const entries = Object.entries(mapping).map(([key, artifact]) => ({ key, value: localTextCode(artifact) }))
  return { kind: 'object', entries }
}

export function limitsCode(limits: ContainerLimits): Code {
  return object({
    cpu: optional(limits.cpu, raw),
    memory: optional(limits.memory, plainCode)
  })
}

/** What a task file would say; `task` is the name of its step. */
export function configCode(config: TaskConfig, task: string, scope: Scope): Code {
  const code = object({
    platform: textCode(config.platform),
    imageResource: optional(config.image_resource, image => imageCode(image, scope)),
    rootfsUri: optional(config.rootfs_uri, textCode),
    inputs: optional(config.inputs, inputs => list(inputs, input => partCode(input, 'name'))),
    outputs: optional(config.outputs, outputs => list(outputs, output => partCode(output, 'name'))),
    caches: optional(config.caches, caches => list(caches, cache => partCode(cache, 'path'))),
    params: optional(config.params, params => mapCode(params, scope, `${task}-defaults`)),
    containerLimits: optional(config.container_limits, limitsCode),
    run: optional(config.run, program => runCode(program, task))
  })
  return { ...code, part: { sort: 'config', hint: `${task}-config` } }
}

export function imageCode(image: ImageResource, scope: Scope): Code {
  const code = object({
    name: optional(image.name, textCode),
    type: scope.types.has(image.type) ? typeCode(scope, image.type) : textCode(image.type),
    source: optional(image.source, source => mapCode(source, scope, 'image-source')),
    params: optional(image.params, params => mapCode(params, scope, 'image-params')),
    version: optional(image.version, plainCode),
    tags: optional(image.tags, tags => list(tags, tag => textCode(tag)))
  })
  return { ...code, part: { sort: 'image', hint: `${imageName(image.source)}-image` } }
}

/** `registry.example.com/team/golang` → `golang`. */
function imageName(source: JsonObject | undefined): string {
  const repository = source?.['repository']
  return typeof repository === 'string' ? (repository.split('/').at(-1) ?? '') : 'task'
}

/** An input, output or cache: its main key alone where there is no other. */
function partCode(
  part: {
    readonly name?: string
    readonly path?: string
    readonly optional?: boolean
    readonly ttl?: string
  },
  main: 'name' | 'path'
): Code {
  const alone = Object.keys(part).length === 1 ? part[main] : undefined
  if (alone !== undefined) return textCode(alone)
  return object({
    name: optional(part.name, value => textCode(value)),
    path: optional(part.path, value => textCode(value)),
    optional: optional(part.optional, raw),
    ttl: optional(part.ttl, timeCode)
  })
}

function runCode(program: TaskRun, task: string): Code {
  return object({
    path: optional(program.path, value => textCode(value)),
    args: optional(program.args, args => list(args, argument => textCode(argument, `${task}-script`))),
    dir: optional(program.dir, value => textCode(value)),
    user: optional(program.user, value => textCode(value))
  })
}
