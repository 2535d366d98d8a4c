import { isMap, isList } from '../concourse/json.ts'
import type { Json, JsonObject } from '../concourse/model.ts'
import { Duration } from '../core/duration.ts'

/** One setting of a var source's config. */
export interface Setting {
  readonly expected: string
  readonly accepts: (value: Json) => boolean
}

/** What Concourse asks of the config of a type of var source. */
export interface VarSourceType {
  /** Undefined where any key is taken. */
  readonly settings: Readonly<Record<string, Setting>> | undefined
  /** The keys are those of a Go struct, for which case is no matter, and nothing is the same as no key. */
  readonly isStruct: boolean
  readonly needsConfig: boolean
  /** What is missing as a whole; keys in lower case. */
  readonly lacks?: (config: JsonObject) => string | undefined
}

const text: Setting = { expected: 'text', accepts: value => typeof value === 'string' }
const filled: Setting = {
  expected: 'text that is not empty',
  accepts: value => typeof value === 'string' && value !== ''
}
const flag: Setting = { expected: 'true or false', accepts: value => typeof value === 'boolean' }
const texts: Setting = {
  expected: 'a list of texts',
  accepts: value => isList(value) && value.every(text.accepts)
}
const textMap: Setting = {
  expected: 'a map of texts',
  accepts: value => isMap(value) && Object.values(value).every(text.accepts)
}
const anything: Setting = { expected: 'anything', accepts: () => true }
const address: Setting = {
  expected: 'an address by http or https, with a host',
  accepts: value => typeof value === 'string' && /^https?:\/\/(?:[^/?#@]*@)?[^/?#:@]/i.test(value)
}
const duration: Setting = {
  expected: 'a duration such as 1h30m',
  accepts: value => typeof value === 'number' || (typeof value === 'string' && isDuration(value))
}
const upToADay: Setting = {
  expected: 'a duration of at most 24h',
  accepts: value => typeof value === 'string' && isDuration(value) && !isOverADay(value)
}

function oneOf(...words: readonly string[]): Setting {
  return {
    expected: words.filter(word => word !== '').join(' or '),
    accepts: value => typeof value === 'string' && words.includes(value)
  }
}

/** Go takes a sign, too. */
function isDuration(value: string): boolean {
  return Duration.isReadable(value.replace(/^[-+]/, ''))
}

function isOverADay(value: string): boolean {
  const parsed = Duration.tryParse(value)
  return parsed !== undefined && parsed.milliseconds > Duration.hours(24).milliseconds
}

function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** Keys of AWS come in pairs; without any, it looks for them where the process runs. */
function lacksKey({
  access_key: access,
  secret_key: secret,
  session_token: token
}: JsonObject): string | undefined {
  if (![access, secret, token].some(isGiven)) return undefined
  return isGiven(access) ? (isGiven(secret) ? undefined : 'secret_key') : 'access_key'
}

const aws = {
  access_key: text,
  secret_key: text,
  session_token: text,
  region: text,
  pipeline_secret_template: filled,
  team_secret_template: filled
}

/** concourse v8.3, atc/creds: the manager.go and manager_factory.go of each. */
export const varSourceTypes: ReadonlyMap<string, VarSourceType> = new Map<string, VarSourceType>([
  [
    'vault',
    {
      isStruct: true,
      needsConfig: true,
      settings: {
        url: address,
        path_prefix: filled,
        lookup_templates: texts,
        shared_path: text,
        namespace: text,
        login_timeout: duration,
        query_timeout: duration,
        enable_kv_mount_cache: flag,
        disable_srv_lookup: flag,
        ca_cert: text,
        cacertfile: text,
        capath: text,
        client_cert: text,
        clientcertfile: text,
        client_key: text,
        clientkeyfile: text,
        server_name: text,
        insecure_skip_verify: flag,
        client_token: text,
        client_token_path: text,
        auth_backend: text,
        auth_backend_max_ttl: duration,
        auth_retry_max: duration,
        auth_retry_initial: duration,
        auth_params: textMap,
        // Fields that are there for the program alone, and that it would read all the same.
        client: anything,
        reauther: anything,
        secretfactory: anything
      },
      lacks: ({ url, client_token, client_token_path, auth_backend }) => {
        if (!isGiven(url)) return 'url'
        return [client_token, client_token_path, auth_backend].some(isGiven)
          ? undefined
          : 'client_token or auth_backend'
      }
    }
  ],
  [
    'ssm',
    {
      isStruct: true,
      needsConfig: false,
      settings: { ...aws, shared_path: text, ssm: anything },
      lacks: lacksKey
    }
  ],
  [
    'secretsmanager',
    {
      isStruct: true,
      needsConfig: false,
      settings: { ...aws, shared_secret_template: filled, secretmanager: anything },
      lacks: lacksKey
    }
  ],
  [
    'dummy',
    {
      isStruct: false,
      needsConfig: true,
      settings: undefined,
      lacks: ({ vars }) => (isMap(vars) ? undefined : 'vars, a map')
    }
  ],
  [
    'idtoken',
    {
      isStruct: false,
      needsConfig: true,
      settings: {
        audience: texts,
        subject_scope: oneOf('', 'team', 'pipeline', 'instance', 'job'),
        expires_in: upToADay,
        algorithm: oneOf('RS256', 'ES256')
      }
    }
  ]
])
