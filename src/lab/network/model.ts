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

/** Something that a host runs besides the kernel: lines of shell that begin it, and lines that end it. */
export interface Task {
  /** A task of another id is ended and begun anew. */
  readonly id: string
  readonly start: string
  readonly stop?: string
}

/** A network namespace, by the name that `ip netns` knows it by. */
export interface Namespace {
  readonly name: string
  /** A namespace of another generation is made anew, with all that is in it: its machine was. */
  readonly generation?: string
  readonly devices: readonly Device[]
  readonly tables: Tables
  /** Begun in this order when all devices are there, and ended in the opposite one before anything is taken away. */
  readonly tasks?: readonly Task[]
  /** Ports on which something answers there. */
  readonly listens: readonly number[]
}

/** The whole network of a lab. */
export interface Network {
  /** What stands between the hosts: bridge, router, cables. */
  readonly underlay: Pick<Namespace, 'devices' | 'tables'>
  /** Machines. */
  readonly hosts: readonly Namespace[]
  /** Apps and pods. Their cables are devices of their hosts, so that they are made after these. */
  readonly containers: readonly Namespace[]
}

export const emptyNetwork: Network = { underlay: { devices: [], tables: {} }, hosts: [], containers: [] }

/** Whether two namespaces are one that stays, whatever changes in it. */
export function isOneNamespace(left: Namespace, right: Namespace): boolean {
  return left.name === right.name && left.generation === right.generation
}
