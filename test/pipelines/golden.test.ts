import { execFileSync } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPipeline } from '../../src/concourse/read.ts'
import { renderPipeline } from '../../src/concourse/render.ts'
import { checkPipeline } from '../../src/rules/check-pipeline.ts'
import { pipelines } from './load.ts'

const fly = process.env['CAUSEWAY_REAL_FLY']
const all = await pipelines()

describe.each(all)('pipeline $name of $environment', ({ environment, name, pipeline, source }) => {
  const text = renderPipeline(pipeline, { source })

  it('is the golden', async () => {
    await expect(text).toMatchFileSnapshot(`../golden/pipelines/${environment}/${name}.yml`)
  })

  it('is named as its file is', () => {
    expect(source).toBe(`pipelines/${name}.ts`)
  })

  it('reads back as what was written', () => {
    expect(readPipeline(text, source).pipeline).toEqual(pipeline)
  })

  it('has no findings', () => {
    expect(checkPipeline(pipeline)).toEqual([])
  })

  it.skipIf(fly === undefined)('is accepted by the real fly, which CAUSEWAY_REAL_FLY names', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'fly-')), 'pipeline.yml')
    await writeFile(file, text)
    expect(execFileSync(fly ?? '', ['validate-pipeline', '--strict', '-c', file]).toString()).toContain(
      'looks good'
    )
  })
})
