import { list, on, value } from '../common/flags.ts'
import type { Positional, ProgramSpec } from '../common/go-flags.ts'

const required = (name: string): Positional => ({ name, required: true })
const optional = (name: string): Positional => ({ name })
const policyFlags = [
  value('protocol', { default: 'tcp' }),
  value('port', { default: '8080' }),
  value('o'),
  value('s')
]
const org = value('o', { short: 'o' })
const space = value('s', { short: 's' })

/** What the lab's cf can do, with the flags of the real one (cf CLI v7, command/v7/). */
export const commandLine: ProgramSpec = {
  flags: [on('verbose', 'v')],
  commands: {
    version: { flags: [] },
    api: { flags: [on('skip-ssl-validation'), on('unset')], positionals: [optional('URL')] },
    auth: {
      flags: [on('client-credentials'), value('origin')],
      positionals: [optional('USERNAME'), optional('PASSWORD')]
    },
    login: {
      aliases: ['l'],
      flags: [
        value('a', { short: 'a' }),
        value('u', { short: 'u' }),
        value('p', { short: 'p' }),
        org,
        space,
        on('skip-ssl-validation')
      ]
    },
    logout: { aliases: ['lo'], flags: [] },
    target: { aliases: ['t'], flags: [org, space] },
    orgs: { aliases: ['o'], flags: [] },
    spaces: { flags: [] },
    'create-org': { aliases: ['co'], flags: [], positionals: [required('ORG_NAME')] },
    'delete-org': { flags: [on('force', 'f')], positionals: [required('ORG_NAME')] },
    'create-space': { aliases: ['csp'], flags: [org], positionals: [required('SPACE_NAME')] },
    'delete-space': { flags: [org, on('force', 'f')], positionals: [required('SPACE_NAME')] },
    push: {
      aliases: ['p'],
      flags: [
        value('f', { short: 'f' }),
        value('path', { short: 'p' }),
        value('docker-image', { short: 'o' }),
        value('m', { short: 'm' }),
        value('instances', { short: 'i' }),
        value('health-check-type', { short: 'u' }),
        value('k', { short: 'k' }),
        list('var'),
        list('vars-file'),
        on('no-manifest'),
        on('no-route'),
        on('no-start')
      ],
      positionals: [optional('APP_NAME')]
    },
    apps: { aliases: ['a'], flags: [] },
    app: { flags: [on('guid')], positionals: [required('APP_NAME')] },
    start: { aliases: ['st'], flags: [], positionals: [required('APP_NAME')] },
    stop: { aliases: ['sp'], flags: [], positionals: [required('APP_NAME')] },
    delete: { aliases: ['d'], flags: [on('force', 'f'), on('r', 'r')], positionals: [required('APP_NAME')] },
    'add-network-policy': {
      flags: policyFlags,
      positionals: [required('SOURCE_APP'), required('DESTINATION_APP')]
    },
    'remove-network-policy': {
      flags: policyFlags,
      positionals: [required('SOURCE_APP'), required('DESTINATION_APP')]
    },
    'network-policies': { flags: [value('source')] },
    'feature-flag': { flags: [], positionals: [required('FEATURE_FLAG_NAME')] },
    'enable-feature-flag': { flags: [], positionals: [required('FEATURE_FLAG_NAME')] },
    'disable-feature-flag': { flags: [], positionals: [required('FEATURE_FLAG_NAME')] },
    'create-security-group': { flags: [], positionals: [required('SECURITY_GROUP'), required('PATH')] },
    'update-security-group': { flags: [], positionals: [required('SECURITY_GROUP'), required('PATH')] },
    'bind-running-security-group': { flags: [], positionals: [required('SECURITY_GROUP')] },
    ssh: {
      flags: [list('command', { short: 'c' }), value('app-instance-index', { short: 'i', default: '0' })],
      positionals: [required('APP_NAME')]
    },
    curl: {
      flags: [
        value('X', { short: 'X' }),
        list('H', { short: 'H' }),
        value('d', { short: 'd' }),
        on('i', 'i'),
        on('fail')
      ],
      positionals: [required('PATH')]
    }
  }
}
