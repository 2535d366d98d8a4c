import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { findingsText } from '../../src/report/findings-text.ts'

/** What is shown of a text whose line is pointed at. */
function shown(text: string, line: number, code = 'unknown-key'): string {
  const finding: Finding = { code, severity: 'error', message: 'm', path: 'p', file: 'f', line, column: 1 }
  return findingsText([finding], { sources: new Map([['f', text]]), columns: 160 })
}

const canary = 'hunter2'

describe('a code frame', () => {
  it.each([
    `password: ${canary}`,
    `    password:   "${canary}, ${canary}"   # ${canary}`,
    `- {name: a, admin_password: ${canary}, uri: x}`,
    `{"client_secret": "${canary}"}`,
    `clientSecret: '${canary}'`,
    `export CF_PASSWORD=${canary}`,
    `- --access-token=${canary}`,
    `uri: https://admin:${canary}@example.com/x.git`,
    `key: "-----BEGIN RSA PRIVATE KEY-----\\n${canary}"`,
    `word: ghp_${canary}${'x'.repeat(20)}`
  ])('masks what looks like a secret: %s', line => {
    const text = shown(`a: 1\n${line}\nb: 2\n`, 2)
    expect(text).not.toContain(canary)
    expect(text).toContain('((redacted))')
    expect(shown(`a: 1\n${line}\nb: 2\n`, 3), 'as a neighbour').not.toContain(canary)
  })

  it('leaves the rest of the line', () => {
    expect(shown(`- {name: a, password: ${canary}, uri: x}`, 1)).toContain(
      '- {name: a, password: ((redacted)), uri: x}'
    )
    expect(shown(`password: ${canary}`, 1)).toContain('password: ((redacted))')
  })

  it.each([
    'password: ((cf.password))',
    'password: "((password))"  # of the admin',
    'password: $CF_PASSWORD',
    'get_token: true',
    'private_key: |',
    'file: rpo/unit.yml',
    'image: registry.example.com/toolbox@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'uri: https://example.com/a/very/long/path/to/something.git'
  ])('masks nothing of %s', line => {
    expect(shown(line, 1)).toContain(` | ${line}`)
  })

  it('masks all of a secret of several lines, and nothing after it', () => {
    const text = `source:\n  private_key: |\n    ${canary}\n\n    ${canary}\n  uri: x\n`
    for (const line of [3, 4, 5, 6]) expect(shown(text, line)).not.toContain(canary)
    expect(shown(text, 6)).toContain('  uri: x')
    const pem = `x: |\n  -----BEGIN OPENSSH PRIVATE KEY-----\n  ${canary}\n  -----END OPENSSH PRIVATE KEY-----\ny: 1\n`
    for (const line of [2, 3, 4, 5]) expect(shown(pem, line)).not.toContain(canary)
    expect(shown(pem, 5)).toContain('y: 1')
  })

  it.each([`params: {A: ${canary}}`, `A: ${canary}`, `- ${canary}`, `A: >\n  ${canary}`, `A=${canary}`])(
    'masks the value that a finding calls secret, however harmless it looks: %s',
    text => {
      expect(shown(`x: 1\n${text}\ny: 1\n`, 2, 'plain-secret')).not.toContain(canary)
      expect(shown(`x: 1\n${text}\ny: 1\n`, 2)).toContain(canary)
    }
  )

  it('keeps its caret at a masked value', () => {
    const finding: Finding = {
      code: 'plain-secret',
      severity: 'error',
      message: 'm',
      path: '',
      file: 'f',
      line: 1
    }
    const text = findingsText([{ ...finding, column: 13 }], {
      sources: new Map([['f', `password: ${canary}`]])
    })
    expect(text).toContain(`password: ((redacted))\n    |           ^`)
  })

  it('of a long word without an end takes no time', () => {
    const start = performance.now()
    shown(`a: ${'a-'.repeat(500_000)}\nb: ${'x'.repeat(1_000_000)}\n${'-'.repeat(100_000)}`, 1)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
