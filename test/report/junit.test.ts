import fc from 'fast-check'
import { expect, it } from 'vitest'
import { renderJUnit } from '../../src/report/junit.ts'
import { anyText } from './events.ts'
import { sampleResults } from './sample-results.ts'
import { namesIn } from '../core/well-formed.ts'

it('is JUnit XML with a case for each cell', async () => {
  await expect(renderJUnit(sampleResults)).toMatchFileSnapshot('../golden/report/junit.xml')
})

it('is well-formed whatever the texts are', () => {
  fc.assert(
    fc.property(
      anyText,
      fc.constantFrom('pass' as const, 'flake' as const, 'fail' as const, 'skip' as const),
      (text, verdict) => {
        const cell = {
          id: text,
          from: text,
          to: text,
          proves: text,
          command: text,
          expected: text,
          verdict,
          tookMillis: 1,
          detail: text
        }
        const xml = renderJUnit({ environment: text, cells: [cell] })
        namesIn(xml)
        expect(xml).not.toMatch(/(?![\n\t])\p{Cc}|\p{Cs}/u)
      }
    )
  )
})
