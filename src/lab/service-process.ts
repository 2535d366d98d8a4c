import { messageOf } from '../core/errors.ts'
import type { LabService } from './lab-service.ts'
import { ServiceHost } from './service-host.ts'
import type { ServiceAnswer } from './service-protocol.ts'

/**
 * Runs the lab's service as this process, which the supervisor has started with the lab's folder and a line back to it. It does what
 * the supervisor asks, and ends when that line is cut: nothing of the lab stays behind.
 */
export function runService(host: NodeJS.Process, services: readonly LabService[]): void {
  const [lab = ''] = host.argv.slice(2)
  const log = (line: string): void => {
    host.stdout.write(`${new Date().toISOString()} ${line}\n`)
  }
  const labHost = new ServiceHost(lab, services, log)

  host.on('message', () => {
    void labHost
      .sync()
      .then(
        (hosts): ServiceAnswer => ({ hosts }),
        (thrown: unknown): ServiceAnswer => {
          log(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown))
          return { hosts: true, error: messageOf(thrown) }
        }
      )
      .then(answer => host.send?.(answer))
  })
  host.on('disconnect', () => {
    labHost.flush()
    host.exit(0)
  })
  // Ctrl-C in a terminal reaches the whole foreground group; whoever handles it still needs the lab.
  host.on('SIGINT', () => undefined)
}
