import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { carrierEnvironment } from './carrier/environment.ts'
import { writeJson, writeWhole } from './json-file.ts'
import { defaultSettings, type LabSettings } from './pace.ts'
import { labPaths } from './paths.ts'
import { eraVariable } from './terraform/era.ts'

/** Programs that the lab imitates, and that real ones can stand in for. */
export const labPrograms = ['bbl', 'bosh', 'credhub', 'cf', 'kubectl'] as const

/** Besides these, what a real bbl starts in the place of Terraform, and the IaaS's own command line. */
const installed = [...labPrograms, 'terraform', 'labcloud'] as const

/**
 * An imitation trusts whom its command line names, and on this machine whom Go's programs trust. Node would read its own 140 authorities
 * at the first connection, and those of its variable at each start: longer than all else that most of these programs do.
 */
const systemAuthorities = '--use-openssl-ca'
const withoutAuthorities = 'unset NODE_EXTRA_CA_CERTS SSL_CERT_FILE\n'

export interface InstallOptions {
  /** Folder of the programs: `dist/src/lab/programs`, or their sources. */
  readonly programs: string
  /** The node that runs them. */
  readonly node: string
  /** Arguments of node that they need. @default none */
  readonly nodeArgs?: readonly string[]
  /** @default '.js' */
  readonly extension?: '.js' | '.ts'
  /** Written where the lab has no settings yet. */
  readonly settings?: LabSettings
}

/** Makes the folders of a lab, and writes its programs anew: they must be those of this checkout, wherever it was moved. */
export async function installLab(lab: string, options: InstallOptions): Promise<void> {
  const { bin, cloud, settings } = labPaths(lab)
  for (const folder of [lab, bin, cloud]) mkdirSync(folder, { recursive: true })
  if (!existsSync(settings)) writeJson(settings, options.settings ?? defaultSettings)
  const { programs, node, nodeArgs = [], extension = '.js' } = options
  for (const name of installed) {
    const command = [node, systemAuthorities, ...nodeArgs, join(programs, `${name}${extension}`)]
    writeProgram(join(bin, name), `${withoutAuthorities}exec ${command.map(quote).join(' ')} "$@"\n`)
  }
}

/** Writes a program that stands before an imitation and starts a real one, which finds in the lab what it needs. */
export function putReal(lab: string, folder: string, name: string, program: string): void {
  mkdirSync(folder, { recursive: true })
  const old = quote(join(folder, oldTerraform))
  if (name === 'bbl') {
    const imitation = quote(join(labPaths(lab).bin, 'terraform'))
    writeProgram(
      join(folder, oldTerraform),
      `${exportsOf({ [eraVariable]: '0.11' })}exec ${imitation} "$@"\n`
    )
  }
  writeProgram(join(folder, name), `${preparation(lab, name, old)}exec ${quote(program)} "$@"\n`)
}

/** Where a bbl up to v8.4.40 keeps the Terraform that it brings along, in the folder of temporary files (terraform/binary_path.go). */
const oldTerraform = 'bbl-terraform'

/**
 * What a real program must be spared in a lab. A bosh makes no machines there, since it has no CPI for the lab's cloud: `create-env` and
 * `delete-env` stay with the imitation. A bbl takes the lab for an OpenStack and its terraform for a real one; it has no leftovers to
 * find on OpenStack, so these stay with the imitation, too. A bbl up to v8.4.40 is not told where its terraform lies: it unpacks its own,
 * unless it finds a newer one in the folder of temporary files. Machines answer on loopback, and no jumpbox listens: there is no proxy.
 */
function preparation(lab: string, name: string, old: string): string {
  const { bin, cloud } = labPaths(lab)
  const imitation = quote(join(bin, name))
  const instead = (words: string, more = ''): string =>
    `for word; do case $word in ${words}) exec ${imitation} "$@"${more} ;; esac; done\n`
  switch (name) {
    case 'bosh':
      return `${instead('create-env | delete-env')}unset BOSH_ALL_PROXY\n`
    case 'credhub':
      return 'unset CREDHUB_PROXY BOSH_ALL_PROXY\n'
    case 'bbl':
      return (
        instead('leftovers | cleanup-leftovers', ` --state-dir ${quote(cloud)}`) +
        exportsOf({ ...carrierEnvironment, BBL_TERRAFORM_BINARY: join(bin, 'terraform') }) +
        `[ -z "\${TMPDIR:-}" ] || ln -sf ${old} "$TMPDIR/${oldTerraform}"\n`
      )
    default:
      return ''
  }
}

export interface EnvironmentOptions {
  /** PATH behind the lab's programs. */
  readonly path: string
  /** Folder of the bare repositories that stand for git.lab.causeway.internal. */
  readonly repositories: string
}

/** Environment variables that lead programs and git into a lab (git 2.31 reads configuration from `GIT_CONFIG_*`). */
export function labEnvironment(
  lab: string,
  { path, repositories }: EnvironmentOptions
): Readonly<Record<string, string>> {
  const { bin, upstreams } = labPaths(lab)
  const instead = [
    [upstreams, 'https://github.com/'],
    [repositories, 'https://git.lab.causeway.internal/']
  ] as const
  const config = instead.flatMap(([folder, url], index) => [
    [`GIT_CONFIG_KEY_${index}`, `url.${folder}/.insteadOf`] as const,
    [`GIT_CONFIG_VALUE_${index}`, url] as const
  ])
  return {
    CAUSEWAY_LAB: lab,
    PATH: `${bin}:${path}`,
    GIT_CONFIG_COUNT: String(instead.length),
    ...Object.fromEntries(config)
  }
}

function exportsOf(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([variable, value]) => `export ${variable}=${quote(value)}\n`)
    .join('')
}

function writeProgram(path: string, body: string): void {
  writeWhole(path, `#!/bin/sh\n# Written by causeway at each start.\n${body}`)
  chmodSync(path, 0o755)
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
