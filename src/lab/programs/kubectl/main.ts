import type { ProgramEdge } from '../common/program.ts'
import { commandNames, readLine } from './command-line.ts'
import { KubectlError } from './kubectl-error.ts'
import { Session, type Command } from './session.ts'

const handlers: Readonly<Record<string, () => Promise<Command>>> = {
  version: async () => (await import('./commands/version.ts')).version,
  'config view': async () => (await import('./commands/config.ts')).view,
  'config current-context': async () => (await import('./commands/config.ts')).currentContext,
  'config use-context': async () => (await import('./commands/config.ts')).useContext,
  'config set-cluster': async () => (await import('./commands/config.ts')).setCluster,
  'config set-credentials': async () => (await import('./commands/config.ts')).setCredentials,
  'config set-context': async () => (await import('./commands/config.ts')).setContext,
  'cluster-info': async () => (await import('./commands/cluster-info.ts')).clusterInfo,
  get: async () => (await import('./commands/get.ts')).get,
  apply: async () => (await import('./commands/apply.ts')).apply,
  create: async () => (await import('./commands/create.ts')).create,
  'create namespace': async () => (await import('./commands/create.ts')).createNamespace,
  delete: async () => (await import('./commands/delete.ts')).remove,
  label: async () => (await import('./commands/label.ts')).label,
  wait: async () => (await import('./commands/wait.ts')).wait,
  'rollout status': async () => (await import('./commands/rollout-status.ts')).rolloutStatus,
  logs: async () => (await import('./commands/pod.ts')).logs,
  exec: async () => (await import('./commands/pod.ts')).exec
}

/** The lab's `kubectl`: the commands of v1.17 that a playground needs, against the lab's Kubernetes. */
export async function kubectl(edge: ProgramEdge): Promise<number> {
  try {
    const line = readLine(edge.args, edge.env)
    const load = line.command === undefined ? undefined : handlers[line.command]
    if (load === undefined || line.flags.has('help')) {
      edge.out(`Usage:\n  kubectl [flags] [command]\n\nCommands:\n${listOf(commandNames())}`)
      return 0
    }
    const command = await load()
    await command(new Session(edge, line))
    return 0
  } catch (thrown) {
    if (!(thrown instanceof KubectlError)) throw thrown
    edge.err(`${thrown.message}\n`)
    return thrown.code
  }
}

function listOf(names: readonly string[]): string {
  return names.map(name => `  ${name}\n`).join('')
}
