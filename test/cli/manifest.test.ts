import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { stepsOf } from '../../src/concourse/step-tree.ts'
import { upstreamRepositories } from '../../src/lab/upstreams/repositories.ts'
import { readYaml } from '../../src/manifest/read-yaml.ts'
import { renderYaml } from '../../src/manifest/render-yaml.ts'
import { at, textAt } from '../../src/manifest/value.ts'
import { jobOf, named } from '../../src/ops/look.ts'
import prepareCf from '../../tasks/prepare-cf.ts'
import prepareCfcr from '../../tasks/prepare-cfcr.ts'
import { cfManifest } from '../ops/manifests.ts'
import { pipelines } from '../pipelines/load.ts'
import { Workbench } from '../tasks/workbench.ts'
import { CommandLine, root, type Ran } from './command-line.ts'

const upstreams = { cf: 'cf-deployment', cfcr: 'kubo-deployment' } as const
let line: CommandLine

beforeEach(async () => {
  line = await CommandLine.open()
  await checkOut(line.folder)
  await cp(join(root, 'env'), join(line.folder, 'env'), { recursive: true })
  line.env['CAUSEWAY_RECORDS'] = join(line.folder, 'env')
})

/** cf-deployment and kubo-deployment as the lab has them. */
async function checkOut(folder: string): Promise<void> {
  for (const { name, files } of upstreamRepositories) {
    const short = name.replace(/^.*\//, '')
    if (!Object.values<string>(upstreams).includes(short)) continue
    for (const [path, { text }] of Object.entries(files)) {
      await mkdir(join(folder, short, path, '..'), { recursive: true })
      await writeFile(join(folder, short, path), text)
    }
  }
}

function manifest(deployment: 'cf' | 'cfcr', ...more: readonly string[]): Promise<Ran> {
  const from = join(line.folder, upstreams[deployment])
  return line.run('manifest', deployment, '--env', 'lab', '--from', from, ...more)
}

async function change(path: string, edit: (text: string) => string): Promise<void> {
  const file = join(line.folder, 'env', path)
  await writeFile(file, edit(await readFile(file, 'utf8')))
}

describe('causeway manifest', () => {
  let bench: Workbench
  const repaved: Record<string, string> = {}

  /** What the tasks of a repave make, given what its pipeline says. */
  beforeAll(async () => {
    bench = await Workbench.open()
    await checkOut(bench.root)
    await bench.write('causeway/README.md', '')
    for (const folder of ['ops', 'release']) await bench.link(`causeway/${folder}`, join(root, folder))
    const repave = (await pipelines()).find(each => each.environment === 'lab' && each.name === 'repave')
    const steps = [...stepsOf(repave?.pipeline ?? { resources: [], jobs: [] })].map(({ step }) => step)
    for (const task of [prepareCf, prepareCfcr]) {
      const step = steps.find(each => each.kind === 'task' && each.name === task.name)
      const params = step?.kind === 'task' ? (step.params ?? {}) : {}
      const texts = Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value)
      ])
      await bench.run(task, Object.fromEntries(texts) as Record<string, string>)
    }
    repaved['cf'] = await bench.read('cf-manifest/cf.yml')
    repaved['cfcr'] = await bench.read('cfcr-manifest/cfcr.yml')
  })

  it.each(['cf', 'cfcr'] as const)('%s: prints to the byte what a repave deploys', async deployment => {
    const { code, out, err } = await manifest(deployment)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(repaved[deployment])
  })

  it('says which operation of which file did what', async () => {
    const { code, out } = await manifest('cfcr', '--explain')
    expect(code).toBe(0)
    expect(out).toContain('ops/cfcr/60-silk-k8s.yml\n')
    expect(out).toContain('clusterCIDR: 10.200.0.0/16 → ((silk_network))')
  })

  it('gives all of it as JSON', async () => {
    const { out } = await manifest('cfcr', '--format', 'json')
    const { revision } = JSON.parse(await readFile(join(root, 'release/revision.json'), 'utf8')) as {
      revision: number
    }
    const told = JSON.parse(out) as Record<string, unknown>
    expect(told).toMatchObject({
      vars: { kubo_version: `0.44.0+silk.${revision}`, silk_version: '2.30.0', pod_ip: 'rescope' },
      manifest: repaved['cfcr']
    })
    expect(told['ops']).toContainEqual({
      file: '60-silk-k8s.yml',
      why: `customized release 0.44.0+silk.${revision}`
    })
  })

  it('does what the record says: a small CF, the way to an address, the network by hand', async () => {
    await change('lab.yml', text =>
      text
        .replace('kind: silk', 'kind: silk\n  link: by-hand')
        .concat('\npod_ip: nsenter-wrapper\ncf: { small: true }\n')
    )
    // The lab's CF has fewer groups than any version of cf-deployment.
    await writeFile(join(line.folder, 'cf-deployment/cf-deployment.yml'), renderYaml(cfManifest()))
    const cells = named(readYaml((await manifest('cf')).out), 'instance_groups', 'diego-cell')
    expect([at(cells, 'instances'), at(cells, 'azs')]).toEqual([1, ['z1']])
    const job = jobOf(readYaml((await manifest('cfcr')).out), 'worker', 'silk-k8s')
    expect(textAt(job, 'properties', 'pod_ip')).toBe('nsenter-wrapper')
    expect(at(job, 'consumes', 'cf_network', 'properties')).toEqual({
      network: '10.255.0.0/16',
      subnet_prefix_length: 24
    })
  })

  it("leaves upstream's network where the record says flannel", async () => {
    await change('lab.yml', text => text.replace('kind: silk', 'kind: flannel'))
    const cfcr = readYaml((await manifest('cfcr')).out)
    expect(jobOf(cfcr, 'worker', 'flanneld')).toBeDefined()
    expect(jobOf(cfcr, 'worker', 'silk-k8s')).toBeUndefined()
    const cf = readYaml((await manifest('cf')).out)
    expect(at(jobOf(cf, 'diego-api', 'silk-controller'), 'provides')).toBeUndefined()
  })

  it('refuses a version that YAML has made a number of, and names its place', async () => {
    await change('versions/lab.yml', text =>
      text.replace(/kubo-release: .*/, "kubo-release: { version: '0.44' }")
    )
    const { code, out, err } = await manifest('cfcr')
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toContain('found "0.44", expected three numbers')
  })

  it('names the file that a folder lacks', async () => {
    const { code, err } = await line.run('manifest', 'cfcr', '--env', 'lab', '--from', line.folder)
    expect(code).toBe(2)
    expect(err).toContain('found no manifests/cfcr.yml, expected a checkout of kubo-deployment')
  })
})
