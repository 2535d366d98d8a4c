import { textAt } from '../../../manifest/value.ts'
import { CfError } from './cf-error.ts'
import { CfRefused, Client, requestToken, sender } from './client.ts'
import { nothing } from './config.ts'
import type { Command, Session } from './session.ts'
import { showTarget, targetBy } from './target.ts'

/** `cf api [URL]` */
export const api: Command = async session => {
  const { line, config } = session
  if (line.flags.has('unset')) {
    session.say('Unsetting API endpoint...')
    forgetApi(session, '')
    session.ok()
    return
  }
  const url = session.argument(0)
  if (url !== '') {
    session.say(`Setting API endpoint to ${url}...`)
    await targetApi(session, url, line.flags.has('skip-ssl-validation'))
    session.ok()
    session.say('')
  } else if (config.Target === '') {
    session.say("No API endpoint set. Use 'cf api' to set an endpoint")
    return
  }
  showApi(session)
}

/** `cf auth [USERNAME PASSWORD]`, else with `CF_USERNAME` and `CF_PASSWORD`. */
export const auth: Command = async session => {
  const { edge, line } = session
  if (line.flags.has('client-credentials')) throw new CfError('The lab logs in users, and no clients.')
  const user = line.args[0] ?? edge.env['CF_USERNAME']
  const password = line.args[1] ?? edge.env['CF_PASSWORD']
  if (user === undefined || password === undefined) {
    const missing = user === undefined ? 'Username' : 'Password'
    throw new CfError(`${missing} not provided: give USERNAME and PASSWORD, or CF_USERNAME and CF_PASSWORD.`)
  }
  session.anonymous()
  session.say(`API endpoint: ${session.config.Target}`)
  session.say('')
  await authenticate(session, user, password)
  session.say("Use 'cf target' to view or set your target org and space.")
}

/** `cf login -a URL -u USER -p PASSWORD [-o ORG] [-s SPACE]`; it asks for nothing. */
export const login: Command = async session => {
  const { flags } = session.line
  const url = flags.text('a')
  if (url !== undefined) await targetApi(session, url, flags.has('skip-ssl-validation'))
  session.anonymous()
  const [user, password] = [flags.text('u'), flags.text('p')]
  if (user === undefined || password === undefined) {
    throw new CfError('The lab asks nothing: give -u USERNAME and -p PASSWORD.')
  }
  session.say(`API endpoint: ${session.config.Target}`)
  session.say('')
  await authenticate(session, user, password)
  await targetBy(session, flags.text('o'), flags.text('s'))
  showTarget(session)
}

/** `cf logout` */
export const logout: Command = session => {
  session.say(`Logging out ${session.user()}...`)
  session.remember({ AccessToken: '', RefreshToken: '', OrganizationFields: nothing, SpaceFields: nothing })
  session.ok()
  return Promise.resolve()
}

/** Learns from an API where its UAA is. Another API ends the login at the last one. */
async function targetApi(session: Session, url: string, skipVerify: boolean): Promise<void> {
  const address = (url.includes('://') ? url : `https://${url}`).replace(/\/+$/, '')
  const config = { ...session.config, Target: address, AccessToken: '', RefreshToken: '' }
  const client = new Client(sender(session.edge, skipVerify), config, () => undefined)
  const root = await client.request('GET', '/')
  const link = (name: string): string => textAt(root, 'links', name, 'href') ?? ''
  forgetApi(session, address)
  session.remember({
    APIVersion: textAt(root, 'links', 'cloud_controller_v3', 'meta', 'version') ?? '',
    AuthorizationEndpoint: link('login'),
    UaaEndpoint: link('uaa'),
    NetworkPolicyV1Endpoint: link('network_policy_v1'),
    SSLDisabled: skipVerify
  })
}

function forgetApi(session: Session, Target: string): void {
  session.remember({
    Target,
    APIVersion: '',
    AccessToken: '',
    RefreshToken: '',
    OrganizationFields: nothing,
    SpaceFields: nothing
  })
}

async function authenticate(session: Session, user: string, password: string): Promise<void> {
  session.say('Authenticating...')
  const send = sender(session.edge, session.config.SSLDisabled)
  try {
    const tokens = await requestToken(send, session.config.UaaEndpoint, {
      grant_type: 'password',
      username: user,
      password
    })
    session.remember({
      AccessToken: tokens.access,
      RefreshToken: tokens.refresh,
      OrganizationFields: nothing,
      SpaceFields: nothing
    })
  } catch (thrown) {
    if (!(thrown instanceof CfRefused)) throw thrown
    const words = thrown.status === 401 ? 'Credentials were rejected, please try again.' : thrown.message
    throw new CfError(words, { cause: thrown })
  }
  session.ok()
  session.say('')
}

function showApi(session: Session): void {
  session.say(`API endpoint:   ${session.config.Target}`)
  session.say(`API version:    ${session.config.APIVersion}`)
  if (session.config.AccessToken !== '') return
  session.say('')
  session.say("Not logged in. Use 'cf login' or 'cf auth' to log in.")
}
