import { authServerOf, grant, noTarget, sender } from './client.ts'
import type { Command } from './command.ts'
import { fileOrText, readConfig, withScheme, writeConfig, type Config } from './config.ts'
import { CredhubError } from './credhub-error.ts'

/** `credhub login` as a client. With `CREDHUB_CLIENT` and `CREDHUB_SECRET` set it only proves that they are right. */
export const login: Command = async (edge, { flags }) => {
  const saved = readConfig(edge)
  const server = flags.text('server') ?? ''
  if (saved.ApiURL === '' && server === '') throw noTarget()
  const target: Config =
    server === ''
      ? saved
      : {
          ...saved,
          ApiURL: withScheme(server),
          InsecureSkipVerify: flags.has('skip-tls-validation'),
          CaCerts: flags.list('ca-cert').map(given => fileOrText(edge, given))
        }
  const send = sender(edge, target)
  const AuthURL = server === '' ? target.AuthURL : await reachable(() => authServerOf(send, target.ApiURL))

  const [client, secret] = [flags.text('client-name') ?? '', flags.text('client-secret') ?? '']
  if ((flags.text('username') ?? '') !== '' || (flags.text('password') ?? '') !== '') {
    throw new CredhubError('The lab has no users: log in with --client-name and --client-secret.')
  }
  if (client === '' || secret === '') {
    throw new CredhubError(
      'Both client name and client secret must be provided to authenticate. Please update and retry your request.'
    )
  }
  let token: string
  try {
    token = await grant(send, AuthURL, client, secret)
  } catch (thrown) {
    if (!(thrown instanceof CredhubError)) throw thrown
    writeConfig(edge, { ...target, AuthURL, AccessToken: 'revoked', RefreshToken: 'revoked' })
    throw new CredhubError(`UAA error: ${thrown.message}`)
  }
  const fromEnvironment =
    (edge.env['CREDHUB_CLIENT'] ?? '') !== '' && (edge.env['CREDHUB_SECRET'] ?? '') !== ''
  writeConfig(edge, { ...target, AuthURL, AccessToken: fromEnvironment ? '' : token, RefreshToken: '' })
  if (server !== '') edge.out(`Setting the target url: ${target.ApiURL}\n`)
  if (fromEnvironment) edge.err('Login ignored as the CREDHUB_* environment variables are present.\n')
  else edge.out('Login Successful\n')
}

/** `credhub logout` */
export const logout: Command = async edge => {
  writeConfig(edge, { ...readConfig(edge), AccessToken: 'revoked', RefreshToken: 'revoked' })
  edge.out('Logout Successful\n')
}

async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof CredhubError)) throw thrown
    throw new CredhubError(
      `Error connecting to the targeted API: ${JSON.stringify(thrown.message)}. Please validate your target and retry your request.`
    )
  }
}
