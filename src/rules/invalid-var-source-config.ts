import { isMap } from '../concourse/json.ts'
import type { Json, JsonObject } from '../concourse/model.ts'
import { namesWithin } from '../concourse/references.ts'
import { nearestName } from '../core/nearest.ts'
import { varSourceTypes, type VarSourceType } from './var-source-settings.ts'
import type { Report, Rule } from './rule.ts'

/** Concourse makes each var source before it takes a pipeline. What a var will say is not known here. */
export const invalidVarSourceConfig: Rule = {
  code: 'invalid-var-source-config',
  summary: 'The config of a var source is none that its type takes.',
  level: 'error',
  pipeline({ pipeline }, report) {
    for (const { name, type, config } of pipeline.var_sources ?? []) {
      const known = varSourceTypes.get(type)
      if (known !== undefined && !isOpen(config)) checkConfig(config, known, `var_sources.${name}`, report)
    }
  }
}

/** A var as the whole of a value may become anything. */
function isOpen(config: Json | undefined): boolean {
  return typeof config === 'string' && namesWithin(config).length > 0
}

function checkConfig(config: Json | undefined, type: VarSourceType, at: string, report: Report): void {
  const path = `${at}.config`
  if (!isMap(config)) {
    const isNothing = config === undefined || config === null
    if (isNothing && !type.needsConfig) return
    report(
      isNothing ? at : path,
      `found ${isNothing ? 'no config' : 'a config that is no map'}, expected a map`
    )
    return
  }
  const keys = Object.keys(config)
  const known: JsonObject = type.isStruct
    ? Object.fromEntries(keys.map(key => [key.toLowerCase(), config[key] ?? null]))
    : config
  for (const key of keys) checkSetting(key, config[key] ?? null, type, path, report)
  if (keys.some(key => namesWithin(key).length > 0)) return
  const lacking = type.lacks?.(known)
  if (lacking === undefined || (lacking.startsWith('vars') && isOpen(known['vars']))) return
  report(path, `found no ${lacking}, expected one`, { hint: `add ${lacking}` })
}

function checkSetting(key: string, value: Json, type: VarSourceType, path: string, report: Report): void {
  const { settings, isStruct } = type
  if (settings === undefined || namesWithin(key).length > 0) return
  const setting = settings[isStruct ? key.toLowerCase() : key]
  if (setting === undefined) {
    const meant = nearestName(key, Object.keys(settings))
    report(`${path}.${key}`, `found ${key}, which the type does not have`, {
      hint: meant === undefined ? 'remove it' : `write ${meant}`
    })
    return
  }
  if ((isStruct && value === null) || namesWithin(value).length > 0 || setting.accepts(value)) return
  report(`${path}.${key}`, `found ${JSON.stringify(value).slice(0, 60)}, expected ${setting.expected}`)
}
