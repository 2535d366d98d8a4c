import { list, on, value } from '../common/flags.ts'
import type { ProgramSpec } from '../common/go-flags.ts'

const json = on('output-json', 'j')

/** What the lab's credhub can do, with the flags of the real one (credhub-cli v2.9, commands/). */
export const commandLine: ProgramSpec = {
  flags: [on('version'), value('http-timeout', { env: 'CREDHUB_HTTP_TIMEOUT' })],
  commandIsOptional: true,
  commands: {
    login: {
      aliases: ['l'],
      flags: [
        value('username', { short: 'u' }),
        value('password', { short: 'p' }),
        value('client-name', { env: 'CREDHUB_CLIENT' }),
        value('client-secret', { env: 'CREDHUB_SECRET' }),
        value('server', { short: 's', env: 'CREDHUB_SERVER' }),
        list('ca-cert', { env: 'CREDHUB_CA_CERT' }),
        on('skip-tls-validation')
      ]
    },
    logout: { aliases: ['o'], flags: [] },
    get: {
      aliases: ['g'],
      flags: [
        value('name', { short: 'n' }),
        value('id'),
        value('versions'),
        json,
        on('quiet', 'q'),
        value('key', { short: 'k' })
      ]
    },
    find: {
      aliases: ['f'],
      flags: [value('name-like', { short: 'n' }), value('path', { short: 'p' }), json]
    },
    set: {
      aliases: ['s'],
      flags: [
        value('name', { short: 'n', required: true }),
        value('type', { short: 't' }),
        value('value', { short: 'v' }),
        value('ca-name', { short: 'm' }),
        value('root', { short: 'r' }),
        value('certificate', { short: 'c' }),
        value('private', { short: 'p' }),
        value('public', { short: 'u' }),
        value('username', { short: 'z' }),
        value('password', { short: 'w' }),
        json,
        value('metadata')
      ]
    },
    generate: {
      aliases: ['n'],
      flags: [
        value('name', { short: 'n', required: true }),
        value('type', { short: 't' }),
        on('no-overwrite', 'O'),
        json,
        value('username', { short: 'z' }),
        value('length', { short: 'l' }),
        on('include-special', 'S'),
        on('exclude-number', 'N'),
        on('exclude-upper', 'U'),
        on('exclude-lower', 'L'),
        value('ssh-comment', { short: 'm' }),
        value('key-length', { short: 'k' }),
        value('duration', { short: 'd' }),
        value('common-name', { short: 'c' }),
        value('organization', { short: 'o' }),
        value('organization-unit', { short: 'u' }),
        value('locality', { short: 'i' }),
        value('state', { short: 's' }),
        value('country', { short: 'y' }),
        list('alternative-name', { short: 'a' }),
        list('key-usage', { short: 'g' }),
        list('ext-key-usage', { short: 'e' }),
        value('ca'),
        on('is-ca'),
        on('self-sign'),
        value('metadata')
      ]
    },
    delete: {
      aliases: ['d'],
      flags: [value('name', { short: 'n' }), value('path', { short: 'p' }), on('quiet', 'q')]
    }
  }
}
