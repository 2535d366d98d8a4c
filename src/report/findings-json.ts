import type { Finding } from '../core/finding.ts'

export interface JsonOptions {
  /** Lines that people can read, or one line. @default false */
  readonly pretty?: boolean
}

/** `{"findings":[…]}` with a line end; the keys of a finding come in one order, and absent ones are left out. */
export function findingsJson(findings: readonly Finding[], { pretty = false }: JsonOptions = {}): string {
  const data = {
    findings: findings.map(({ code, severity, message, path, file, line, column, hint, doc, more }) => ({
      code,
      severity,
      message,
      path,
      file,
      line,
      column,
      hint,
      doc,
      more
    }))
  }
  return `${JSON.stringify(data, null, pretty ? 2 : 0)}\n`
}
