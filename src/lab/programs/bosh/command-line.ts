import { list, on, value, type Flag } from '../common/flags.ts'
import type { CommandSpec, Positional } from '../common/go-flags.ts'

const path: Positional = { name: 'PATH', required: true }
const required = (name: string): Positional => ({ name, required: true })

/** Flags of the program itself; they may stand before and after the command. */
export const globalFlags: readonly Flag[] = [
  on('version', 'v'),
  value('config', { env: 'BOSH_CONFIG', default: '~/.bosh/config' }),
  value('environment', { short: 'e', env: 'BOSH_ENVIRONMENT' }),
  value('ca-cert', { env: 'BOSH_CA_CERT' }),
  { long: 'sha2', kind: 'switch', env: 'BOSH_SHA2' },
  value('parallel', { default: '5' }),
  value('client', { env: 'BOSH_CLIENT' }),
  value('client-secret', { env: 'BOSH_CLIENT_SECRET' }),
  value('deployment', { short: 'd', env: 'BOSH_DEPLOYMENT' }),
  list('column'),
  on('json'),
  { long: 'tty', kind: 'switch', env: 'BOSH_TTY' },
  on('no-color'),
  { long: 'non-interactive', short: 'n', kind: 'switch', env: 'BOSH_NON_INTERACTIVE' }
]

const varFlags: readonly Flag[] = [
  list('var', { short: 'v' }),
  list('var-file'),
  list('vars-file', { short: 'l' }),
  list('vars-env'),
  value('vars-store'),
  list('ops-file', { short: 'o' })
]

const envFlags: readonly Flag[] = [
  ...varFlags,
  on('skip-drain'),
  value('state'),
  on('recreate'),
  on('recreate-persistent-disks'),
  value('package-dir')
]

