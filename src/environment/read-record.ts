import type { ErrorObject } from 'ajv'
import { FindingsError, type Finding } from '../core/finding.ts'
import { recordRules, type RuleFinding } from './record-rules.ts'
import type { EnvironmentRecord } from './record.ts'
import { schemaFindings } from './schema-findings.ts'
import { secretFindings } from './secret-findings.ts'
import { validateRecord } from './validators.generated.ts'
import { formatPath, readYaml, type YamlSource } from './yaml-source.ts'

/** A file that was read, with all that is wrong with it. */
export interface Checked<T> {
  readonly file: string
  /** Undefined where there are findings. */
  readonly value: T | undefined
  readonly findings: readonly Finding[]
  readonly source: YamlSource
}

/** Reads a record with every default filled in. Throws a FindingsError with everything that is wrong with it. */
export function readRecord(text: string, file: string): EnvironmentRecord {
  return valueOf(checkRecord(text, file))
}

/** As `readRecord`, but what is wrong is returned. */
export function checkRecord(text: string, file: string): Checked<EnvironmentRecord> {
  const source = readYaml(text, file)
  if (source.findings.length > 0) return { file, value: undefined, findings: source.findings, source }
  const secrets = secretFindings(source.value).map(finding => placed(finding, source))
  const schema = schemaFindings(errorsOf(validateRecord, source.value), source)
  const wrongFields = new Set(schema.map(({ path }) => path.split(/[.[]/)[0] ?? ''))
  const isWhole = wrongFields.has('')
  // A rule reads none but the fields it names, and those passed the schema.
  const record = source.value as EnvironmentRecord
  const rules = recordRules
    .filter(({ reads }) => !isWhole && !reads.some(field => wrongFields.has(field)))
    .flatMap(rule => rule.check(record).map(finding => placed(finding, source)))
  // Where a secret stands, that is all there is to say.
  const others = [...schema, ...rules].filter(({ path }) => !secrets.some(secret => secret.path === path))
  const findings = inFileOrder([...others, ...secrets])
  return { file, value: findings.length === 0 ? record : undefined, findings, source }
}

/** The value, or a FindingsError with all findings of its file. */
export function valueOf<T>({ value, findings }: Checked<T>): T {
  if (value === undefined) throw new FindingsError(findings)
  return value
}

/** What a generated validator says. It fills in defaults as it goes. */
export function errorsOf(
  validate: ((data: unknown) => boolean) & { errors?: readonly ErrorObject[] | null },
  data: unknown
): readonly ErrorObject[] {
  return validate(data) ? [] : (validate.errors ?? [])
}

export function placed(finding: RuleFinding, source: YamlSource): Finding {
  return {
    ...finding,
    severity: 'error',
    path: formatPath(finding.path),
    file: source.file,
    ...source.placeOf(finding.path)
  }
}

export function inFileOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
}
