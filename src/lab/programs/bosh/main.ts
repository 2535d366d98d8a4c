import { UserError } from '../../../core/errors.ts'
import { CloudError } from '../../cloud/cloud-error.ts'
import { FaultStruck } from '../../faults.ts'
import { readCommandLine, noCommand, UsageError, type CommandLine } from '../common/go-flags.ts'
import type { ProgramEdge } from '../common/program.ts'
import { BoshError, multiline } from './bosh-error.ts'
import { commands, globalFlags, otherCommands } from './command-line.ts'
import { createSession, type Session } from './session.ts'
import { Ui } from './ui.ts'

type Command = (session: Session) => Promise<void>

/** Each command is loaded only when it is called. */
const handlers: Readonly<Record<string, () => Promise<Command>>> = {
  interpolate: async () => (await import('./commands/interpolate.ts')).interpolateCommand,
  environment: async () => (await import('./commands/environment.ts')).environment,
  'create-env': async () => (await import('./commands/create-env.ts')).createEnvCommand,
  'delete-env': async () => (await import('./commands/create-env.ts')).deleteEnvCommand,
  deployments: async () => (await import('./commands/deployments.ts')).deployments,
  manifest: async () => (await import('./commands/deployments.ts')).manifest,
  'delete-deployment': async () => (await import('./commands/deployments.ts')).deleteDeployment,
  variables: async () => (await import('./commands/deployments.ts')).variables,
  deploy: async () => (await import('./commands/deploy.ts')).deploy,
  vms: async () => (await import('./commands/instances.ts')).vms,
  instances: async () => (await import('./commands/instances.ts')).instances,
  ignore: async () => (await import('./commands/ignore.ts')).ignore,
  unignore: async () => (await import('./commands/ignore.ts')).unignore,
  'orphaned-vms': async () => (await import('./commands/leftovers.ts')).orphanedVms,
  disks: async () => (await import('./commands/leftovers.ts')).disks,
  'clean-up': async () => (await import('./commands/leftovers.ts')).cleanUp,
  logs: async () => (await import('./commands/logs.ts')).logs,
  errands: async () => (await import('./commands/errands.ts')).errands,
  'run-errand': async () => (await import('./commands/errands.ts')).runErrand,
  tasks: async () => (await import('./commands/tasks.ts')).tasks,
  task: async () => (await import('./commands/tasks.ts')).task,
  'cancel-task': async () => (await import('./commands/tasks.ts')).cancelTask,
  locks: async () => (await import('./commands/tasks.ts')).locks,
  curl: async () => (await import('./commands/curl.ts')).curl,
  config: async () => (await import('./commands/configs.ts')).config,
  configs: async () => (await import('./commands/configs.ts')).configs,
  'update-config': async () => (await import('./commands/configs.ts')).updateConfig,
  'delete-config': async () => (await import('./commands/configs.ts')).deleteConfig,
  'cloud-config': async () => (await import('./commands/configs.ts')).cloudConfig,
  'update-cloud-config': async () => (await import('./commands/configs.ts')).updateCloudConfig,
  'runtime-config': async () => (await import('./commands/configs.ts')).runtimeConfig,
  'update-runtime-config': async () => (await import('./commands/configs.ts')).updateRuntimeConfig,
  stemcells: async () => (await import('./commands/stemcells.ts')).stemcells,
  'upload-stemcell': async () => (await import('./commands/stemcells.ts')).uploadStemcell,
  'delete-stemcell': async () => (await import('./commands/stemcells.ts')).deleteStemcell,
  releases: async () => (await import('./commands/releases.ts')).releases,
  'upload-release': async () => (await import('./commands/releases.ts')).uploadReleaseCommand,
  'create-release': async () => (await import('./commands/create-release.ts')).createRelease,
  'delete-release': async () => (await import('./commands/releases.ts')).deleteRelease
}

/** The lab's `bosh`: the commands of BOSH's CLI v7 that a repave needs, against any Director that speaks its API. */
export async function bosh(edge: ProgramEdge): Promise<number> {
  const plain = { json: false, forceTerminal: false, nonInteractive: false, columns: [] }
  let ui = new Ui(edge, plain)
  try {
    const known = Object.fromEntries(otherCommands.map(name => [name, { flags: [] }]))
    const line = readCommandLine(edge.args, edge.env, {
      flags: globalFlags,
      commands: { ...known, ...commands }
    })
    checkGlobals(line)
    ui = new Ui(edge, {
      json: line.flags.has('json'),
      forceTerminal: line.flags.has('tty'),
      nonInteractive: line.flags.has('non-interactive'),
      columns: line.flags.list('column')
    })
    await run(edge, line, ui)
    ui.line('Succeeded')
    ui.flush()
    return 0
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown
    const isExpected = [BoshError, CloudError, FaultStruck, UsageError, UserError].some(
      kind => thrown instanceof kind
    )
    ui.errorLine(isExpected ? multiline(thrown) : (thrown.stack ?? thrown.message))
    ui.errorLine('Exit code 1')
    ui.flush()
    return 1
  }
}

function checkGlobals({ flags }: CommandLine): void {
  if (flags.text('ca-cert') !== '') return
  throw new UsageError(
    `invalid argument for flag \`--ca-cert' (expected opts.CACertArg): Expected CA cert to be non-empty`
  )
}

async function run(edge: ProgramEdge, line: CommandLine, ui: Ui): Promise<void> {
  const { command, flags, extra } = line
  // `upload-stemcell`, `upload-release` and `create-release` have a flag of the same name.
  const ownFlags = command === undefined ? [] : (commands[command]?.flags ?? [])
  if (flags.has('version') && !ownFlags.some(({ long }) => long === 'version')) {
    ui.block('version 7.10.10-lab\n')
    return
  }
  if (flags.has('help')) {
    ui.block(help(command))
    return
  }
  if (command === undefined) throw new UsageError(noCommand([...Object.keys(commands), ...otherCommands]))
  if (extra.length > 0) {
    const name = command.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
    throw new BoshError(`Command '*opts.${name}Opts' does not support extra arguments: ${extra.join(', ')}`)
  }
  const load = handlers[command]
  if (load === undefined) throw new BoshError(`Command '${command}' is not imitated by the lab`)
  const handler = await load()
  await handler(createSession(edge, line, ui))
}

function help(command: string | undefined): string {
  const usage = `Usage:\n  bosh [OPTIONS] ${command ?? '<command>'}\n`
  if (command !== undefined) {
    const { flags = [] } = commands[command] ?? {}
    return `${usage}\n[${command} command options]\n${flags.map(flag => `      --${flag.long}\n`).join('')}`
  }
  return `${usage}\nAvailable commands:\n${Object.keys(commands)
    .sort()
    .map(name => `  ${name}\n`)
    .join('')}`
}
