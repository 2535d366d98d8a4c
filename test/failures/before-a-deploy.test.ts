import { cp } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ValueMap } from '../../src/manifest/value.ts'
import deleteDeployments from '../../tasks/delete-deployments.ts'
import deployCf from '../../tasks/deploy-cf.ts'
import uploadStemcells from '../../tasks/upload-stemcells.ts'
import { deployment, group, natsUrl } from '../lab/director/manifests.ts'
import { openPavedLab, type PavedLab } from './torn-down-lab.ts'

/** One lab for all of it: each test begins with what the one before it left. */
let lab: PavedLab

beforeAll(async () => {
  lab = await openPavedLab()
  expect((await lab.bbl('up')).code).toBe(0)
  await lab.bosh('upload-release', natsUrl)
  await cp(lab.stateDir, lab.bench.path('state', 'bbl'), { recursive: true })
}, 120_000)
afterAll(() => lab.close())

const params = { ENVIRONMENT: 'lab', IAAS: 'lab' }
const password = { variables: [{ name: 'secret', type: 'password' }] }

async function write(manifest: ValueMap): Promise<string> {
  await lab.bench.write('manifest/cf.yml', JSON.stringify(manifest))
  return lab.bench.path('manifest/cf.yml')
}

async function deploy(manifest: ValueMap): Promise<string> {
  const path = await write(manifest)
  const ran = await lab.run('bosh', ['-n', '-d', 'cf', 'deploy', path], await lab.printEnv())
  return ran.code === 0 ? 'deployed' : ran.stdout + ran.stderr
}

/** Deploys as the pipeline does, by the task. */
async function deployByTask(manifest: ValueMap): Promise<void> {
  await lab.bench.write('cf-deployment/README.md', '')
  await lab.bench.write('cf-manifest/cf.yml', JSON.stringify(manifest))
  await lab.bench.run(deployCf, params)
}

/** A release that comes compiled, for a stemcell that its address names. */
function compiledFor(stemcell: string, more: ValueMap = {}): ValueMap {
  const version = `56.22.${stemcell.replace('.', '')}`
  const url = `https://storage.googleapis.com/compiled/nats-${version}-ubuntu-jammy-${stemcell}.tgz`
  return { ...password, releases: [{ name: 'nats', version, url, ...more }] }
}

async function passwords(): Promise<readonly string[]> {
  const env = await lab.printEnv()
  const found = await lab.run('credhub', ['find', '--path', '/bosh-lab/cf', '--output-json'], env)
  const { credentials } = JSON.parse(found.stdout) as { credentials: { name: string }[] }
  const values = credentials.map(({ name }) => lab.run('credhub', ['get', '-n', name, '-q'], env))
  return (await Promise.all(values)).map(({ stdout }) => stdout.trim())
}

describe('a Director that bbl has left', { timeout: 120_000 }, () => {
  it('failure 20: lacks the stemcell of a manifest until that is uploaded from it', async () => {
    const manifest = deployment('cf', [group('node')], password)
    expect(await deploy(manifest)).toContain("Stemcell version '1.100' for OS 'ubuntu-jammy' doesn't exist")
    await lab.bench.run(uploadStemcells, { ...params, MANIFEST: 'cf.yml' })
    expect(await deploy(manifest)).toBe('deployed')
  })

  it('failure 21: takes no release that is compiled for another line of stemcells, which is refused before anything is uploaded, or stops with its hint', async () => {
    const before = lab.cloud.list()
    const silent = deployment('cf', [group('node')], compiledFor('2.1'))
    await expect(deployByTask(silent)).rejects.toMatchObject({
      outcome: 'program',
      message: expect.stringMatching(
        /references packages without source code and are not compiled against stemcell '[\w-]+\/1\.100'/
      ) as string,
      hint: 'leave out the ops file that brings compiled releases, or take a stemcell of the same line'
    })
    await write(
      deployment(
        'cf',
        [group('node')],
        compiledFor('2.1', { stemcell: { os: 'ubuntu-jammy', version: '2.1' } })
      )
    )
    await expect(lab.bench.run(uploadStemcells, { ...params, MANIFEST: 'cf.yml' })).rejects.toThrow(
      'releases[0]: found nats compiled for ubuntu-jammy 2.1, expected it for ubuntu-jammy 1.100'
    )
    expect(lab.cloud.list()).toEqual(before)
    await deployByTask(deployment('cf', [group('node')], compiledFor('1.5')))
  })

  it('failure 22: has bosh-dns in its runtime config, and a manifest that brings it, too, is refused before the deploy, or by the Director, with its hint', async () => {
    const addons = [{ name: 'bosh-dns', jobs: [{ name: 'bosh-dns', release: 'bosh-dns', properties: {} }] }]
    const manifest = deployment('cf', [group('node')], { ...password, addons })
    await expect(deployByTask(manifest)).rejects.toMatchObject({
      outcome: 'program',
      message: expect.stringContaining(
        "Colocated job 'bosh-dns' is already added to the instance group 'node'"
      ) as string,
      hint: expect.stringContaining('use-runtime-config-bosh-dns.yml') as string
    })
    await write(manifest)
    expect(await lab.table('configs', '--type=runtime', '--name=dns')).toContain('dns')
    const uploading = lab.bench.run(uploadStemcells, { ...params, MANIFEST: 'cf.yml' })
    await expect(uploading).rejects.toThrow(
      'addons: found bosh-dns in the manifest and in the runtime config'
    )
  })

  it('has no customized release that nobody uploaded, nor another version of it', async () => {
    const hint = expect.stringContaining('upload-cfcr-release') as string
    const wanted = (version: string) =>
      deployment('cf', [group('node')], { ...password, releases: [{ name: 'kubo', version }] })
    await expect(deployByTask(wanted('0.44.0+silk.9'))).rejects.toMatchObject({
      message: expect.stringContaining("Release 'kubo' doesn't exist") as string,
      hint
    })
    await lab.bosh(
      'upload-release',
      'https://bosh.io/d/github.com/cloudfoundry-incubator/kubo-release?v=0.44.0'
    )
    await expect(deployByTask(wanted('0.44.0+silk.9'))).rejects.toMatchObject({
      message: expect.stringContaining("Release version 'kubo/0.44.0+silk.9' doesn't exist") as string,
      hint
    })
  })

  it('failure 25: keeps no credential of a deployment that was deleted, so that a fresh one gets its own', async () => {
    const [before] = await passwords()
    expect(before).toMatch(/^\w{20,}$/)
    await lab.bench.run(deleteDeployments, { ...params, RETRY_PAUSE_SECONDS: '0', LOCK_WAIT_MINUTES: '0' })
    expect(await passwords()).toEqual([])
    // The clean-up has taken all releases, also that of the runtime config.
    await lab.bosh('upload-release', natsUrl)
    await lab.bosh('update-runtime-config', '--name', 'dns', 'runtime-config/runtime-config.yml')
    const manifest = deployment('cf', [group('node')], password)
    await write(manifest)
    await lab.bench.run(uploadStemcells, { ...params, MANIFEST: 'cf.yml' })
    expect(await deploy(manifest)).toBe('deployed')
    const after = await passwords()
    expect(after).toHaveLength(1)
    expect(after).not.toContain(before)
  })
})
