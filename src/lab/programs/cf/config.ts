import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { at, textAt, type Value } from '../../../manifest/value.ts'
import type { ProgramEdge } from '../common/program.ts'

export interface Target {
  readonly GUID: string
  readonly Name: string
}

/** What `.cf/config.json` remembers: where the API is, who is logged in, and what is targeted. */
export interface Config {
  readonly Target: string
  readonly APIVersion: string
  readonly AuthorizationEndpoint: string
  readonly UaaEndpoint: string
  readonly NetworkPolicyV1Endpoint: string
  /** With its type, `bearer …`. */
  readonly AccessToken: string
  readonly RefreshToken: string
  readonly SSLDisabled: boolean
  readonly OrganizationFields: Target
  readonly SpaceFields: Target
}

export const nothing: Target = { GUID: '', Name: '' }

export function readConfig(edge: ProgramEdge): Config {
  const saved = readSaved(pathOf(edge))
  const text = (key: string): string => textAt(saved, key) ?? ''
  const target = (key: string): Target => ({
    GUID: textAt(saved, key, 'GUID') ?? '',
    Name: textAt(saved, key, 'Name') ?? ''
  })
  return {
    Target: text('Target'),
    APIVersion: text('APIVersion'),
    AuthorizationEndpoint: text('AuthorizationEndpoint'),
    UaaEndpoint: text('UaaEndpoint'),
    NetworkPolicyV1Endpoint: text('NetworkPolicyV1Endpoint'),
    AccessToken: text('AccessToken'),
    RefreshToken: text('RefreshToken'),
    SSLDisabled: at(saved, 'SSLDisabled') === true,
    OrganizationFields: target('OrganizationFields'),
    SpaceFields: target('SpaceFields')
  }
}

/** Replaces the file in one step: another cf may be reading it. */
export function writeConfig(edge: ProgramEdge, config: Config): void {
  const path = pathOf(edge)
  mkdirSync(folderOf(edge), { recursive: true })
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 })
  renameSync(temporary, path)
}

function folderOf({ env }: ProgramEdge): string {
  return join(env['CF_HOME'] ?? env['HOME'] ?? '', '.cf')
}

function pathOf(edge: ProgramEdge): string {
  return join(folderOf(edge), 'config.json')
}

function readSaved(path: string): Value {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Value
  } catch {
    // A file that is missing or that can't be read counts as one without a login.
    return null
  }
}
