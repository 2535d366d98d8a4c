import { readYaml } from '../../../manifest/read-yaml.ts'
import { at, isMap, textAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import { messageOf } from '../../../core/errors.ts'
import { json, noContent, type Response } from '../../http/router.ts'
import type { DirectorContext } from '../context.ts'
import { diff } from '../diff.ts'
import { DirectorError } from '../director-error.ts'
import type { ConfigRecord } from '../model.ts'
import { jsonBody, type AuthorizedRequest, type Controller } from './request.ts'

/** The latest config of each name of a type, or of all types: those that a deploy takes. */
export function latestConfigs(
  { saved }: DirectorContext,
  type?: string,
  name?: string
): readonly ConfigRecord[] {
  const latest = new Map<string, ConfigRecord>()
  for (const config of saved.data.configs) {
    const isAsked = (type ?? config.type) === config.type && (name ?? config.name) === config.name
    if (isAsked) latest.set(`${config.type}/${config.name}`, config)
  }
  return [...latest.values()].filter(({ isDeleted }) => !isDeleted)
}

export function listConfigs(context: DirectorContext): Controller {
  return ({ query }) => {
    const type = query.get('type') ?? undefined
    const name = query.get('name') ?? undefined
    const limit = Number(query.get('limit') ?? '1')
    if (!Number.isInteger(limit)) throw new DirectorError(440010, "'limit' must be a number")
    if (limit < 1) throw new DirectorError(440010, "'limit' must be larger than zero")
    const latest = latestConfigs(context, type, name)
    const found = latest.flatMap(({ type: ofType, name: ofName }) =>
      context.saved.data.configs
        .filter(config => !config.isDeleted && config.type === ofType && config.name === ofName)
        .toReversed()
        .slice(0, limit)
    )
    return json(found.sort(inOrder).map(config => shown(context, config)))
  }
}

/** By type, the one named `default` first. */
function inOrder(left: ConfigRecord, right: ConfigRecord): number {
  const keyOf = ({ type, name }: ConfigRecord): string => `${type} ${name === 'default' ? 0 : 1} ${name}`
  return keyOf(left) < keyOf(right) ? -1 : keyOf(left) > keyOf(right) ? 1 : right.id - left.id
}

export function getConfig(context: DirectorContext): Controller {
  return ({ params }) => json(shown(context, find(context, params['id'] ?? '')))
}

export function updateConfig(context: DirectorContext): Controller {
  return async request => {
    const body = await jsonBody(request)
    const { type, name, content } = required(body)
    contentOf(content)
    const current = latestConfigs(context, type, name)[0]
    const expected = at(body, 'expected_latest_id')
    const currentId = String(current?.id ?? 0)
    if (typeof expected === 'string' && expected !== currentId) {
      const description = `Latest Id: '${currentId}' does not match expected latest id`
      return json({ latest_id: currentId, expected_latest_id: expected, description }, 412)
    }
    const isSame = current?.content === content
    return json(shown(context, isSame ? current : addConfig(context, type, name, content)), 201)
  }
}

/** Endpoints of their own for one type, which older commands of the CLI use. */
export function updateTypedConfig(context: DirectorContext, type: string): Controller {
  return async request => {
    const content = (await request.body()).toString()
    contentOf(content)
    const name = nameIn(request)
    if (latestConfigs(context, type, name)[0]?.content !== content) addConfig(context, type, name, content)
    return { status: 201 }
  }
}

export function listTypedConfigs(context: DirectorContext, type: string): Controller {
  return request => {
    const found = latestConfigs(context, type, nameIn(request))
    return json(found.map(({ content, createdAt }) => ({ properties: content, created_at: createdAt })))
  }
}

export function diffTypedConfig(context: DirectorContext, type: string): Controller {
  return async request => {
    const after = (await request.body()).toString()
    return diffAnswer(latestConfigs(context, type, nameIn(request))[0]?.content ?? '{}', after)
  }
}

export function diffConfig(context: DirectorContext): Controller {
  return async request => {
    const body = await jsonBody(request)
    if (at(body, 'from') !== undefined) {
      return diffAnswer(side(context, at(body, 'from')), side(context, at(body, 'to')))
    }
    const { type, name, content } = required(body)
    const current = latestConfigs(context, type, name)[0]
    return diffAnswer(current?.content ?? '{}', content, { from: { id: String(current?.id ?? 0) } })
  }
}

export function deleteConfig(context: DirectorContext): Controller {
  return ({ query }) => {
    const [type, name] = ['type', 'name'].map(key => {
      const value = query.get(key)
      if (value === null || value === '') throw new DirectorError(440010, `'${key}' is required`)
      return value
    })
    const found = context.saved.data.configs.filter(
      config => !config.isDeleted && config.type === type && config.name === name
    )
    return remove(context, found)
  }
}

export function deleteConfigById(context: DirectorContext): Controller {
  return ({ params }) => remove(context, [find(context, params['id'] ?? '')])
}

function remove({ saved }: DirectorContext, configs: readonly ConfigRecord[]): Response {
  for (const config of configs) config.isDeleted = true
  saved.touch()
  return configs.length > 0 ? noContent : { status: 404 }
}

function addConfig({ saved }: DirectorContext, type: string, name: string, content: string): ConfigRecord {
  const id = saved.data.nextConfig++
  const config = { id, type, name, content, createdAt: new Date().toISOString(), isDeleted: false }
  saved.data.configs.push(config)
  saved.touch()
  return config
}

function find({ saved }: DirectorContext, id: string): ConfigRecord {
  const found = saved.data.configs.find(config => !config.isDeleted && String(config.id) === id)
  if (found === undefined) throw new DirectorError(440012, `Config ${id} not found`, 404)
  return found
}

function side(context: DirectorContext, value: Value | undefined): string {
  const id = textAt(value, 'id') ?? ''
  return id === '' ? (textAt(value, 'content') ?? '') : find(context, id).content
}

function required(body: ValueMap): { type: string; name: string; content: string } {
  const [type, name, content] = ['type', 'name', 'content'].map(key => {
    const value = textAt(body, key)
    if (value === undefined || value === '') throw new DirectorError(440010, `'${key}' is required`)
    return value
  })
  return { type: type ?? '', name: name ?? '', content: content ?? '' }
}

function nameIn({ query }: AuthorizedRequest): string {
  const name = query.get('name') ?? ''
  return name === '' ? 'default' : name
}

function contentOf(content: string): ValueMap {
  let read: Value
  try {
    read = readYaml(content)
  } catch (thrown) {
    throw new DirectorError(440011, `Config must be valid YAML: ${messageOf(thrown)}`)
  }
  if (isMap(read)) return read
  throw new DirectorError(440011, 'YAML hash expected')
}

function diffAnswer(before: string, after: string, rest: object = {}): Response {
  try {
    return json({ diff: diff(contentOf(before), contentOf(after)), ...rest })
  } catch (thrown) {
    if (!(thrown instanceof DirectorError)) throw thrown
    return json({ diff: [], error: `Unable to diff config content: ${thrown.message}` }, 400)
  }
}

function shown(context: DirectorContext, config: ConfigRecord): object {
  const { id, type, name, content, createdAt } = config
  const current = latestConfigs(context, type, name)[0]?.id === id
  return { id: String(id), type, name, content, team: null, created_at: createdAt, current }
}
