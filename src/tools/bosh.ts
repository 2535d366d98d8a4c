import type { DirectorAccess } from './bbl.ts'
import type { Programs, ProgramResult } from './exec.ts'
import { readTables, type Row } from './table.ts'

export interface ManifestInputs {
  /** Path of the manifest. */
  readonly manifest: string
  /** Paths of ops files, in the order in which they apply. */
  readonly ops?: readonly string[]
  readonly vars?: Readonly<Record<string, string | number | boolean>>
  /** Name → path of a file whose whole text is the value. */
  readonly varFiles?: Readonly<Record<string, string>>
  /** Upstream manifests name files beside them. */
  readonly cwd?: string
}

export interface Stemcell {
  readonly os: string
  readonly version: string
}

export interface Release {
  readonly name: string
  readonly version: string
}

export interface Bosh {
  /** Applies ops files and vars; gives the manifest's text. */
  interpolate(inputs: ManifestInputs): Promise<string>
  /** One value of a manifest, as text: `/stemcells/alias=default/os`. */
  valueAt(manifest: string, path: string): Promise<string>
  deployments(): Promise<string[]>
  /** The Director's own name, e.g. `bosh-play-fern`. */
  directorName(): Promise<string>
  /** The manifest as it was deployed. It may hold secrets. */
  manifest(deployment: string): Promise<string>
  cancelTask(id: string): Promise<void>
  deploy(deployment: string, inputs: ManifestInputs): Promise<void>
  deleteDeployment(deployment: string, options?: { readonly force?: boolean }): Promise<void>
  /** Lets the Director touch an instance again that somebody told it to leave alone. */
  unignore(deployment: string, instance: string): Promise<void>
  stemcells(): Promise<Stemcell[]>
  releases(): Promise<Release[]>
  uploadStemcell(url: string, options?: { readonly sha1?: string }): Promise<void>
  uploadRelease(url: string, options?: { readonly sha1?: string }): Promise<void>
  updateRuntimeConfig(name: string, path: string): Promise<void>
  updateConfig(type: string, name: string, path: string): Promise<void>
  /** Rows as `bosh <table> --json` prints them: `vms`, `locks`, `tasks --recent`, `disks --orphaned` … */
  table(args: readonly string[], deployment?: string): Promise<Row[]>
  /** Runs an errand on one instance; its output goes to the log. Fails where the errand fails. */
  runErrand(deployment: string, errand: string, options?: { readonly instance?: string }): Promise<void>
  /** Removes what no deployment uses: releases, stemcells, orphaned disks and VMs. */
  cleanUpAll(): Promise<void>
  /** Fetches the logs of all instances as a tarball into a folder. */
  logs(deployment: string, folder: string): Promise<void>
  /** Makes a release tarball of a source folder, uncommitted files and all. Blobs that are missing are fetched first. */
  createRelease(
    folder: string,
    options: { readonly version: string; readonly tarball: string }
  ): Promise<void>
  version(): Promise<string>
}

/** The bosh CLI against one Director. Never asks a question. */
export function createBosh(programs: Programs, access: DirectorAccess | undefined): Bosh {
  const bosh = (
    args: readonly string[],
    more: { cwd?: string | undefined; echo?: boolean } = {}
  ): Promise<ProgramResult> =>
    programs.run({
      program: 'bosh',
      args: ['--non-interactive', ...args],
      ...(more.cwd === undefined ? {} : { cwd: more.cwd }),
      env: access?.env ?? {},
      echo: more.echo ?? true
    })

  return {
    async interpolate(inputs) {
      const args = ['interpolate', inputs.manifest, ...manifestArgs(inputs)]
      return (await bosh(args, { cwd: inputs.cwd, echo: false })).stdout
    },
    async valueAt(manifest, path) {
      return (await bosh(['interpolate', manifest, '--path', path], { echo: false })).stdout.trim()
    },
    async deployments() {
      const rows = readTables(
        'bosh deployments',
        (await bosh(['deployments', '--json'], { echo: false })).stdout
      )
      return rows.map(row => row['name'] ?? '').filter(name => name !== '')
    },
    async directorName() {
      const { stdout } = await bosh(['environment', '--json'], { echo: false })
      return readTables('bosh environment', stdout)[0]?.['name'] ?? ''
    },
    async manifest(deployment) {
      return (await bosh(['-d', deployment, 'manifest'], { echo: false })).stdout
    },
    async cancelTask(id) {
      await bosh(['cancel-task', id])
    },
    async deploy(deployment, inputs) {
      await bosh(['-d', deployment, 'deploy', inputs.manifest, ...manifestArgs(inputs)], { cwd: inputs.cwd })
    },
    async deleteDeployment(deployment, options) {
      await bosh(['-d', deployment, 'delete-deployment', ...(options?.force === true ? ['--force'] : [])])
    },
    async unignore(deployment, instance) {
      await bosh(['-d', deployment, 'unignore', instance])
    },
    async stemcells() {
      const rows = readTables('bosh stemcells', (await bosh(['stemcells', '--json'], { echo: false })).stdout)
      return rows.map(row => ({ os: row['os'] ?? '', version: plainVersion(row) }))
    },
    async releases() {
      const rows = readTables('bosh releases', (await bosh(['releases', '--json'], { echo: false })).stdout)
      return rows.map(row => ({ name: row['name'] ?? '', version: plainVersion(row) }))
    },
    async uploadStemcell(url, options) {
      await bosh(['upload-stemcell', ...(options?.sha1 === undefined ? [] : ['--sha1', options.sha1]), url])
    },
    async uploadRelease(url, options) {
      await bosh(['upload-release', ...(options?.sha1 === undefined ? [] : ['--sha1', options.sha1]), url])
    },
    async updateRuntimeConfig(name, path) {
      await bosh(['update-runtime-config', '--name', name, path])
    },
    async updateConfig(type, name, path) {
      await bosh(['update-config', '--type', type, '--name', name, path])
    },
    async table(args, deployment) {
      const all = [...(deployment === undefined ? [] : ['-d', deployment]), ...args]
      return readTables(`bosh ${all.join(' ')}`, (await bosh([...all, '--json'], { echo: false })).stdout)
    },
    async runErrand(deployment, errand, options) {
      const instance = options?.instance === undefined ? [] : ['--instance', options.instance]
      await bosh(['-d', deployment, 'run-errand', errand, ...instance])
    },
    async cleanUpAll() {
      await bosh(['clean-up', '--all'])
    },
    async logs(deployment, folder) {
      await bosh(['-d', deployment, 'logs', '--dir', folder])
    },
    async createRelease(folder, { version, tarball }) {
      const args = ['create-release', '--force', '--dir', folder, '--version', version, '--tarball', tarball]
      await bosh(args)
    },
    async version() {
      return (await programs.run({ program: 'bosh', args: ['--version'] })).stdout.trim()
    }
  }
}

/** The CLI marks a version that is in use by a star behind it. */
function plainVersion(row: Row): string {
  return (row['version'] ?? '').replace(/\*$/, '')
}

function manifestArgs({ ops = [], vars = {}, varFiles = {} }: ManifestInputs): string[] {
  return [
    ...ops.flatMap(path => ['-o', path]),
    ...Object.entries(vars).flatMap(([name, value]) => ['-v', `${name}=${value}`]),
    ...Object.entries(varFiles).flatMap(([name, path]) => ['--var-file', `${name}=${path}`])
  ]
}
