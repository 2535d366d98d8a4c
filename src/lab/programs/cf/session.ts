import { textAt, type Value } from '../../../manifest/value.ts'
import type { CommandLine } from '../common/go-flags.ts'
import type { ProgramEdge } from '../common/program.ts'
import { CfError } from './cf-error.ts'
import { Client, sender } from './client.ts'
import { readConfig, writeConfig, type Config, type Target } from './config.ts'

/** What a command does. */
export type Command = (session: Session) => Promise<void>

/** What a command works with. */
export class Session {
  readonly edge: ProgramEdge
  readonly line: CommandLine
  #config: Config

  constructor(edge: ProgramEdge, line: CommandLine) {
    this.edge = edge
    this.line = line
    this.#config = readConfig(edge)
  }

  get config(): Config {
    return this.#config
  }

  /** Remembers something for the commands to come. */
  remember(changes: Partial<Config>): void {
    this.#config = { ...this.#config, ...changes }
    writeConfig(this.edge, this.#config)
  }

  /** One of the arguments; the empty text where it was not given. */
  argument(index: number): string {
    return this.line.args[index] ?? ''
  }

  say(text: string): void {
    this.edge.out(`${text}\n`)
  }

  ok(): void {
    this.say('OK')
  }

  /** The API; throws where there is none, or nobody is logged in. */
  api(): Client {
    this.#requireApi()
    if (this.#config.AccessToken === '') {
      throw new CfError("Not logged in. Use 'cf login' or 'cf auth' to log in.")
    }
    return new Client(sender(this.edge, this.#config.SSLDisabled), this.#config, tokens =>
      this.remember({ AccessToken: tokens.access, RefreshToken: tokens.refresh })
    )
  }

  /** The API without a login. */
  anonymous(): Client {
    this.#requireApi()
    return new Client(
      sender(this.edge, this.#config.SSLDisabled),
      { ...this.#config, RefreshToken: '' },
      () => undefined
    )
  }

  /** The organization that is targeted. */
  organization(): Target {
    const { OrganizationFields } = this.#config
    if (OrganizationFields.GUID !== '') return OrganizationFields
    throw new CfError("No org targeted, use 'cf target -o ORG' to target an org.")
  }

  /** The space that is targeted. */
  space(): Target {
    this.organization()
    const { SpaceFields } = this.#config
    if (SpaceFields.GUID !== '') return SpaceFields
    throw new CfError("No space targeted, use 'cf target -s SPACE' to target a space.")
  }

  /** The name of whoever is logged in, as the token has it. */
  user(): string {
    const [, payload = ''] = this.#config.AccessToken.split('.')
    try {
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Value
      return textAt(claims, 'user_name') ?? textAt(claims, 'client_id') ?? ''
    } catch {
      return ''
    }
  }

  /** `in org o / space s as admin...` */
  inSpace(): string {
    return `in org ${this.organization().Name} / space ${this.space().Name} as ${this.user()}...`
  }

  #requireApi(): void {
    if (this.#config.Target !== '') return
    throw new CfError("No API endpoint set. Use 'cf login' or 'cf api' to target an endpoint.")
  }
}
