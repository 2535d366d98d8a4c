import { readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { visitSteps } from '../../src/concourse/walk.ts'
import { Duration } from '../../src/core/duration.ts'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { deployOnceMore } from '../../src/environment/deploy-once-more.ts'
import { textAt, type ValueMap } from '../../src/manifest/value.ts'
import { createTools } from '../../src/tools/tools.ts'
import { readYaml } from '../../src/manifest/read-yaml.ts'
import applyAddons from '../../tasks/apply-addons.ts'
import {
  deployment,
  group,
  natsUrl,
  silkGroups,
  silkRelease,
  silkUrl,
  stemcellUrl
} from '../lab/director/manifests.ts'
import { environments, pipelines } from '../pipelines/load.ts'
import { openPavedLab, type PavedLab } from './torn-down-lab.ts'

let lab: PavedLab
let logged: string

beforeEach(async () => {
  logged = ''
  lab = await openPavedLab()
  expect((await lab.bbl('up')).code).toBe(0)
  await lab.bosh('upload-stemcell', stemcellUrl)
}, 120_000)
afterEach(() => lab.close())

/** Deploys as the tasks do: once more where a VM did not answer. */
async function deploy(manifest: ValueMap): Promise<void> {
  const name = textAt(manifest, 'name') ?? ''
  lab.put(`../${name}.json`, JSON.stringify(manifest))
  const log = createLog(text => (logged += text))
  const signal = new AbortController().signal
  const redactor = new Redactor()
  const env = { PATH: `${lab.bench.path('bin')}:${process.env['PATH'] ?? ''}`, HOME: lab.lab }
  const tools = createTools({ env, log, redactor, signal, scratch: lab.bench.path('scratch') })
  const bosh = tools.bosh({ env: await lab.printEnv() })
  const pause = Duration.milliseconds(0)
  await deployOnceMore({ bosh, log, signal, pause }, name, { manifest: join(lab.lab, `${name}.json`) })
}

describe('a deployment', { timeout: 120_000 }, () => {
  const silent = {
    program: 'director',
    args: 'update node node/0',
    action: 'exit',
    message: "Timed out pinging to 'd2a3' after 600 seconds"
  } as const

  beforeEach(() => lab.bosh('upload-release', natsUrl))

  it('failure 19: a VM that does not answer is deployed once more', async () => {
    lab.break(silent)
    await deploy(deployment('node', [group('node')]))
    expect(logged).toContain('node: a VM did not answer in time; deploying once more')
    expect(await lab.table('deployments')).toContain('node')
  })

  it('failure 19: one that never answers is deployed twice and no more', async () => {
    lab.break({ ...silent, times: 9 })
    await expect(deploy(deployment('node', [group('node')]))).rejects.toMatchObject({ outcome: 'program' })
    expect(logged.match(/deploy .*node\.json/g)).toHaveLength(2)
  })

  it('failure 19: what is no silence is not tried again', async () => {
    lab.break({ ...silent, message: 'Quota IN_USE_ADDRESSES exceeded' })
    await expect(deploy(deployment('node', [group('node')]))).rejects.toMatchObject({ outcome: 'program' })
    expect(logged).not.toContain('deploying once more')
  })

  it('failure 15: machines of deployments are deleted before bbl goes down, which would leave them', async () => {
    await deploy(deployment('node', [group('node', { persistent_disk: 1024 })]))
    expect(lab.cloud.all('vm').map(({ name }) => name.replace(/\/.*/, ''))).toContain('node')
    const { failures, verdict } = await lab.tearDown()
    expect(failures).toEqual({})
    expect(verdict).toMatchObject({ clean: true })
    expect(lab.bench.logged.indexOf('delete-deployment')).toBeGreaterThan(-1)
    expect(lab.bench.logged.indexOf('delete-deployment')).toBeLessThan(lab.bench.logged.indexOf('bbl down'))
    expect(lab.cloud.list()).toEqual([])
  })
})

describe('CFCR on the network of CF', { timeout: 120_000 }, () => {
  beforeEach(() => lab.bosh('upload-release', silkUrl))
  const { cf, cfcr } = silkGroups(
    { cf_network: { from: 'cf_network', deployment: 'cf' } },
    { cf_network: { as: 'cf_network', shared: true } }
  )

  it('failure 23: CFCR without CF, or beside a CF that shares nothing, is refused, and deployed once CF shares its link', async () => {
    const workers = deployment('cfcr', [cfcr], silkRelease)
    await expect(deploy(workers)).rejects.toMatchObject({ outcome: 'program' })
    expect(logged).toContain("Can't find deployment 'cf'")
    const { cf: selfish } = silkGroups({}, {})
    await deploy(deployment('cf', [selfish], silkRelease))
    await expect(deploy(workers)).rejects.toMatchObject({
      outcome: 'program',
      hint: expect.stringContaining('deploy CF first') as string
    })
    expect(logged).toContain("Failed to resolve link 'cf_network'")
    expect(lab.cloud.all('vm').some(({ name }) => name.startsWith('worker'))).toBe(false)
    await deploy(deployment('cf', [cf], silkRelease))
    await deploy(workers)
    expect(lab.cloud.all('vm').some(({ name }) => name.startsWith('worker'))).toBe(true)
  })
})

describe('what comes first', () => {
  it('failure 23: every pipeline that deploys both deploys CF, which shares its link, before CFCR, which names it', async () => {
    expect((await environments()).length).toBeGreaterThan(1)
    for (const { pipeline } of await pipelines()) {
      for (const job of pipeline.jobs) {
        const tasks: string[] = []
        visitSteps(job, step => {
          if (step.kind === 'task') tasks.push(step.name)
        })
        if (!tasks.includes('deploy-cfcr') || !tasks.includes('deploy-cf')) continue
        expect(tasks.indexOf('deploy-cf')).toBeLessThan(tasks.indexOf('deploy-cfcr'))
      }
    }
    const ops = (path: string): string =>
      JSON.stringify(readYaml(readFileSync(join(import.meta.dirname, '../../ops', path), 'utf8')))
    expect(ops('cf/10-share-cf-network.yml')).toContain('"shared":true')
    expect(ops('cfcr/30-add-silk.yml')).toMatch(/"cf_network":\{[^}]*"deployment":"cf"/)
  })
})

describe('the errand apply-specs', { timeout: 120_000 }, () => {
  const errand = group('apply-addons', {
    lifecycle: 'errand',
    jobs: [{ name: 'apply-specs', release: 'nats', properties: {} }]
  })
  const late = {
    program: 'errand',
    args: 'cfcr apply-specs',
    action: 'exit',
    message: 'error: deployment "kube-dns" exceeded its progress deadline'
  } as const

  async function apply(): Promise<void> {
    await lab.bosh('upload-release', natsUrl)
    await deploy(deployment('cfcr', [group('worker'), errand]))
    await cp(lab.stateDir, lab.bench.path('state', 'bbl'), { recursive: true })
    const params = { ENVIRONMENT: 'lab', IAAS: 'lab', RETRY_PAUSE_SECONDS: '0' }
    await lab.bench.run(applyAddons, params, AbortSignal.timeout(90_000))
  }

  it('failure 24: an addon that does not come up in time is applied once more', async () => {
    lab.break(late)
    await apply()
    expect(lab.bench.logged).toContain('apply-specs did not settle in time: running it once more')
  })

  it('failure 24: one that never comes up ends in exit code 4, and what it said is shown', async () => {
    lab.break({ ...late, times: 9 })
    await expect(apply()).rejects.toMatchObject({ outcome: 'program' })
    expect(lab.bench.logged).toContain('exceeded its progress deadline')
    expect(lab.bench.logged.match(/run-errand/g)).toHaveLength(2)
  })
})
