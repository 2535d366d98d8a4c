import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdits, type Edit } from '../../src/release/edit.ts'

const edit: Edit = { about: 'a flag', anchor: '  --a \\', lines: ['  --a \\', '  --b \\'] }

describe('an edit of one of upstream’s texts', () => {
  it('puts its lines in the place of the anchor', () => {
    expect(applyEdits('run \\\n  --a \\\n  --c\n', [edit])).toEqual({
      text: 'run \\\n  --a \\\n  --b \\\n  --c\n',
      problems: []
    })
  })

  it.each([
    ['missing', 'run\n', 'found no line "  --a \\\\", expected it once'],
    ['doubled', '  --a \\\n  --a \\\n', 'found line "  --a \\\\" at 1, 2, expected it once'],
    [
      'made twice',
      '  --a \\\n  --b \\\n  --a \\\n  --b \\\n',
      'found the edit of line "  --a \\\\" at 1, 3, expected it once'
    ],
    [
      'made and there again',
      '  --a \\\n  --b \\\n  --a \\\n',
      'found line "  --a \\\\" at 3 besides the edit at 1, expected one of both'
    ],
    ['indented otherwise', '    --a \\\n', 'found no line "  --a \\\\", expected it once']
  ])('is not made where the place is %s', (_, text, message) => {
    expect(applyEdits(text, [edit])).toEqual({ text, problems: [{ edit, message }] })
  })

  it('is told with all others that can not be made', () => {
    const other = { ...edit, anchor: 'x' }
    expect(applyEdits('', [edit, other]).problems.map(problem => problem.edit)).toEqual([edit, other])
  })

  const line = fc.constantFrom('', 'a', '  --a \\', '  --b \\', 'ü\r', '\t')
  it('made of what it made changes nothing, and takes nothing else away', () => {
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (before, after) => {
        const text = [...before, ...after].join('\n')
        const once = applyEdits(text, [edit])
        if (once.problems.length > 0) expect(once.text).toBe(text)
        else {
          expect(applyEdits(once.text, [edit])).toEqual(once)
          const without = once.text.replace('  --a \\\n  --b \\', '  --a \\')
          expect([text, once.text]).toContain(text === once.text ? once.text : without)
          expect(text === once.text || without === text).toBe(true)
        }
      })
    )
  })
})
