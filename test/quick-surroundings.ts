import { readFileSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const roomNeeded = 4 * 1024 ** 3

/**
 * Before any test: takes from the surroundings what makes each of the thousands of processes slower and no test needs. Node reads the
 * authorities of `NODE_EXTRA_CA_CERTS` at each start, and tests speak to loopback alone. A disk works at each file for as long as it
 * is there, and what tests write is gone with them: where the machine has memory for it, memory it is.
 */
export default function quickSurroundings(): void {
  for (const name of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']) Reflect.deleteProperty(process.env, name)
  if (process.env['TMPDIR'] === undefined) process.env['TMPDIR'] = memoryFolder() ?? tmpdir()
}

/** A folder in memory that has room, and in which programs may be started. */
function memoryFolder(): string | undefined {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
    const [, folder, kind, options = ''] =
      mounts.map(line => line.split(' ')).find(([, at]) => at === '/dev/shm') ?? []
    if (folder === undefined || kind !== 'tmpfs' || options.split(',').includes('noexec')) return undefined
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize >= roomNeeded ? folder : undefined
  } catch {
    // Another system, which has no such folder.
    return undefined
  }
}
