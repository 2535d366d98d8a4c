import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const rows = Array.from({ length: 25 }, (_, index) => index + 1)

/** Lines like `- test/state/keep-state.test.ts: bbl up that fails midway loses no state`, by row. */
let tests: ReadonlyMap<number, readonly string[]>
let page: string

beforeAll(async () => {
  page = await readFile(join(root, 'docs/failures.md'), 'utf8')
  const found = new Map<number, string[]>()
  const entries = await readdir(join(root, 'test'), { recursive: true, withFileTypes: true })
  const paths = entries.map(entry => join(entry.parentPath, entry.name)).sort()
  for (const path of paths.filter(name => name.endsWith('.test.ts'))) {
    const text = await readFile(path, 'utf8')
    for (const [, , row, title = ''] of text.matchAll(/(?:\(|^ +)(['"`])failure (\d+): ((?:(?!\1).)+)\1/gm)) {
      const line = `- \`${relative(root, path)}\`: ${title}`
      found.set(Number(row), [...(found.get(Number(row)) ?? []), line])
    }
  }
  tests = found
})

/** What stands below the heading of a row. */
function linesOf(row: number): readonly string[] {
  const [, section = ''] = new RegExp(`^### ${row}\\n([^#]*)`, 'm').exec(page) ?? []
  return section.split('\n').filter(line => line !== '')
}

describe('docs/failures.md', () => {
  it.each(rows)('has row %i, and each test of it by its title', row => {
    expect(page).toMatch(new RegExp(`^\\| *${row} *\\|`, 'm'))
    expect(linesOf(row)).toEqual(tests.get(row) ?? [`a test whose title begins with "failure ${row}:"`])
  })

  it('knows every row that a test names', () => {
    expect([...tests.keys()].filter(row => !rows.includes(row))).toEqual([])
  })
})
