import type { Step } from '../concourse/model.ts'
import { certainSecretIn, isPlaceholder, isSecretName } from '../core/secrets.ts'
import { visitTexts } from './json-texts.ts'
import type { Report, Rule } from './rule.ts'

/** Who may see the pipeline, in Concourse or in its repository, sees what it says. No message shows a secret. */
export const plainSecret: Rule = {
  code: 'plain-secret',
  summary: 'A secret stands in the pipeline in plain text.',
  level: 'error',
  pipeline({ pipeline }, report) {
    for (const section of ['resources', 'resource_types', 'prototypes', 'var_sources'] as const) {
      for (const part of pipeline[section] ?? [])
        checkKeys(part, `${section}.${part.name}`, keysOfParts, report)
    }
  },
  job({ steps }, report) {
    for (const { step, path } of steps) checkKeys(step, path, keysOfSteps[step.kind], report)
  }
}

/** Whether what is under a key is text of the author, in which names like `password` tell of secrets, or a script. */
type Keys = Readonly<Record<string, 'values' | 'script'>>

const keysOfParts: Keys = {
  source: 'values',
  params: 'values',
  defaults: 'values',
  config: 'values',
  webhook_token: 'values'
}

const keysOfSteps: { readonly [K in Step['kind']]?: Keys } = {
  get: { params: 'values' },
  put: { params: 'values', get_params: 'values' },
  task: { params: 'values', vars: 'values', config: 'script' },
  set_pipeline: { vars: 'values', instance_vars: 'values' },
  run: { params: 'values' }
}

function checkKeys(part: object, path: string, keys: Keys | undefined, report: Report): void {
  if (keys === undefined) return
  const said = part as Readonly<Record<string, unknown>>
  for (const key in keys) {
    if (said[key] === undefined || !mayTell(said[key], key)) continue
    const isScript = keys[key] === 'script'
    visitTexts(said[key], `${path}.${key}`, key, (text, at, innermost) => {
      checkText(text, at, innermost, isScript, report)
    })
  }
}

/** Most values have nothing to tell, which is found out without writing down where each part of them stands. */
function mayTell(value: unknown, key: string): boolean {
  if (typeof value === 'string') return secretIn(value, key, true) !== undefined
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(item => mayTell(item, key))
  const map = value as Readonly<Record<string, unknown>>
  for (const inner in map) if (mayTell(map[inner], inner)) return true
  return false
}

const hint = 'put it into the credential manager, and write its ((var)) here'

function checkText(text: string, path: string, key: string, isInScript: boolean, report: Report): void {
  const found = secretIn(text, key, !(isInScript && isNoValue(path)))
  if (found === undefined) return
  const { what, isCertain } = found
  report(path, `found ${what}, expected a ((var))`, isCertain ? { hint } : { hint, severity: 'warning' })
}

interface Secret {
  readonly what: string
  readonly isCertain: boolean
}

/** What of a text is a secret. The name of its key counts where it is a value: all that tells of what is none tells of a value too. */
function secretIn(text: string, key: string, isValue: boolean): Secret | undefined {
  const certain = certainSecretIn(text)
  if (certain !== undefined) return { what: certain, isCertain: true }
  if (isValue && tellsOfSecret(key) && isLiteral(text)) {
    return { what: `plain text of ${text.length} characters as ${key}`, isCertain: false }
  }
  return hasPassword(text) ? { what: 'an address with a password in it', isCertain: false } : undefined
}

/** Whether a key says that its value is a secret; asked again and again of the same few keys. */
function tellsOfSecret(key: string): boolean {
  const known = asked.get(key)
  if (known !== undefined) return known
  const tells = isSecretName(key.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2'))
  if (asked.size < mostAsked) asked.set(key, tells)
  return tells
}

const asked = new Map<string, boolean>()
const mostAsked = 1000

/** Of a task's config, what is no value of the author: its program, and the names of what it takes and leaves. */
function isNoValue(path: string): boolean {
  return /\.run\.|\.(?:in|out)puts\[|\.caches\[/.test(path)
}

/** Whether a text may be a secret itself: no var, no name of a file, nothing that stands for no secret. */
function isLiteral(text: string): boolean {
  if (text.trim() === '' || isFilledIn(text) || isPlaceholder(text)) return false
  if (/^(?:true|false|yes|no|on|off|none|null|~|x-oauth-basic|x-token-auth|oauth2)$/i.test(text)) return false
  return !/^(?:\.{0,2}\/|~\/)|^[\w.-]+(?:\/[\w.-]+)*\.(?:json|ya?ml|pem|key|txt|crt)$/.test(text)
}

/** Whether fly, a shell or what makes the pipeline puts something in its place. */
function isFilledIn(text: string): boolean {
  return /\(\(|\{\{|<%|\$/.test(text)
}

/** An address like `https://name:password@host`, other than of the machine itself. */
function hasPassword(text: string): boolean {
  if (!text.includes('://')) return false
  const [, password = '', host = ''] =
    /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:([^/\s@]+)@([^/\s:]+)/i.exec(text) ?? []
  return isLiteral(password) && !/^(?:localhost|127\.)|^[\w-]*$/.test(host)
}
