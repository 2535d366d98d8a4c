import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { widthOf } from '../../src/core/screen-text.ts'
import { codeFrame } from '../../src/report/findings-frame.ts'
import { SourceLines } from '../../src/report/findings-source.ts'
import { styleOf } from '../../src/report/style.ts'

const style = styleOf({ colour: false })

function frame(text: string, line: number, column?: number, columns = 60): string[] {
  const place = { line, ...(column === undefined ? {} : { column }) }
  return codeFrame(new SourceLines(text, new Set()), place, { columns, style, accent: style.bad })
}

/** What stands above the caret, up to the end of the line. */
function aboveCaret(rows: readonly string[]): string | undefined {
  const index = rows.findIndex(row => row.endsWith('^'))
  if (index === -1) return undefined
  const columns = widthOf(rows[index] ?? '') - 1
  let before = ''
  for (const character of rows[index - 1] ?? '') {
    if (widthOf(before) >= columns) break
    before += character
  }
  return (rows[index - 1] ?? '').slice(before.length)
}

describe('a code frame', () => {
  it('shows two lines before and one after, with their numbers', () => {
    const text = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join('\n')
    expect(frame(text, 10, 3)).toEqual([
      '   8 | line 8',
      '   9 | line 9',
      '  10 | line 10',
      '     |   ^',
      '  11 | line 11'
    ])
  })

  it('begins and ends with the file', () => {
    expect(frame('a\nb\n', 1, 1)).toEqual(['  1 | a', '    | ^', '  2 | b'])
    expect(frame('a\r\nb\r\n', 2, 2)).toEqual(['  1 | a', '  2 | b', '    |  ^'])
    expect(frame('a\n', 2, 1)).toEqual([])
  })

  it('has no caret where the column is not known', () => {
    expect(frame('a\nb\n', 1)).toEqual(['  1 | a', '  2 | b'])
  })

  it('has its caret below the column, after tabs, wide characters and signs of several units', () => {
    expect(aboveCaret(frame('\t- put: x', 1, 4))).toBe('put: x')
    expect(aboveCaret(frame('名前: 値段', 1, 5))).toBe('値段')
    expect(aboveCaret(frame('👩‍🚒 e\u0301 x', 1, 10))).toBe('x')
  })

  it('cuts a long line round the caret', () => {
    const text = `${'before '.repeat(90)}HERE ${'after '.repeat(90)}`
    const rows = frame(text, 1, 631)
    expect(aboveCaret(rows)).toMatch(/^HERE (after )+[after]*…$/)
    expect(rows[0]).toMatch(/ \| …[a-z ]+before HERE/)
    for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(60)
  })

  it('shows what stands behind a long secret', () => {
    expect(aboveCaret(frame(`a: {token: ${'x1'.repeat(800)}, b: 1}`, 1, 1614))).toBe('b: 1}')
  })

  it('shows a line that fits to its last column', () => {
    expect(frame('x'.repeat(54), 1)[0]).toBe(`  1 | ${'x'.repeat(54)}`)
    expect(frame('x'.repeat(55), 1)[0]).toBe(`  1 | ${'x'.repeat(53)}…`)
  })

  it('of a line of megabytes takes no time', () => {
    const text = `{${'"key": "value", '.repeat(200_000)}}`
    const source = new SourceLines(text, new Set())
    const start = performance.now()
    for (let column = 1; column < text.length; column += 16_000) {
      codeFrame(source, { line: 1, column }, { columns: 80, style, accent: style.bad })
    }
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it('always shows the caret, and never more than the columns', () => {
    const line = fc.string({
      unit: fc.constantFrom('a', ' ', '\t', '名', '👩‍🚒', 'e\u0301', '\u0000'),
      maxLength: 300
    })
    fc.assert(
      fc.property(line, fc.nat(), fc.integer({ min: 30, max: 120 }), (text, at, columns) => {
        fc.pre(text.trim() !== '')
        const rows = frame(text, 1, 1 + (at % text.length), columns)
        expect(rows.some(row => row.endsWith('^'))).toBe(true)
        for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(columns)
      })
    )
  })
})