/** What the lab's bosh can do, with the flags of the real one (bosh-cli v7, cmd/opts/opts.go). */
export const commands: Readonly<Record<string, CommandSpec>> = {
  interpolate: {
    aliases: ['int'],
    flags: [...varFlags, value('path'), on('var-errs'), on('var-errs-unused')],
    positionals: [path]
  },
  environment: { aliases: ['env'], flags: [on('details')] },
  'create-env': { flags: envFlags, positionals: [path] },
  'delete-env': { flags: envFlags, positionals: [path] },

  deployments: { aliases: ['ds', 'deps'], flags: [] },
  deploy: {
    aliases: ['d'],
    flags: [
      ...varFlags,
      on('no-redact'),
      on('recreate'),
      on('recreate-persistent-disks'),
      value('recreate-vms-created-before'),
      on('fix'),
      on('fix-releases'),
      list('skip-drain', { alone: '*' }),
      on('skip-upload-releases'),
      value('canaries'),
      value('max-in-flight'),
      on('dry-run'),
      on('force-latest-variables')
    ],
    positionals: [path]
  },
  manifest: { aliases: ['man'], flags: [] },
  'delete-deployment': { aliases: ['deld'], flags: [on('force')] },
  variables: { aliases: ['vars'], flags: [] },

  vms: { flags: [on('vitals'), on('cloud-properties')] },
  instances: {
    aliases: ['is'],
    flags: [on('details', 'i'), on('vitals'), on('ps', 'p'), on('failing', 'f')]
  },
  ignore: { flags: [], positionals: [required('INSTANCE-GROUP/INSTANCE-ID')] },
  unignore: { flags: [], positionals: [required('INSTANCE-GROUP/INSTANCE-ID')] },
  'orphaned-vms': { flags: [] },
  disks: { flags: [on('orphaned', 'o')] },
  logs: {
    flags: [
      value('dir', { default: '.' }),
      on('follow', 'f'),
      value('num'),
      on('quiet', 'q'),
      list('job'),
      list('only'),
      on('agent'),
      on('system'),
      on('all-logs')
    ],
    positionals: [{ name: 'INSTANCE-GROUP[/INSTANCE-ID]' }]
  },

  errands: { aliases: ['es'], flags: [] },
  'run-errand': {
    flags: [
      list('instance'),
      on('keep-alive'),
      on('when-changed'),
      value('with-heartbeat', { alone: '30' }),
      on('download-logs'),
      value('logs-dir', { default: '.' })
    ],
    positionals: [required('NAME')]
  },

  tasks: { aliases: ['ts'], flags: [value('recent', { short: 'r', alone: '30' }), on('all', 'a')] },
  task: {
    aliases: ['t'],
    flags: [on('event'), on('cpi'), on('debug'), on('result'), on('all', 'a')],
    positionals: [{ name: 'ID' }]
  },
  'cancel-task': { aliases: ['ct'], flags: [], positionals: [required('ID')] },
  locks: { flags: [] },
  'clean-up': { flags: [on('all'), on('dry-run'), on('keep-orphaned-disks')] },
  curl: {
    flags: [
      value('method', { short: 'X', default: 'GET' }),
      list('header', { short: 'H' }),
      value('body'),
      on('show-headers', 'i')
    ],
    positionals: [path]
  },

  config: { aliases: ['c'], flags: [value('name'), value('type')], positionals: [{ name: 'ID' }] },
  configs: {
    aliases: ['cs'],
    flags: [value('name'), value('type'), value('recent', { short: 'r', alone: '1', default: '1' })]
  },
  'update-config': {
    aliases: ['uc'],
    flags: [
      ...varFlags,
      value('type', { required: true }),
      value('name', { required: true }),
      value('expected-latest-id')
    ],
    positionals: [path]
  },
  'delete-config': { aliases: ['dc'], flags: [value('type'), value('name')], positionals: [{ name: 'ID' }] },
  'cloud-config': { aliases: ['cc'], flags: [value('name', { default: '' })] },
  'update-cloud-config': {
    aliases: ['ucc'],
    flags: [...varFlags, value('name', { default: '' })],
    positionals: [path]
  },
  'runtime-config': { aliases: ['rc'], flags: [value('name', { default: '' })] },
  'update-runtime-config': {
    aliases: ['urc'],
    flags: [...varFlags, on('no-redact'), value('name', { default: '' }), on('fix-releases')],
    positionals: [path]
  },

  stemcells: { aliases: ['ss'], flags: [] },
  'upload-stemcell': {
    aliases: ['us'],
    flags: [on('fix'), value('name'), value('version'), value('sha1')],
    positionals: [required('URL')]
  },
  'delete-stemcell': {
    aliases: ['dels'],
    flags: [on('force')],
    positionals: [required('NAME/VERSION')]
  },
  releases: { aliases: ['rs'], flags: [] },
  'upload-release': {
    aliases: ['ur'],
    flags: [
      value('dir', { default: '.' }),
      on('rebase'),
      on('fix'),
      value('name'),
      value('version'),
      value('sha1'),
      value('stemcell')
    ],
    positionals: [{ name: 'URL' }]
  },
  'create-release': {
    aliases: ['cr'],
    flags: [
      value('dir', { default: '.' }),
      value('name'),
      value('version'),
      on('timestamp-version'),
      on('final'),
      value('tarball'),
      on('force')
    ]
  },
  'delete-release': {
    aliases: ['delr'],
    flags: [on('force')],
    positionals: [required('NAME[/VERSION]')]
  }
}

/** Commands of the real program that the lab has no use for so far. */
export const otherCommands: readonly string[] = [
  'add-blob',
  'alias-env',
  'attach-disk',
  'blobs',
  'cancel-tasks',
  'cloud-check',
  'completion',
  'cpi-config',
  'create-recovery-plan',
  'delete-disk',
  'delete-network',
  'delete-snapshot',
  'delete-snapshots',
  'delete-vm',
  'deployment',
  'diff-config',
  'environments',
  'event',
  'events',
  'export-release',
  'finalize-release',
  'generate-job',
  'generate-package',
  'help',
  'init-release',
  'inspect-local-release',
  'inspect-local-stemcell',
  'inspect-release',
  'log-in',
  'log-out',
  'networks',
  'orphan-disk',
  'pcap',
  'recover',
  'recreate',
  'remove-blob',
  'repack-stemcell',
  'reset-release',
  'restart',
  'scp',
  'sha1ify-release',
  'sha2ify-release',
  'snapshots',
  'ssh',
  'start',
  'start-env',
  'stop',
  'stop-env',
  'sync-blobs',
  'take-snapshot',
  'unalias-env',
  'update-cpi-config',
  'update-resurrection',
  'upload-blobs',
  'vendor-package'
]
