import { readCommandLine, UsageError, type CommandLine } from '../common/go-flags.ts'
import type { ProgramEdge } from '../common/program.ts'
import { CfError, ExitWith } from './cf-error.ts'
import { commandLine } from './command-line.ts'
import { Session, type Command } from './session.ts'

const version = 'cf version 7.7.4+lab.0'

const handlers: Readonly<Record<string, () => Promise<Command>>> = {
  api: async () => (await import('./login.ts')).api,
  auth: async () => (await import('./login.ts')).auth,
  login: async () => (await import('./login.ts')).login,
  logout: async () => (await import('./login.ts')).logout,
  target: async () => (await import('./target.ts')).target,
  orgs: async () => (await import('./organizations.ts')).listOrganizations,
  spaces: async () => (await import('./spaces.ts')).listSpaces,
  'create-org': async () => (await import('./organizations.ts')).createOrganization,
  'delete-org': async () => (await import('./organizations.ts')).deleteOrganization,
  'create-space': async () => (await import('./spaces.ts')).createSpace,
  'delete-space': async () => (await import('./spaces.ts')).deleteSpace,
  push: async () => (await import('./push.ts')).push,
  apps: async () => (await import('./apps.ts')).listApps,
  app: async () => (await import('./apps.ts')).showApp,
  start: async () => (await import('./apps.ts')).startApp,
  stop: async () => (await import('./apps.ts')).stopApp,
  delete: async () => (await import('./apps.ts')).deleteApp,
  'add-network-policy': async () => (await import('./network-policies.ts')).addPolicy,
  'remove-network-policy': async () => (await import('./network-policies.ts')).removePolicy,
  'network-policies': async () => (await import('./network-policies.ts')).listPolicies,
  'feature-flag': async () => (await import('./feature-flags.ts')).showFlag,
  'enable-feature-flag': async () => (await import('./feature-flags.ts')).enableFlag,
  'disable-feature-flag': async () => (await import('./feature-flags.ts')).disableFlag,
  'create-security-group': async () => (await import('./security-groups.ts')).createGroup,
  'update-security-group': async () => (await import('./security-groups.ts')).updateGroup,
  'bind-running-security-group': async () => (await import('./security-groups.ts')).bindRunning,
  ssh: async () => (await import('./ssh.ts')).ssh,
  curl: async () => (await import('./curl.ts')).curl
}

/** The lab's `cf`: the commands of cf CLI v7 that a playground needs, against any Cloud Controller that speaks its v3 API. */
export async function cf(edge: ProgramEdge): Promise<number> {
  const [first] = edge.args
  if (first === '--version' || first === '-v') {
    edge.out(`${version}\n`)
    return 0
  }
  if (first !== undefined && !first.startsWith('-') && !isKnown(first)) {
    edge.err(`'${first}' is not a registered command. See 'cf help -a'\n`)
    return 1
  }
  try {
    return await run(edge, readCommandLine(edge.args, edge.env, commandLine))
  } catch (thrown) {
    if (thrown instanceof ExitWith) return thrown.code
    if (thrown instanceof UsageError) edge.err(`Incorrect Usage: ${thrown.message}\n\n`)
    else if (thrown instanceof CfError) edge.err(`${thrown.message}\n`)
    else throw thrown
    edge.out('FAILED\n')
    return 1
  }
}

async function run(edge: ProgramEdge, line: CommandLine): Promise<number> {
  if (line.command === 'version') {
    edge.out(`${version}\n`)
    return 0
  }
  const load = line.command === undefined ? undefined : handlers[line.command]
  if (load === undefined || line.flags.has('help')) {
    edge.out(`Usage: cf COMMAND\n\nCommands:\n${namesOfCommands()}`)
    return 0
  }
  if (line.extra.length > 0) {
    throw new UsageError(`unexpected argument ${line.extra.map(word => JSON.stringify(word)).join(', ')}`)
  }
  const command = await load()
  await command(new Session(edge, line))
  return 0
}

function isKnown(word: string): boolean {
  const { commands } = commandLine
  return Object.entries(commands).some(([name, { aliases = [] }]) => name === word || aliases.includes(word))
}

function namesOfCommands(): string {
  return Object.keys(commandLine.commands)
    .sort()
    .map(name => `  ${name}\n`)
    .join('')
}
