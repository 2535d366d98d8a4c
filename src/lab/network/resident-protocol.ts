/** A program to its end, in the namespaces of whoever runs it. */
export interface RunWork {
  readonly kind: 'run'
  readonly program: string
  readonly args: readonly string[]
  readonly input?: string
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds after which it is killed. */
  readonly deadline: number
}

/** One HTTP request over a TCP connection of its own. */
export interface AskWork {
  readonly kind: 'ask'
  readonly address: string
  readonly port: number
  readonly path: string
  /** Milliseconds. */
  readonly deadline: number
}

/** What a resident does. It starts residents in other network namespaces, and passes on what is for them. */
export type Work =
  | RunWork
  | AskWork
  | { readonly kind: 'listen'; readonly ports: readonly number[] }
  | { readonly kind: 'settle'; readonly namespace: string }
  | { readonly kind: 'evict'; readonly namespace: string }

export interface Request {
  readonly id: number
  /** The network namespace whose resident is to do it; the one that is asked does it itself where none is said. */
  readonly namespace?: string
  readonly work: Work
}

/** How a program ended. */
export interface Ran {
  /** Undefined where it was killed, because its time was over or by somebody else. */
  readonly code?: number
  readonly timedOut: boolean
  readonly stdout: string
  readonly stderr: string
}

/** What became of a request. */
export type Asked =
  | { readonly outcome: 'answered'; readonly status: number; readonly body: string }
  /** `refused` is what TCP and an ICMP port unreachable both become. */
  | { readonly outcome: 'refused' | 'unreachable' | 'timeout' | 'broken'; readonly reason: string }

export type Result = Ran | Asked | { readonly kind: 'done' }

export type Reply =
  { readonly id: number; readonly result: Result } | { readonly id: number; readonly error: string }
