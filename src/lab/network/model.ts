/** A line of `ip -batch` or `bridge -batch`, and the line that undoes it; without one it goes away with its device. */
export interface Line {
  readonly add: string
  readonly remove?: string
}

/** A device of a namespace with all that hangs on it. */
export interface Device {
  /** Two devices of one id differ in their lines alone; one of another id is made anew, with everything on it. */
  readonly id: string
  readonly ip: readonly Line[]
  readonly bridge?: readonly Line[]
  /** Kernel settings below /proc/sys, as `net/ipv4/ip_forward=1`. Where the kernel has no such setting, none is made. */
  readonly settings?: readonly string[]
  /** The line of `ip -batch` that takes it away; without one it goes with its other end, or never. */
  readonly remove?: string
}

/** Rules of one table of iptables, in chains of our own. */
export interface Table {
  readonly chains: Readonly<Record<string, readonly string[]>>
  /** Rules of the kernel's own chains, each with its `-A` or `-I`; others may add theirs beside them. */
  readonly jumps: readonly string[]
}

export type Tables = Readonly<Partial<Record<'mangle' | 'nat' | 'filter', Table>>>

/** A network namespace, by the name that `ip netns` knows it by. */
export interface Namespace {
  readonly name: string
  readonly devices: readonly Device[]
  readonly tables: Tables
  /** Ports on which something answers there. */
  readonly listens: readonly number[]
}

/** The whole network of a lab. */
export interface Network {
  /** What stands between the hosts: bridge, router, cables. */
  readonly underlay: Omit<Namespace, 'name' | 'listens'>
  /** Machines. */
  readonly hosts: readonly Namespace[]
  /** Apps and pods. Their cables are devices of their hosts, so that they are made after these. */
  readonly containers: readonly Namespace[]
}

export const emptyNetwork: Network = { underlay: { devices: [], tables: {} }, hosts: [], containers: [] }
