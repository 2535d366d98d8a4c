import { at, textAt } from '../../../../manifest/value.ts'
import { podKind } from '../../../platform/kubernetes/known-kinds.ts'
import { pathOfOne } from '../client.ts'
import { KubectlError } from '../kubectl-error.ts'
import { oneIn } from '../resources.ts'
import type { Command } from '../session.ts'

/** `kubectl logs POD [--tail N]` */
export const logs: Command = async session => {
  const { name } = oneIn(session.line.args, 'pod')
  const path = `${pathOfOne(podKind, await session.namespace(), name)}/log`
  const text = await (await session.api()).text('GET', path)
  const tail = Number(session.line.flags.text('tail') ?? '-1')
  const lines = text.split(/(?<=\n)/)
  session.edge.out((tail < 0 ? lines : lines.slice(Math.max(0, lines.length - tail))).join(''))
}

/**
 * `kubectl exec POD -- COMMAND…`, which ends with the command's exit code. The real program talks to kubelet over an
 * upgraded connection; the lab's API runs the command itself.
 */
export const exec: Command = async session => {
  const { args, rest } = session.line
  const { name } = oneIn(args, 'pod')
  const command = rest.length > 0 ? rest : args.slice(1)
  if (command.length === 0)
    throw new KubectlError('error: you must specify at least one command for the container')
  const query = new URLSearchParams(command.map((word): [string, string] => ['command', word]))
  const path = `${pathOfOne(podKind, await session.namespace(), name)}/exec?${query.toString()}`
  const answer = await (await session.api()).request('POST', path)
  session.edge.out(textAt(answer, 'stdout') ?? '')
  session.edge.err(textAt(answer, 'stderr') ?? '')
  const code = Number(at(answer, 'exitCode') ?? 0)
  if (code !== 0) throw new KubectlError(`command terminated with exit code ${code}`, code)
}
