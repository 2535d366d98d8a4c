import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isMap, type Value, type ValueMap } from '../../../../manifest/value.ts'
import { KubectlError } from '../kubectl-error.ts'
import { print, structured } from '../output.ts'
import type { Command, Session } from '../session.ts'

/** `kubectl config view [--raw] [-o json]` */
export const view: Command = async session => {
  const { edge, line } = session
  const { document } = await session.kubeconfig()
  const shown = line.flags.has('raw') ? document : withoutSecrets(document)
  await print(edge, structured(line.flags.text('output')) ?? 'yaml', shown)
}

/** `kubectl config current-context` */
export const currentContext: Command = async session => {
  const { currentContext: name } = await session.kubeconfig()
  if (name === '') throw new KubectlError('error: current-context is not set')
  session.say(name)
}

/** `kubectl config use-context NAME` */
export const useContext: Command = async session => {
  const name = nameOf(session)
  const kubeconfig = await session.kubeconfig()
  if (kubeconfig.entry('contexts', name) === undefined) {
    throw new KubectlError(`error: no context exists with the name: "${name}".`)
  }
  kubeconfig.useContext(name)
  await kubeconfig.write()
  session.say(`Switched to context "${name}".`)
}

/** `kubectl config set-cluster NAME [--server URL] [--certificate-authority PATH [--embed-certs]] …` */
export const setCluster: Command = async session => {
  const { edge, line } = session
  const { flags } = line
  const ca = flags.text('certificate-authority')
  const path = ca === undefined ? undefined : resolve(edge.cwd, ca)
  const fields = {
    ...given('server', flags.text('server')),
    ...(flags.has('insecure-skip-tls-verify') ? { 'insecure-skip-tls-verify': true } : {}),
    ...(path === undefined
      ? {}
      : flags.has('embed-certs')
        ? { 'certificate-authority-data': readFileSync(path).toString('base64') }
        : { 'certificate-authority': path })
  }
  await change(session, 'clusters', 'Cluster', nameOf(session), fields)
}

/** `kubectl config set-credentials NAME [--token T] [--username U --password P]` */
export const setCredentials: Command = async session => {
  const { flags } = session.line
  await change(session, 'users', 'User', nameOf(session), {
    ...given('token', flags.text('token')),
    ...given('username', flags.text('username')),
    ...given('password', flags.text('password'))
  })
}

/** `kubectl config set-context NAME|--current [--cluster C] [--user U] [--namespace N]` */
export const setContext: Command = async session => {
  const { flags } = session.line
  const name = flags.has('current') ? (await session.kubeconfig()).currentContext : nameOf(session)
  await change(session, 'contexts', 'Context', name, {
    ...given('cluster', flags.text('cluster')),
    ...given('user', flags.text('user')),
    ...given('namespace', flags.text('namespace'))
  })
}

async function change(
  session: Session,
  section: 'clusters' | 'users' | 'contexts',
  word: string,
  name: string,
  fields: ValueMap
): Promise<void> {
  const kubeconfig = await session.kubeconfig()
  const wasThere = kubeconfig.change(section, name, fields)
  await kubeconfig.write()
  session.say(`${word} "${name}" ${wasThere ? 'modified' : section === 'contexts' ? 'created' : 'set'}.`)
}

function nameOf({ line }: Session): string {
  const [name, ...more] = line.args
  if (name === undefined || more.length > 0) {
    throw new KubectlError(`error: Unexpected args: [${line.args.join(' ')}]`)
  }
  return name
}

function given(key: string, value: string | undefined): ValueMap {
  return value === undefined ? {} : { [key]: value }
}

const secrets: Readonly<Record<string, string>> = {
  token: 'REDACTED',
  password: 'REDACTED',
  'certificate-authority-data': 'DATA+OMITTED',
  'client-key-data': 'DATA+OMITTED'
}

function withoutSecrets(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, secrets[key] ?? withoutSecrets(inner)])
  )
}
