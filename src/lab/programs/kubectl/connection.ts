import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { at, textAt, type ValueMap } from '../../../manifest/value.ts'
import type { ProgramEdge } from '../common/program.ts'
import type { KubectlLine } from './command-line.ts'
import type { Kubeconfig } from './kubeconfig.ts'
import { KubectlError } from './kubectl-error.ts'

/** Where the API server is, and how to prove who asks. */
export interface Connection {
  /** Without a slash at its end. */
  readonly server: string
  /** PEM; the system's authorities where there is none. */
  readonly ca: string | undefined
  readonly skipVerify: boolean
  readonly authorization: string | undefined
  /** Namespace of the flag, else of the context, else `default`. */
  readonly namespace: string
}

/** Puts the context of a kubeconfig and the flags above it together. */
export function connectionOf(edge: ProgramEdge, { flags }: KubectlLine, kubeconfig: Kubeconfig): Connection {
  const name = flags.text('context') ?? kubeconfig.currentContext
  const context = kubeconfig.entry('contexts', name)
  if (flags.isGiven('context') && context === undefined) {
    throw new KubectlError(`error: context "${name}" does not exist`)
  }
  const cluster = entryOf(kubeconfig, 'clusters', context, 'cluster')
  const user = entryOf(kubeconfig, 'users', context, 'user')
  const server = flags.text('server') ?? textAt(cluster, 'server') ?? 'http://localhost:8080'
  return {
    server: server.replace(/\/+$/, ''),
    ca: caOf(edge, kubeconfig, cluster, flags.text('certificate-authority')),
    skipVerify: flags.has('insecure-skip-tls-verify') || at(cluster, 'insecure-skip-tls-verify') === true,
    authorization: authorizationOf(user, flags.text('token')),
    namespace: flags.text('namespace') ?? textAt(context, 'namespace') ?? 'default'
  }
}

function entryOf(
  kubeconfig: Kubeconfig,
  section: 'clusters' | 'users',
  context: ValueMap | undefined,
  key: string
): ValueMap | undefined {
  const name = textAt(context, key)
  return name === undefined ? undefined : kubeconfig.entry(section, name)
}

function caOf(
  { cwd }: ProgramEdge,
  kubeconfig: Kubeconfig,
  cluster: ValueMap | undefined,
  flag: string | undefined
): string | undefined {
  const data = textAt(cluster, 'certificate-authority-data')
  if (flag === undefined && data !== undefined) return Buffer.from(data, 'base64').toString()
  // A path in a kubeconfig is relative to that file.
  const written = textAt(cluster, 'certificate-authority')
  const path =
    flag !== undefined
      ? resolve(cwd, flag)
      : written === undefined
        ? undefined
        : resolve(kubeconfig.path, '..', written)
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    throw new KubectlError(`error: unable to read certificate-authority ${path}`, 1, { cause: thrown })
  }
}

function authorizationOf(user: ValueMap | undefined, flag: string | undefined): string | undefined {
  const token = flag ?? textAt(user, 'token')
  if (token !== undefined) return `Bearer ${token}`
  const [name, password] = [textAt(user, 'username'), textAt(user, 'password')]
  if (name === undefined || password === undefined) return undefined
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
}
