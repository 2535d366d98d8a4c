import type { ProgramEdge } from '../common/program.ts'
import { Client } from './client.ts'
import type { KubectlLine } from './command-line.ts'
import { connectionOf, type Connection } from './connection.ts'
import { readKubeconfig, type Kubeconfig } from './kubeconfig.ts'

/** What a command does. */
export type Command = (session: Session) => Promise<void>

/** What a command works with. */
export class Session {
  readonly edge: ProgramEdge
  readonly line: KubectlLine
  #kubeconfig: Promise<Kubeconfig> | undefined

  constructor(edge: ProgramEdge, line: KubectlLine) {
    this.edge = edge
    this.line = line
  }

  say(text: string): void {
    this.edge.out(`${text}\n`)
  }

  kubeconfig(): Promise<Kubeconfig> {
    this.#kubeconfig ??= readKubeconfig(this.edge, this.line)
    return this.#kubeconfig
  }

  async connection(): Promise<Connection> {
    return connectionOf(this.edge, this.line, await this.kubeconfig())
  }

  async api(): Promise<Client> {
    return new Client(await this.connection(), this.edge.env['CAUSEWAY_LAB'])
  }

  async namespace(): Promise<string> {
    return (await this.connection()).namespace
  }
}
