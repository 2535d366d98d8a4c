import type { Finding } from '../core/finding.ts'
import { hasPage, moreOn } from './findings-doc.ts'
import { relativeTo } from './findings-place.ts'
import { summaryOf } from './findings-summary.ts'

export interface GithubOptions {
  /** Absolute folder that annotated files are named from: the checkout that a workflow looks at. */
  readonly base: string
}

/**
 * Findings as annotations of a workflow run, one command a line, and a summary for who reads the log
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message).
 */
export function findingsGithub(findings: readonly Finding[], { base }: GithubOptions): string {
  const commands = findings.map(finding => commandOf(finding, base))
  return [...commands, summaryOf(findings)].map(line => `${line}\n`).join('')
}

function commandOf(finding: Finding, base: string): string {
  const { code, severity, message, path, file, line, column, hint, doc } = finding
  const properties = Object.entries({
    file: file === undefined ? undefined : relativeTo(base, file),
    line,
    col: column,
    title: code
  }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]))
  const text = [
    path === '' ? message : `${path}: ${message}`,
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
    ...(doc === undefined ? [] : [`more: ${hasPage(finding) ? moreOn(code) : doc}`])
  ].join('\n')
  return `::${severity} ${properties.join(',')}::${escapeData(text)}`
}

/** What the runner takes back when it reads a command; `%` first, since the others bring it in. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
