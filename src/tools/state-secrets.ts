import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { SecretSource } from '../core/redact.ts'
import { secretLeaves } from '../core/secret-leaves.ts'
import { leavesOf } from '../core/yaml-leaves.ts'
import { isRecord, parseJson } from './table.ts'

/**
 * The secrets that lie in bbl's state directory: vars stores, vars files, terraform's state and variables, and what bbl itself
 * keeps (bbl v9.0.48, storage/file_ownership.go). A file is read when it has changed since the last time, so a secret that
 * a program makes and writes is known before anything that the program prints afterwards.
 */
export function stateSecrets(folder: string): SecretSource {
  const seen = new Map<string, string>()
  return learn => {
    for (const path of filesWithSecrets(folder)) {
      const stamp = stampOf(path)
      if (stamp === undefined || seen.get(path) === stamp) continue
      const text = textOf(path)
      if (text === undefined) continue
      secretsIn(basename(path), text).forEach(learn)
      seen.set(path, stamp)
    }
  }
}

function filesWithSecrets(folder: string): string[] {
  const vars = join(folder, 'vars')
  return [join(folder, 'bbl-state.json'), ...namesIn(vars).map(name => join(vars, name))]
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function stampOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found?.isFile() === true ? `${found.ino} ${found.size} ${found.mtimeNs}` : undefined
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It has gone meanwhile, as bbl's own files do in the end.
    return undefined
  }
}

/** What is secret in one file of the state, by its name. What is only half written gives what it has so far. */
export function secretsIn(name: string, text: string): string[] {
  if (/\.(json|tfstate|backup)$/.test(name)) {
    const data = parseJson(text)
    return [...secretLeaves(data), ...sensitiveValues(data), ...loadBalancerKey(data)]
  }
  const mostly = /vars-store\.ya?ml$/.test(name)
  return leavesOf(text).flatMap(({ key, text: value }) => secretLeaves(value, { mostly }, key))
}

/** Outputs and attributes that terraform itself calls sensitive (terraform state format, versions 3 and 4). */
function sensitiveValues(data: unknown): string[] {
  if (Array.isArray(data)) return data.flatMap(sensitiveValues)
  if (!isRecord(data)) return []
  const all = { mostly: true }
  const own = data['sensitive'] === true ? secretLeaves(data['value'], all) : []
  const attributes = data['attributes']
  const paths = Array.isArray(data['sensitive_attributes']) ? data['sensitive_attributes'] : []
  const named = paths.flatMap((path: unknown) => {
    const step: unknown = Array.isArray(path) ? path[0] : undefined
    const attribute = isRecord(step) ? step['value'] : undefined
    return isRecord(attributes) && typeof attribute === 'string'
      ? secretLeaves(attributes[attribute], all)
      : []
  })
  return [...own, ...named, ...Object.values(data).flatMap(sensitiveValues)]
}

/** The key of bbl's load balancer: on Azure it is the password of the certificate, which no name tells. */
function loadBalancerKey(data: unknown): string[] {
  const balancer = isRecord(data) ? data['lb'] : undefined
  const key = isRecord(balancer) ? balancer['key'] : undefined
  return typeof key === 'string' && key !== '' ? [key] : []
}
