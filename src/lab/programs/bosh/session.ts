import { readFileSync } from 'node:fs'
import { textAt, type Value } from '../../../manifest/value.ts'
import { createResolve } from '../common/dns.ts'
import type { CommandLine } from '../common/go-flags.ts'
import { createHttps, type Send } from '../common/https.ts'
import type { ProgramEdge } from '../common/program.ts'
import { absolute, openingError } from './arguments.ts'
import { attempt, BoshError, wrap } from './bosh-error.ts'
import { Director } from './director.ts'
import { sendPatiently, type DirectorAddress } from './exchange.ts'
import { TaskReporter } from './task-reporter.ts'
import type { Ui } from './ui.ts'

/** What a command works with. */
export interface Session {
  readonly edge: ProgramEdge
  readonly line: CommandLine
  readonly ui: Ui
  /** The Director, after saying which one it is. */
  director(): Promise<Director>
  /** As `director`, and the name of the deployment that the command is about. */
  deployment(): Promise<{ readonly director: Director; readonly name: string }>
}

/** A session against the Director that flags and environment name. */
export function createSession(edge: ProgramEdge, line: CommandLine, ui: Ui): Session {
  let known: Promise<Director> | undefined
  const director = (): Promise<Director> => (known ??= connect(edge, line, ui))
  return {
    edge,
    line,
    ui,
    director,
    deployment: async () => {
      const found = await director()
      const name = line.flags.text('deployment') ?? ''
      if (name === '') throw new BoshError('Expected non-empty deployment name')
      ui.line(`Using deployment '${name}'`)
      return { director: found, name }
    }
  }
}

/** What the Director says of itself to anybody. */
export async function infoOf(director: Director): Promise<Value> {
  return attempt('Fetching info', () => director.get('/info'))
}

async function connect(edge: ProgramEdge, { flags }: CommandLine, ui: Ui): Promise<Director> {
  const environment = flags.text('environment') ?? ''
  const address = addressOf(environment)
  const ca = readCa(flags.text('ca-cert'), edge.cwd)
  const send = createHttps({
    resolve: createResolve(edge.env['CAUSEWAY_LAB']),
    ...(ca === undefined ? {} : { ca })
  })
  const client = flags.text('client') ?? ''
  const secret = flags.text('client-secret') ?? ''
  const anonymous = new Director(
    address,
    send,
    () => Promise.resolve(undefined),
    new TaskReporter(ui, { plain: false })
  )
  const info = await infoOf(anonymous)
  const who = client === '' ? 'anonymous user' : `client '${client}'`
  ui.line(`Using environment '${environment}' as ${who}`)
  const authorize = client === '' ? () => Promise.resolve(undefined) : authorizer(info, send, client, secret)
  return new Director(address, send, authorize, new TaskReporter(ui, { plain: false }))
}

/** Host and port of a Director, given as URL, `host:port` or host. */
function addressOf(environment: string): DirectorAddress {
  if (environment === '') throw new BoshError('Expected non-empty Director URL')
  // Go reads what stands before a colon as a scheme, and no scheme begins with a digit.
  if (/^\d[^/]*:/.test(environment)) {
    const problem = `parse ${JSON.stringify(environment)}: first path segment in URL cannot contain colon`
    throw wrap(new BoshError(problem), `Parsing Director URL '${environment}'`)
  }
  const rest = environment.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
  const [, host = rest, port = '25555'] = /^(.*):(\d+)$/.exec(rest) ?? []
  if (host === '') throw new BoshError(`Expected to extract host from URL '${environment}'`)
  return { host, port: Number(port) }
}

/** The authority's certificate, given as its text or as a path. */
function readCa(given: string | undefined, cwd: string): string | undefined {
  if (given === undefined || given.includes('BEGIN')) return given
  const path = absolute(given, cwd)
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    throw openingError(path, thrown)
  }
}

function authorizer(
  info: Value,
  send: Send,
  client: string,
  secret: string
): (anew: boolean) => Promise<string> {
  const basic = `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`
  if (textAt(info, 'user_authentication', 'type') !== 'uaa') return () => Promise.resolve(basic)
  const url = textAt(info, 'user_authentication', 'options', 'url')
  if (url === undefined) {
    throw new BoshError(`Expected URL '' to be a string`)
  }
  let token: string | undefined
  return async anew => {
    if (token === undefined || anew) token = await requestToken(send, url, basic)
    return token
  }
}

async function requestToken(send: Send, uaa: string, basic: string): Promise<string> {
  return attempt('Requesting token via client credentials grant', async () => {
    const { hostname, port } = new URL(uaa)
    const response = await sendPatiently(
      send,
      { host: hostname, port: port === '' ? 443 : Number(port) },
      {
        method: 'POST',
        url: `${uaa}/oauth/token`,
        headers: {
          accept: 'application/json',
          authorization: basic,
          'content-type': 'application/x-www-form-urlencoded'
        },
        body: 'grant_type=client_credentials'
      }
    )
    const text = response.body.toString('utf8')
    if (response.status !== 200) {
      throw new BoshError(
        `UAA responded with non-successful status code '${response.status}' response '${text}'`
      )
    }
    const answer = JSON.parse(text) as Value
    return `${textAt(answer, 'token_type') ?? 'bearer'} ${textAt(answer, 'access_token') ?? ''}`
  })
}
