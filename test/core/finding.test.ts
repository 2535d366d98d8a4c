import { describe, expect, it } from 'vitest'
import { exitCodes, isAbort, messageOf, systemCodeOf, UserError } from '../../src/core/errors.ts'
import { FindingsError, formatFinding, hasErrors, type Finding } from '../../src/core/finding.ts'

const finding: Finding = {
  code: 'unknown-key',
  severity: 'error',
  message: 'found "gpc", expected one of aws, gcp',
  path: 'iaas',
  file: 'env/lab.yml',
  line: 3,
  column: 7,
  hint: 'did you mean gcp?'
}

describe('a finding', () => {
  it('says place, severity, path, message and hint', () => {
    expect(formatFinding(finding)).toBe(
      'env/lab.yml:3:7: error: iaas: found "gpc", expected one of aws, gcp\n  hint: did you mean gcp?'
    )
    expect(formatFinding({ code: 'x', severity: 'warning', message: 'm', path: 'p' })).toBe('warning: p: m')
  })

  it('throws all of them at once, with exit code 3', () => {
    const error = new FindingsError([finding, { ...finding, line: 9 }])
    expect(error.exitCode).toBe(exitCodes.findings)
    expect(error.message.split('\n')).toHaveLength(4)
  })

  it('stops the work only where it is an error', () => {
    expect(hasErrors([{ ...finding, severity: 'warning' }])).toBe(false)
    expect(hasErrors([{ ...finding, severity: 'warning' }, finding])).toBe(true)
  })
})

describe('errors', () => {
  it('ties each outcome to its exit code', () => {
    expect(new UserError('refused', 'held').exitCode).toBe(7)
    expect(new UserError('timeout', 'late').exitCode).toBe(5)
  })

  it('reads what was thrown, whatever it was', () => {
    expect(messageOf('text')).toBe('text')
    expect(systemCodeOf(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBe('ENOSPC')
    expect(systemCodeOf('ENOSPC')).toBeUndefined()
    expect(isAbort(new DOMException('stop', 'AbortError'))).toBe(true)
    expect(isAbort(new Error('stop'))).toBe(false)
  })
})
