import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemCodeOf } from '../../../core/errors.ts'
import { at, isMap, textAt, textsAt, type Value } from '../../../manifest/value.ts'
import type { ProgramEdge } from '../common/program.ts'
import { CredhubError } from './credhub-error.ts'

/** What `~/.credhub/config.json` remembers of a login; never a client's secret. */
export interface Config {
  readonly ApiURL: string
  readonly AuthURL: string
  readonly AccessToken: string
  readonly RefreshToken: string
  readonly InsecureSkipVerify: boolean
  readonly CaCerts: readonly string[]
  readonly ServerVersion: string
}

/** The remembered login; the environment's `CREDHUB_SERVER` and `CREDHUB_CA_CERT` stand above it. */
export function readConfig(edge: ProgramEdge): Config {
  const saved = readSaved(join(folderOf(edge), 'config.json'))
  const config: Config = {
    ApiURL: textAt(saved, 'ApiURL') ?? '',
    AuthURL: textAt(saved, 'AuthURL') ?? '',
    AccessToken: textAt(saved, 'AccessToken') ?? '',
    RefreshToken: textAt(saved, 'RefreshToken') ?? '',
    InsecureSkipVerify: at(saved, 'InsecureSkipVerify') === true,
    CaCerts: textsAt(saved, 'CaCerts'),
    ServerVersion: textAt(saved, 'ServerVersion') ?? ''
  }
  const { CREDHUB_SERVER: server, CREDHUB_CA_CERT: ca } = edge.env
  return {
    ...config,
    ...(server === undefined
      ? {}
      : { ApiURL: withScheme(server), AuthURL: '', AccessToken: '', RefreshToken: '' }),
    ...(ca === undefined ? {} : { CaCerts: [fileOrText(edge, ca)] })
  }
}

export function writeConfig(edge: ProgramEdge, config: Config): void {
  mkdirSync(folderOf(edge), { recursive: true })
  writeFileSync(join(folderOf(edge), 'config.json'), JSON.stringify(config), { mode: 0o600 })
}

/** The content of a file where there is such a file, else the argument itself, its `\n` made into line ends. */
export function fileOrText({ cwd }: ProgramEdge, given: string): string {
  if (given === '') return ''
  try {
    return readFileSync(resolve(cwd, given), 'utf8')
  } catch (thrown) {
    const code = systemCodeOf(thrown)
    if (code !== 'ENOENT' && code !== 'ENAMETOOLONG' && code !== 'ENOTDIR') {
      throw new CredhubError(
        'A referenced file could not be opened. Please validate the provided filenames and permissions, then retry your request.',
        { cause: thrown }
      )
    }
    return given.replaceAll('\\n', '\n')
  }
}

export function withScheme(server: string): string {
  return server.includes('://') ? server : `https://${server}`
}

function folderOf({ env }: ProgramEdge): string {
  return join(env['HOME'] ?? '', '.credhub')
}

function readSaved(path: string): Value {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isMap(parsed) ? parsed : null
  } catch {
    // A file that is missing or that can't be read counts as no login.
    return null
  }
}
