import { describe, expect, it } from 'vitest'
import { checkText } from '../../src/rules/check-text.ts'

const found = (text: string): string[] =>
  checkText(text, 'p.yml').map(
    ({ line, code, hint }) => `${line} ${code}${hint === undefined ? '' : ` (${hint})`}`
  )

/** A job with these lines of a plan. */
const plan = (...lines: readonly string[]): string =>
  ['jobs:', '- name: unit', '  plan:', ...lines, ''].join('\n')

describe('a comment that allows a finding', () => {
  it('covers its own line, or the next line that says something', () => {
    expect(found(plan('  - get: none'))).toEqual([expect.stringMatching(/^4 unknown-resource/)])
    expect(found(plan('  - get: none # causeway: allow unknown-resource because it is set later'))).toEqual(
      []
    )
    expect(
      found(
        plan('  # causeway: allow unknown-resource because it is set later', '', '  # More.', '  - get: none')
      )
    ).toEqual([])
  })

  it('covers no other line', () => {
    const lines = found(
      plan('  # causeway: allow unknown-resource because it is set later', '  - get: none', '  - get: other')
    )
    expect(lines).toEqual([expect.stringMatching(/^6 unknown-resource/)])
  })

  it('covers several codes, those of the reader too', () => {
    const comment = '# causeway: allow unknown-resource , unknown-key because both are of the platform'
    expect(found(plan(`  ${comment}`, '  - {get: none, typo: 1}'))).toEqual([])
  })

  it('stands in flow style, and on top of a block of comments', () => {
    expect(
      found(
        plan(
          '  - do: [{get: a}, # causeway: allow unknown-resource because of a',
          '      {get: b}] # causeway: allow unknown-resource because of b'
        )
      )
    ).toEqual([])
    expect(
      found(
        plan(
          '  # causeway: allow unknown-resource because the platform adds it,',
          '  # when it sets the pipeline.',
          '  # See its README.',
          '  - get: none'
        )
      )
    ).toEqual([])
  })

  it('is no comment within a text', () => {
    const script = plan(
      '  - task: a',
      '    config:',
      '      platform: linux',
      '      run:',
      '        path: sh',
      '        args: [-c, "# causeway: allow unknown-job because"]'
    )
    expect(found(script).filter(one => one.includes('suppression'))).toEqual([])
  })

  it('may stand in a file with line ends of Windows', () => {
    const text = plan('  # causeway: allow unknown-resource because it is set later', '  - get: none')
    expect(found(text.replaceAll('\n', '\r\n'))).toEqual([])
  })

  it('gives a reason, a code that is there, and covers something', () => {
    expect(found(plan('  - get: none # causeway: allow unknown-resource'))).toEqual([
      '4 suppression (say why: allow … because …)'
    ])
    expect(found(plan('  - get: none # causeway: allow unknown-resource because'))).toEqual([
      '4 suppression (say why: allow … because …)'
    ])
    expect(found(plan('  - get: none # causeway: allow unknown-resorce because x'))).toEqual([
      expect.stringMatching(/^4 unknown-resource/),
      '4 suppression (write unknown-resource)'
    ])
    expect(
      found(plan('  - load_var: a # causeway: allow unknown-resource because x', '    file: a/b'))
    ).toEqual(expect.arrayContaining(['4 suppression (remove it)']))
  })

  it('that is not well formed is told, since it would allow nothing', () => {
    for (const comment of [
      'allow',
      'alow unknown-resource',
      'allow: unknown-resource',
      'allow because of it'
    ]) {
      expect(found(plan(`  - get: none # causeway: ${comment}`)), comment).toEqual([
        expect.stringMatching(/^4 unknown-resource/),
        '4 suppression (write: causeway: allow CODE because REASON)'
      ])
    }
    // A sentence about the program is none of its comments.
    expect(found(plan('  - get: none # causeway finds nothing here'))).toHaveLength(1)
  })
})

describe('an allowance that covers nothing', () => {
  it('is no matter where its rule is off, or where nothing was looked for', () => {
    const text = plan('  - load_var: a # causeway: allow unknown-resource because x', '    file: a/b')
    const codes = checkText(text, 'p.yml', { levels: { 'unknown-resource': 'off' } }).map(({ code }) => code)
    expect(codes).not.toContain('suppression')
    const broken = `${text}  - {get: a, trigger: 5}\n`
    expect(checkText(broken, 'p.yml').map(({ code }) => code)).toEqual(['wrong-type'])
  })
})
