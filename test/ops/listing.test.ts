import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseCfOps } from '../../src/ops/choose-cf.ts'
import { chooseCfcrOps } from '../../src/ops/choose-cfcr.ts'
import { ourOps } from './manifests.ts'

const folder = join(import.meta.dirname, '..', '..', 'ops')

describe('ops/', () => {
  it('has a row in its README for each ops file, and no row for one that is not there', async () => {
    const readme = await readFile(join(folder, 'README.md'), 'utf8')
    const rows = [...readme.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name)
    const files: string[] = []
    for (const deployment of ['cf', 'cfcr']) {
      const names = (await readdir(join(folder, deployment))).filter(name => name.endsWith('.yml'))
      files.push(...names.sort().map(name => `${deployment}/${name}`))
    }
    expect(rows).toEqual(files)
  })

  it('holds no file that no manifest gets', () => {
    const cf = chooseCfOps({ groups: new Set(['adapter', 'log-cache']) }, { share: true, small: true })
    expect(cf.map(({ file }) => file)).toEqual([...ourOps('cf').keys()])
    const newer = { flagsBy: 'configuration', etcdKnowsFlannel: true, workersHaveBpm: false } as const
    const older = { flagsBy: 'properties', etcdKnowsFlannel: false, workersHaveBpm: true } as const
    const chosen = [
      chooseCfcrOps(newer, { kubo: '0.44.0+silk.1', silk: '3.26.0', link: 'by-hand' }),
      chooseCfcrOps(older, { kubo: '0.19.0+silk.1', silk: '2.16.0', link: 'shared' }),
      chooseCfcrOps(older, { kubo: '0.20.0+silk.1', silk: '2.16.0', link: 'shared' })
    ].flat()
    expect([...new Set(chosen.map(({ file }) => file))].sort()).toEqual([...ourOps('cfcr').keys()])
  })
})
