import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readYaml } from '../../../manifest/read-yaml.ts'
import { textAt, type Value } from '../../../manifest/value.ts'
import { BblError } from './bbl-error.ts'
import { readFlagSet } from './go-flag-set.ts'
import type { Session } from './session.ts'

type Render = (name: string, value: string) => string

/** How a shell takes a variable (bbl v9.0.48, renderers/). */
const renderers: Readonly<Record<string, Render>> = {
  posix: (name, value) =>
    value.includes('\n') ? `export ${name}='${withNewline(value)}'` : `export ${name}=${value}`,
  powershell: (name, value) =>
    value.includes('\n') ? `$env:${name}='\r\n${withNewline(value)}'` : `$env:${name}="${value}"`,
  yaml: (name, value) =>
    `${name.toLowerCase()}: "${withNewline(value, value.includes('\n')).replaceAll('\n', '\\n')}"`
}

/**
 * `bbl print-env`. What bbl does not know is printed empty, with exit code 0. The lab's machines answer on loopback addresses, so it
 * names no proxy: `BOSH_ALL_PROXY` and `CREDHUB_PROXY` are left out.
 */
export function printEnv(session: Session): void {
  const { args, dir, state, edge } = session
  const flags = readFlagSet(args, { texts: ['shell-type', 'metadata-file'] })
  const type = flags.get('shell-type') ?? ''
  const render = renderers[type === '' ? (edge.env['PSModulePath'] ? 'powershell' : 'posix') : type]
  if (render === undefined) throw new BblError(`unrecognized type '${type}'`)
  if (flags.has('metadata-file')) throw new BblError('the lab has no metadata files')
  dir.mustExist()
  const { bosh } = state
  const variables = {
    BOSH_CLIENT: bosh.directorUsername,
    BOSH_CLIENT_SECRET: bosh.directorPassword,
    BOSH_ENVIRONMENT: bosh.directorAddress,
    BOSH_CA_CERT: bosh.directorSSLCA,
    CREDHUB_CLIENT: 'credhub-admin',
    ...credhubVariables(session)
  }
  const shown = Object.entries(variables).map(([name, value]) => render(name, value))
  const key = sshKey(session, 'jumpbox')
  if (key === undefined) {
    session.print(shown.join('\n'))
    throw noStore(session, 'jumpbox')
  }
  session.print([...shown, render('JUMPBOX_PRIVATE_KEY', writeKey(key))].join('\n'))
}

function credhubVariables({ dir, warn }: Session): Readonly<Record<string, string>> {
  const store = read(dir.read('vars/director-vars-store.yml'))
  const vars = read(dir.read('vars/director-vars-file.yml'))
  if (store === undefined) warn('No credhub password found.')
  if (vars === undefined) warn('No credhub server found.')
  if (store === undefined) warn('No credhub certs found.')
  const text = (...keys: readonly string[]): string => textAt(store, ...keys) ?? ''
  return {
    ...(store === undefined ? {} : { CREDHUB_SECRET: text('credhub_admin_client_secret') }),
    ...(vars === undefined ? {} : { CREDHUB_SERVER: `https://${textAt(vars, 'internal_ip') ?? ''}:8844` }),
    ...(store === undefined
      ? {}
      : { CREDHUB_CA_CERT: text('credhub_ca', 'certificate') + text('uaa_ssl', 'certificate') })
  }
}

/** The private key of the user `jumpbox` on a machine; undefined where there is no vars store. */
export function sshKey({ dir }: Session, machine: 'jumpbox' | 'director'): string | undefined {
  const store = read(dir.read(`vars/${machine}-vars-store.yml`))
  return store === undefined ? undefined : (textAt(store, 'jumpbox_ssh', 'private_key') ?? '')
}

export function noStore({ dir }: Session, machine: 'jumpbox' | 'director'): BblError {
  const path = dir.file(`vars/${machine}-vars-store.yml`)
  return new BblError(`Read ${machine} vars file: open ${path}: no such file or directory`)
}

/** bbl never takes this file away again. */
function writeKey(key: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'bosh-jumpbox')), 'bosh_jumpbox_private.key')
  writeFileSync(path, key, { mode: 0o600 })
  return path
}

function read(text: string | undefined): Value | undefined {
  return text === undefined ? undefined : readYaml(text)
}

function withNewline(value: string, isWanted = true): string {
  return !isWanted || value.endsWith('\n') ? value : `${value}\n`
}
