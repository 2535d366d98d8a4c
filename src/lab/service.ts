import { messageOf } from '../core/errors.ts'
import { platformServices } from './platform/services.ts'
import { ServiceHost } from './service-host.ts'
import type { ServiceAnswer } from './service-protocol.ts'

// The lab's one background process, started by the supervisor with the lab's folder and a line back to it.
const [lab = ''] = process.argv.slice(2)
const log = (line: string): void => {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`)
}
const host = new ServiceHost(lab, platformServices, log)

process.on('message', () => {
  void host
    .sync()
    .then(
      (hosts): ServiceAnswer => ({ hosts }),
      (thrown: unknown): ServiceAnswer => {
        log(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown))
        return { hosts: true, error: messageOf(thrown) }
      }
    )
    .then(answer => process.send?.(answer))
})
// The supervisor is gone, or wants us gone: nothing of the lab stays behind.
process.on('disconnect', () => {
  host.flush()
  process.exit(0)
})
// Ctrl-C in a terminal reaches the whole foreground group; whoever handles it still needs the lab.
process.on('SIGINT', () => undefined)
