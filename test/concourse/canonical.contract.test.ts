import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalPipeline } from '../../src/concourse/canonical.ts'
import { naturalOrder } from '../../src/concourse/go-natural-order.ts'
import type { Pipeline } from '../../src/concourse/model.ts'
import { renderPipeline } from '../../src/concourse/render.ts'
import { awkwardPipeline, keptPipeline } from './kept-pipelines.ts'
import { sample } from './sample.ts'

const fly = process.env['CAUSEWAY_REAL_FLY'] ?? ''

/** Of some sets of keys go-yaml writes now the one first, now another. */
function hasOneOrder(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(hasOneOrder)
  if (typeof value !== 'object' || value === null) return true
  const keys = Object.keys(value).sort(naturalOrder)
  return (
    keys.every((key, index) => keys.slice(index + 1).every(other => naturalOrder(key, other) < 0)) &&
    Object.values(value).every(hasOneOrder)
  )
}

describe.skipIf(fly === '')(
  'fly format-pipeline (needs CAUSEWAY_REAL_FLY, the path of a fly of concourse v8.3)',
  () => {
    let folder = ''
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'causeway-fly-'))
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    function byFly(pipeline: Pipeline): string {
      const file = join(folder, 'pipeline.yml')
      writeFileSync(file, renderPipeline(pipeline))
      return execFileSync(fly, ['format-pipeline', '-c', file], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    }

    it('prints the same of the goldens', () => {
      for (const pipeline of [sample().pipeline, awkwardPipeline]) {
        expect(canonicalPipeline(pipeline)).toBe(byFly(pipeline))
      }
    })

    it('prints the same of any pipeline', { timeout: 120_000 }, () => {
      fc.assert(
        fc.property(keptPipeline.filter(hasOneOrder), pipeline => {
          expect(canonicalPipeline(pipeline)).toBe(byFly(pipeline))
        }),
        { numRuns: 200, endOnFailure: true }
      )
    })
  }
)
