import { readdirSync, readFileSync } from 'node:fs'

/** Sends a signal to a program and all that it started. Who has ended already is passed over. */
export function signalGroup(leader: number, name: NodeJS.Signals): void {
  send(-leader, name)
}

/**
 * Interrupts what a program has started, and leaves the program itself to see it fail and to end in good order: bbl would die of any
 * signal at once (v9.0.48 handles none), and terraform would die with it, of a pipe that nobody reads any more, in the midst of a
 * resource that its state does not have yet. It is SIGINT whatever we were told, since plugins of terraform die of any other
 * (hashicorp/go-plugin v1.6, server.go). Gives how many there were.
 */
export function interruptParts(leader: number): number {
  const parts = partsOf(leader)
  for (const pid of parts) send(pid, 'SIGINT')
  return parts.length
}

/** Those of its process group; none where the system has no `/proc`. */
function partsOf(leader: number): readonly number[] {
  return processes().filter(pid => pid !== leader && groupOf(pid) === leader)
}

function processes(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

/** Fields after the name, which may hold anything: state, parent, group (proc_pid_stat(5)). A dead one is in none. */
function groupOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? undefined : Number(group)
  } catch {
    return undefined
  }
}

function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended already, which is what was wanted.
  }
}
