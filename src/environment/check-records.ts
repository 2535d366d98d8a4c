import { FindingsError, hasErrors, type Finding } from '../core/finding.ts'
import { nearestName } from '../core/nearest.ts'
import { checkRecord, placed, type Checked } from './read-record.ts'
import { checkVersionSet } from './read-version-set.ts'
import type { RuleFinding } from './record-rules.ts'
import type { EnvironmentRecord } from './record.ts'
import type { VersionSet } from './version-set.ts'

/** The texts of `env/`, by path: `env/lab.yml`, `env/versions/lab.yml`. */
export type EnvironmentFiles = ReadonlyMap<string, string>

/** All records and version sets by name, in the order of their names. */
export interface Environments {
  readonly records: ReadonlyMap<string, EnvironmentRecord>
  readonly versionSets: ReadonlyMap<string, VersionSet>
}

/** Reads all of `env/` and checks it as a whole. Throws a FindingsError with everything that is wrong in any file. */
export function readEnvironments(files: EnvironmentFiles): Environments {
  const { findings, ...environments } = checkEnvironments(files)
  if (hasErrors(findings)) throw new FindingsError(findings)
  return environments
}

/** As `readEnvironments`, but what is wrong is returned, beside all that could be read. */
export function checkEnvironments(files: EnvironmentFiles): Environments & { findings: readonly Finding[] } {
  const yaml = [...files].filter(([file]) => /\.ya?ml$/.test(file)).sort(([a], [b]) => (a < b ? -1 : 1))
  const isSet = (file: string): boolean => /(^|\/)versions\/[^/]+$/.test(file)
  const sets = yaml.filter(([file]) => isSet(file)).map(([file, text]) => checkVersionSet(text, file))
  const records = yaml.filter(([file]) => !isSet(file)).map(([file, text]) => checkRecord(text, file))
  const setNames = sets.map(({ file }) => stemOf(file))
  return {
    records: new Map(records.flatMap(({ value }) => (value === undefined ? [] : [[value.name, value]]))),
    versionSets: new Map(sets.flatMap(({ value }) => (value === undefined ? [] : [[value.name, value]]))),
    findings: [
      ...[...sets, ...records].flatMap(({ findings }) => findings),
      ...checkRecords(records, setNames),
      ...sets.flatMap(checkFileName)
    ]
  }
}

/** What is wrong between files, each of which may be right: names, their prefixes, version sets that are not there. */
function checkRecords(
  records: readonly Checked<EnvironmentRecord>[],
  versionSets: readonly string[]
): Finding[] {
  return records.flatMap(record => [
    ...checkFileName(record),
    ...checkPrefix(record, records),
    ...checkVersions(record, versionSets)
  ])
}

function checkFileName<T>(checked: Checked<T>): Finding[] {
  const name = textAt(checked, 'name')
  const stem = stemOf(checked.file)
  if (name === undefined || name === stem) return []
  return report(checked, {
    code: 'name-differs',
    path: ['name'],
    message: `found ${name}, expected ${stem}, the name of the file`,
    hint: `write name: ${stem}, or rename the file to ${name}.yml`
  })
}

/**
 * A filter for `play-1` also finds `play-10`, and sweeps it (bosh-bootloader v9.0.48, leftovers: strings.Contains).
 */
function checkPrefix(
  record: Checked<EnvironmentRecord>,
  records: readonly Checked<EnvironmentRecord>[]
): Finding[] {
  const name = textAt(record, 'name')
  if (name === undefined) return []
  return records
    .filter(other => other !== record)
    .map(other => ({ file: other.file, other: textAt(other, 'name') }))
    .filter(({ other }) => other?.startsWith(name))
    .flatMap(({ file, other }) =>
      report(record, {
        code: 'name-prefix',
        path: ['name'],
        message: `found ${name}, expected a name with which no other begins; ${file} has ${String(other)}`,
        hint: 'rename one of the two: clean-up filters match substrings'
      })
    )
}

function checkVersions(record: Checked<EnvironmentRecord>, versionSets: readonly string[]): Finding[] {
  const versions = textAt(record, 'versions')
  if (versions === undefined || versionSets.includes(versions)) return []
  const meant = nearestName(versions, versionSets)
  return report(record, {
    code: 'unknown-version-set',
    path: ['versions'],
    message: `found ${versions}, expected one of ${versionSets.join(', ')}`,
    hint: meant === undefined ? `add env/versions/${versions}.yml` : `write ${meant}`
  })
}

function report<T>({ source }: Checked<T>, finding: RuleFinding): Finding[] {
  return [placed(finding, source)]
}

/** A field as it stands in the file, whatever else is wrong there. */
function textAt<T>({ source }: Checked<T>, key: string): string | undefined {
  const { value } = source
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1]
  return typeof found === 'string' ? found : undefined
}

/** `env/versions/last-cfcr.yml` → `last-cfcr`. */
function stemOf(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.ya?ml$/, '')
}
