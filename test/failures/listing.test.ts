import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const rows = Array.from({ length: 25 }, (_, index) => index + 1)

/** The files with tests of a row, by row. */
let files: ReadonlyMap<number, ReadonlySet<string>>
let page: string

beforeAll(async () => {
  page = await readFile(join(root, 'docs/failures.md'), 'utf8')
  const found = new Map<number, Set<string>>()
  const entries = await readdir(join(root, 'test'), { recursive: true, withFileTypes: true })
  for (const entry of entries.filter(({ name }) => name.endsWith('.test.ts'))) {
    const path = join(entry.parentPath, entry.name)
    const text = await readFile(path, 'utf8')
    for (const [, row] of text.matchAll(/(?:\(|^ +)['"`]failure (\d+):/gm)) {
      found.set(Number(row), (found.get(Number(row)) ?? new Set()).add(relative(root, path)))
    }
  }
  files = found
})

/** What the page says of the tests of a row: the file, or the folder that they are in. */
function placeOf(row: number): string | undefined {
  return new RegExp(`^\\| *${row} *\\|.*\\| *\`([^\`]+)\` *\\|$`, 'm').exec(page)?.[1]
}

describe('docs/failures.md', () => {
  it.each(rows)('has row %i, and a test of it where it says', row => {
    const place = placeOf(row)
    expect(place, `row ${row} of the page`).toBeDefined()
    const tests = [...(files.get(row) ?? [])]
    expect(tests.length, `tests whose titles begin with "failure ${row}:"`).toBeGreaterThan(0)
    expect(
      tests.some(test => test.startsWith(place ?? '-')),
      `${tests.join(', ')} in ${place ?? ''}`
    ).toBe(true)
  })

  it('knows every row that a test names', () => {
    expect([...files.keys()].filter(row => !rows.includes(row))).toEqual([])
  })
})
