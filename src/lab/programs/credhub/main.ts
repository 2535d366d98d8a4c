import { readCommandLine, UsageError } from '../common/go-flags.ts'
import type { ProgramEdge } from '../common/program.ts'
import { commandLine } from './command-line.ts'
import type { Command } from './command.ts'
import { CredhubError } from './credhub-error.ts'

const handlers: Readonly<Record<string, () => Promise<Command>>> = {
  login: async () => (await import('./login.ts')).login,
  logout: async () => (await import('./login.ts')).logout,
  get: async () => (await import('./get.ts')).get,
  find: async () => (await import('./find.ts')).find,
  set: async () => (await import('./set.ts')).set,
  generate: async () => (await import('./generate.ts')).generate,
  delete: async () => (await import('./delete.ts')).remove
}

/** The lab's `credhub`: the commands of credhub-cli v2.9 that a repave needs, against any CredHub that speaks its API. */
export async function credhub(edge: ProgramEdge): Promise<number> {
  try {
    const line = readCommandLine(edge.args, edge.env, commandLine)
    if (line.flags.has('version')) {
      const { serverVersion } = await import('./version.ts')
      const none = 'Not Found. Have you targeted and authenticated against a CredHub server?'
      edge.out(`CLI Version: 2.9.60-lab\nServer Version: ${(await serverVersion(edge)) ?? none}\n`)
      return 0
    }
    const load = line.command === undefined ? undefined : handlers[line.command]
    if (load === undefined || line.extra.length > 0 || line.flags.has('help')) {
      edge.err(usage())
      return 1
    }
    const command = await load()
    await command(edge, line)
    return 0
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown
    const isExpected = thrown instanceof CredhubError || thrown instanceof UsageError
    edge.err(`\u001b[1;31m${isExpected ? thrown.message : (thrown.stack ?? thrown.message)}\u001b[0m\n`)
    return 1
  }
}

function usage(): string {
  const names = Object.keys(commandLine.commands).sort()
  return `Usage:\n  credhub [OPTIONS] [command]\n\nAvailable commands:\n${names.map(name => `  ${name}\n`).join('')}`
}
