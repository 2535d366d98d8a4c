import type { Json, JsonObject, Prototype, Resource, ResourceType, VarSource } from '../concourse/model.ts'
import { call, object, optional, raw, text, type CallCode, type Code } from './code.ts'
import { dataCode, mapCode, optionalTexts, plainCode, textCode, timeCode } from './data-code.ts'
import { fixedText, typeCode, type Scope } from './scope.ts'
import { typedSource } from './typed-sources.ts'

/** The call that makes a resource: by the constructor of its type, where its source says no more than that knows. */
export function resourceDefinition(resource: Resource, scope: Scope): CallCode {
  const options = object({
    oldName: optional(resource.old_name, text),
    icon: optional(resource.icon, text),
    public: optional(resource.public, raw),
    webhookToken: optional(resource.webhook_token, value => textCode(value)),
    checkEvery: optional(resource.check_every, intervalCode),
    checkTimeout: optional(resource.check_timeout, timeCode),
    exposeBuildCreatedBy: optional(resource.expose_build_created_by, raw),
    tags: optionalTexts(resource.tags),
    version: optional(resource.version, plainCode)
  })
  const typed = scope.types.has(resource.type) ? undefined : typedSource(resource)
  if (typed !== undefined) return call(typed.constructor, text(resource.name), typed.source, options)
  const source = optional(resource.source, data => sourceCode(data, resource.name, scope))
  return withSource(
    call('resource', text(resource.name), typeCode(scope, resource.type), source, options),
    source
  )
}

export function typeDefinition(type: ResourceType, scope: Scope): CallCode {
  return typeCall('resourceType', type, scope)
}

export function prototypeCode(prototype: Prototype, scope: Scope): CallCode {
  return typeCall('prototype', prototype, scope)
}

function typeCall(constructor: string, type: ResourceType, scope: Scope): CallCode {
  const source = optional(type.source, data => sourceCode(data, type.name, scope))
  const options = object({
    defaults: optional(type.defaults, defaults => mapCode(defaults, scope, `${type.name}-defaults`)),
    privileged: optional(type.privileged, raw),
    checkEvery: optional(type.check_every, intervalCode),
    tags: optionalTexts(type.tags),
    params: optional(type.params, params => mapCode(params, scope, `${type.name}-params`))
  })
  return withSource(call(constructor, text(type.name), typeCode(scope, type.type), source, options), source)
}

/** An empty source is not the same as none. */
function withSource(code: CallCode, source: Code | undefined): CallCode {
  return source === undefined || code.args.length > 2 ? code : { ...code, args: [...code.args, source] }
}

function sourceCode(source: JsonObject, name: string, scope: Scope): Code {
  return mapCode(source, scope, `${name}-source`)
}

function intervalCode(value: string): Code {
  return value === 'never' ? fixedText(value) : timeCode(value)
}

export function varSourceCode({ name, type, config }: VarSource, scope: Scope): Code {
  const data = optional<Json>(config, value => dataCode(value, scope, `${name}-config`))
  const code = call('varSource', text(name), text(type), data)
  return data === undefined || code.args.length > 2 ? code : { ...code, args: [...code.args, data] }
}
