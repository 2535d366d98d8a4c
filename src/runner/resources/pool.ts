import { Duration } from '../../core/duration.ts'
import { gitFor } from './git-access.ts'
import { anything, flag, needless, refused, requiredText, text, textOf } from './keys.ts'
import { actionNames, poolAction } from './pool-actions.ts'
import { getLock, lockMetadata, newestChange } from './pool-get.ts'
import { changePool } from './pool-put.ts'
import type { Fault, InspectedStep, ResourceType } from './resource-type.ts'

/** Locks in a git repository (https://github.com/concourse/pool-resource, v1.8). */
export const pool: ResourceType = {
  name: 'pool',
  programs: ['git'],
  keys: {
    source: {
      uri: requiredText,
      branch: requiredText,
      pool: requiredText,
      private_key: text,
      private_key_user: text,
      private_key_passphrase: refused('a key with a passphrase needs an agent'),
      forward_agent: refused('there is no agent to forward'),
      username: text,
      password: text,
      git_config: anything,
      retry_delay: text,
      https_tunnel: refused('ssh goes straight to its server'),
      skip_ssl_verification: flag
    },
    get: { depth: needless },
    put: {
      acquire: flag,
      claim: text,
      release: text,
      add: text,
      add_claimed: text,
      remove: text,
      update: text,
      check: text,
      check_unclaimed: text
    }
  },
  inspect,

  async check(source, context) {
    return newestChange(await gitFor(source, context), source, context.scratch)
  },
  async get(request, context) {
    return getLock(await gitFor(request.source, context), request, context)
  },
  async put({ source, params, folder }, context) {
    const action = await poolAction(params, folder)
    const git = await gitFor(source, context)
    const { lock, ref } = await changePool(git, source, action, context)
    return { version: { ref }, metadata: lockMetadata(lock, source) }
  }
}

function inspect({ kind, source, params }: InspectedStep): readonly Fault[] {
  const delay = textOf(source, 'retry_delay')
  const faults: Fault[] = []
  if (delay !== undefined && !Duration.isReadable(delay)) {
    const message = `found ${JSON.stringify(delay)}, expected a duration, e.g. 10s`
    faults.push({ key: 'source.retry_delay', code: 'bad-duration', message })
  }
  if (kind === 'get') return faults
  const asked = actionNames.filter(name => params[name] !== undefined && params[name] !== false)
  if (asked.length === 1) return faults
  const found = asked.length === 0 ? 'none' : asked.join(' and ')
  const message = `found ${found}, expected one of ${actionNames.join(', ')}`
  return [...faults, { key: 'params', code: 'wrong-value', message }]
}
