import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { guardPodIp } from '../../src/environment/ops.ts'
import { chooseCfOps } from '../../src/ops/choose-cf.ts'
import { chooseCfcrOps } from '../../src/ops/choose-cfcr.ts'
import { environments } from '../pipelines/load.ts'
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
    const cfcr = [
      { flagsBy: 'configuration', etcd: true, kubo: undefined, silk: '3.26.0', link: 'shared' },
      {
        flagsBy: 'configuration',
        etcd: true,
        kubo: { version: '0.44.0+silk.1', url: 'x' },
        silk: '3.26.0',
        link: 'by-hand'
      },
      {
        flagsBy: 'properties',
        etcd: false,
        kubo: { version: '0.19.0+silk.1' },
        silk: '2.16.0',
        link: 'shared'
      },
      {
        flagsBy: 'properties',
        etcd: false,
        kubo: { version: '0.20.0+silk.1' },
        silk: '2.16.0',
        link: 'shared'
      }
    ] as const
    const chosen = cfcr.flatMap(({ flagsBy, etcd, kubo, silk, link }) => {
      const shape = { flagsBy, etcdKnowsFlannel: etcd, workersHaveBpm: false }
      return chooseCfcrOps(shape, { silk, podIp: 'rescope', link, ...(kubo === undefined ? {} : { kubo }) })
    })
    expect([...new Set(chosen.map(({ file }) => file))].sort()).toEqual([...ourOps('cfcr').keys()])
  })

  it('refuses a way for pods to get their address that is not there yet', async () => {
    const [{ record } = expect.fail()] = await environments()
    expect(() => {
      guardPodIp({ ...record, pod_ip: 'nsenter-wrapper' })
    }).toThrow('pod_ip: found nsenter-wrapper, expected rescope')
  })
})
