import { errorsOf, inFileOrder, valueOf, type Checked } from './read-record.ts'
import { schemaFindings } from './schema-findings.ts'
import { validateVersionSet } from './validators.generated.ts'
import type { VersionSet } from './version-set.ts'
import { readYaml } from './yaml-source.ts'

/** Reads a version set with every default filled in. Throws a FindingsError with everything that is wrong with it. */
export function readVersionSet(text: string, file: string): VersionSet {
  return valueOf(checkVersionSet(text, file))
}

/** As `readVersionSet`, but what is wrong is returned. */
export function checkVersionSet(text: string, file: string): Checked<VersionSet> {
  const source = readYaml(text, file)
  if (source.findings.length > 0) return { file, value: undefined, findings: source.findings, source }
  const findings = inFileOrder(schemaFindings(errorsOf(validateVersionSet, source.value), source))
  // Without findings it is what the schema says, and that is the type.
  return { file, value: findings.length === 0 ? (source.value as VersionSet) : undefined, findings, source }
}
