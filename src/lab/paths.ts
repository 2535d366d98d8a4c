import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** The longest path that Linux takes for a unix socket (unix(7): `sun_path` has 108 bytes with the closing zero). */
const longestSocketPath = 107

/** Where the things of one lab lie. */
export interface LabPaths {
  readonly root: string
  /** Wrappers of the imitation programs; first on PATH. */
  readonly bin: string
  /** The state of the imitation IaaS, and the contents of its disks. */
  readonly cloud: string
  /** Bare git repositories that stand for github.com. */
  readonly upstreams: string
  /** Host names of the lab and the loopback addresses behind them. */
  readonly dns: string
  /** What shall break; written by tests. */
  readonly faults: string
  /** Which try of which fault was used up. */
  readonly faultsUsed: string
  readonly settings: string
  readonly supervisorSocket: string
  readonly serviceLog: string
}

/** The folders and files of a lab. The socket moves to /tmp where its path would be too long. */
export function labPaths(lab: string): LabPaths {
  return {
    root: lab,
    bin: join(lab, 'bin'),
    cloud: join(lab, 'cloud'),
    upstreams: join(lab, 'upstreams'),
    dns: join(lab, 'dns.json'),
    faults: join(lab, 'faults.json'),
    faultsUsed: join(lab, 'faults-used'),
    settings: join(lab, 'lab.json'),
    supervisorSocket: socketPath(lab),
    serviceLog: join(lab, 'service.log')
  }
}

function socketPath(lab: string): string {
  const path = join(lab, 'supervisor.sock')
  if (Buffer.byteLength(path) <= longestSocketPath) return path
  const hash = createHash('sha256').update(lab).digest('hex').slice(0, 16)
  // Not TMPDIR, which a task has for itself.
  return `/tmp/causeway-${hash}.sock`
}
