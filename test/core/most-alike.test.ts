import { expect, it } from 'vitest'
import { MostAlike } from '../../src/core/most-alike.ts'

interface Found {
  readonly code: string
  readonly severity?: 'error' | 'warning'
  readonly message: string
  readonly more?: number
}

/** Those of the found that are kept, at most two of a kind. */
function kept(...found: readonly (readonly [Found, place?: number])[]): readonly Found[] {
  const alike = new MostAlike<Found>(2)
  return alike.counted(found.filter(([one, place]) => alike.takes(one, place)).map(([one]) => one))
}

const found = (message: string, code = 'a'): Found => ({ code, message })

it('keeps the first of a kind, and counts the others', () => {
  expect(kept([found('1')], [found('2')], [found('b', 'b')], [found('3')], [found('4')])).toEqual([
    found('1'),
    { ...found('2; 2 more like it are not shown'), more: 2 },
    found('b', 'b')
  ])
})

it('keeps all where there are as many as are told', () => {
  expect(kept([found('1')], [found('2')])).toEqual([found('1'), found('2')])
})

it('leaves out no error for warnings of the same code', () => {
  const warning = { ...found('w'), severity: 'warning' } as const
  const error = { ...found('e'), severity: 'error' } as const
  expect(kept([warning], [{ ...warning }], [{ ...warning }], [error])).toContainEqual(error)
})

it('counts what is left out once for each place, and what it stands for', () => {
  const places: [Found, number][] = [1, 2, 3, 3, 4].map(place => [found(String(place)), place])
  expect(kept(...places, [{ ...found('5'), more: 10 }, 5]).at(-1)?.more).toBe(13)
})
