import { json, type Request, type Response } from '../../http/router.ts'
import { isProgram, runCommand } from '../shell.ts'
import type { ApiRoute } from './api.ts'
import type { Cluster } from './cluster.ts'
import { pathOf } from './kinds.ts'
import { podKind } from './known-kinds.ts'
import { nameOf } from './object.ts'
import { findObject } from './object-routes.ts'
import { podShell } from './pod-shell.ts'
import { badRequest } from './status.ts'

/** What can be done with a pod besides reading and writing it. */
export function podRoutes(cluster: Cluster): ApiRoute[] {
  const pod = `${pathOf(podKind, ':namespace')}/:name`
  return [
    ['GET', `${pod}/log`, request => log(cluster, request)],
    // Real ones upgrade the connection; the lab's runs one command and answers what it printed.
    ['POST', `${pod}/exec`, request => exec(cluster, request)]
  ]
}

function log(cluster: Cluster, request: Request): Response {
  const pod = findObject(cluster, podKind, request)
  const state = cluster.pods.state(pod)
  if (state.phase === 'Pending') {
    throw badRequest(`container in pod "${nameOf(pod)}" is waiting to start: ${state.waiting ?? 'Pending'}`)
  }
  const text = state.unready === undefined ? '' : `[ERROR] ${state.unready}\n`
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: text }
}

async function exec(cluster: Cluster, request: Request): Promise<Response> {
  const pod = findObject(cluster, podKind, request)
  const shell = podShell(cluster, pod)
  if (shell === undefined) {
    throw badRequest(`pod ${nameOf(pod)} does not have a host assigned or is not running`)
  }
  const command = request.query.getAll('command')
  const [program = ''] = command
  if (isProgram(program)) return json(await runCommand(shell, command))
  // No shell stands between: the container runtime itself says that there is no such program.
  const why = `exec: "${program}": executable file not found in $PATH: unknown`
  return json({ exitCode: 126, stdout: '', stderr: `OCI runtime exec failed: exec failed: ${why}\n` })
}
