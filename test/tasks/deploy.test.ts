import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import applyAddons from '../../tasks/apply-addons.ts'
import deployCf from '../../tasks/deploy-cf.ts'
import deployCfcr from '../../tasks/deploy-cfcr.ts'
import prepareCf from '../../tasks/prepare-cf.ts'
import prepareCfcr from '../../tasks/prepare-cfcr.ts'
import uploadStemcells from '../../tasks/upload-stemcells.ts'
import { readYaml } from '../../src/manifest/read-yaml.ts'
import { renderYaml } from '../../src/manifest/render-yaml.ts'
import { at, isMap } from '../../src/manifest/value.ts'
import { jobOf, named } from '../../src/ops/look.ts'
import { cfcrManifest, cfManifest } from '../ops/manifests.ts'
import { bblState, printEnv, table, Workbench } from './workbench.ts'

const params = { ENVIRONMENT: 'lab', IAAS: 'lab' }
let bench: Workbench

beforeEach(async () => {
  bench = await Workbench.open()
  await bench.write('state/bbl/bbl-state.json', bblState('lab'))
  await bench.write('cf-deployment/cf-deployment.yml', renderYaml(cfManifest()))
  const cfcr = cfcrManifest({ flagsBy: 'configuration', etcd: true })
  await bench.write('kubo-deployment/manifests/cfcr.yml', renderYaml(cfcr))
  await bench.write('causeway/README.md', '')
  for (const folder of ['ops', 'release']) {
    await bench.link(`causeway/${folder}`, join(import.meta.dirname, '..', '..', folder))
  }
  await bench.write('cfcr-manifest/cfcr.yml', 'name: cfcr\n')
  await bench.program('bbl', `print-env*) cat <<'END'\n${printEnv}\nEND\n;;`)
})

const manifestText = 'stemcells: [{alias: default, os: ubuntu-xenial, version: "621.76"}]'

const boshCases = `*interpolate*) echo 'name: made' ;;
*"deployments --json") ${table([{ name: 'cf' }, { name: 'cfcr' }])} ;;
*configs*) ${table([{ name: 'dns', type: 'runtime' }])} ;;
*"stemcells --json") ${table([{ os: 'ubuntu-xenial', version: '250.23*' }])} ;;
*) ;;`

/** A call without the folder of the bench, so that it can be written down in a test. */
function inBench(call: string): string {
  return call.replaceAll(bench.root, '.')
}

describe('prepare-cf and deploy-cf', () => {
  it("apply upstream's ops files before ours, and deploy what came of it", async () => {
    await bench.program('bosh', boshCases)
    await bench.write(
      'cf-deployment/operations/mine.yml',
      '[{type: replace, path: "/tags?/x", value: ((a))}]'
    )
    await bench.run(prepareCf, {
      SYSTEM_DOMAIN: 'lab.example.com',
      NETWORK: 'silk',
      OVERLAY: '10.255.0.0/16',
      SUBNET_PREFIX: '24',
      UPSTREAM_OPS: '["operations/mine.yml"]',
      VARS: '{"a":1}',
      SCALE: '{"diego-cell":2}'
    })
    await bench.run(deployCf, params)
    const calls = (await bench.calls()).filter(call => call.startsWith('bosh')).map(inBench)
    expect(calls).toEqual([
      'bosh --non-interactive deployments --json',
      'bosh --non-interactive -d cf deploy ./cf-manifest/cf.yml'
    ])
    const made = readYaml(await bench.read('cf-manifest/cf.yml'))
    expect(made).toMatchObject({ tags: { x: 1 }, system: 'lab.example.com' })
    expect(at(named(made, 'instance_groups', 'diego-cell'), 'instances')).toBe(2)
    expect(jobOf(made, 'diego-api', 'silk-controller')).toMatchObject({
      provides: { cf_network: { shared: true } }
    })
  })

  it.each([
    ['VARS', '[1]', 'params.VARS: found "[1]"'],
    ['VARS', '{"silk_version":2.30}', 'params.VARS.silk_version: found the number 2.3, expected a text'],
    ['SCALE', '{"worker":"two"}', 'params.SCALE.worker: found "two", expected a number of instances']
  ])('refuses a %s that is none', async (name, value, message) => {
    await bench.program('bosh', boshCases)
    await expect(
      bench.run(prepareCf, {
        ...{ SYSTEM_DOMAIN: 'x', NETWORK: 'silk', OVERLAY: '10.255.0.0/16', SUBNET_PREFIX: '24' },
        [name]: value
      })
    ).rejects.toThrow(message)
  })

  it('says that an environment is not paved', async () => {
    bench = await Workbench.open()
    await bench.write('state/README.md', '')
    await bench.write('cf-deployment/cf-deployment.yml', '')
    await bench.write('cf-manifest/cf.yml', '')
    await expect(bench.run(deployCf, params)).rejects.toThrow('expected a paved environment')
  })
})

describe('upload-stemcells', () => {
  const wanted = { ...params, MANIFEST: 'cf.yml' }

  it('uploads what the manifest names and the Director lacks', async () => {
    await bench.program('bosh', boshCases)
    await bench.write('manifest/cf.yml', manifestText)
    await bench.run(uploadStemcells, wanted)
    expect((await bench.calls()).at(-1)).toBe(
      'bosh --non-interactive upload-stemcell https://bosh.io/d/stemcells/bosh-warden-boshlite-ubuntu-xenial-go_agent?v=621.76'
    )
  })

  it.each(['621.76', '250.23', 'latest'])(
    'does not upload %s where it is there, in use or not',
    async version => {
      await bench.program('bosh', boshCases.replace('250.23*', `${version === 'latest' ? '97.1' : version}*`))
      await bench.write('manifest/cf.yml', manifestText.replace('621.76', version))
      await bench.run(uploadStemcells, wanted)
      expect((await bench.calls()).some(call => call.includes('upload-stemcell'))).toBe(false)
    }
  )

  it('uploads the runtime config dns of bosh-deployment where no bbl has done so', async () => {
    await bench.program('bosh', boshCases.replace(/.*configs.*\n/, `*" configs "*) ${table([])} ;;\n`))
    await bench.write('manifest/cf.yml', manifestText)
    await bench.write('state/bbl/bosh-deployment/runtime-configs/dns.yml', 'addons: []\n')
    await bench.run(uploadStemcells, wanted)
    expect(
      (await bench.calls()).map(call => call.replace(/ \S*\/bosh-deployment/, ' bosh-deployment'))
    ).toContain(
      'bosh --non-interactive update-runtime-config --name dns bosh-deployment/runtime-configs/dns.yml'
    )
  })

  it('refuses a manifest without a stemcell', async () => {
    await bench.program('bosh', boshCases)
    await bench.write('manifest/cf.yml', 'name: cf\n')
    await expect(bench.run(uploadStemcells, wanted)).rejects.toThrow('stemcells: found none')
  })

  it('failure 20: a stemcell that bosh.io does not have is named, with where to look', async () => {
    const refusal = `*upload-stemcell*) echo "Task 1 | Error: No stemcell found at 'https://bosh.io/d/stemcells/x'." >&2; exit 1 ;;`
    await bench.program('bosh', `${refusal}\n${boshCases}`)
    await bench.write('manifest/cf.yml', manifestText)
    await expect(bench.run(uploadStemcells, wanted)).rejects.toThrow(
      'bosh.io: found no bosh-warden-boshlite-ubuntu-xenial-go_agent 621.76'
    )
  })

  it.each([
    ['{os: ubuntu-xenial, version: "456.30"}', true],
    ['{os: ubuntu-bionic, version: "621.76"}', true],
    ['{os: ubuntu-xenial, version: "621.1"}', false]
  ])(
    'failure 21: a release compiled for %s is refused before anything is uploaded: %s',
    async (stemcell, isRefused) => {
      await bench.program('bosh', boshCases)
      await bench.write(
        'manifest/cf.yml',
        `${manifestText}\nreleases: [{name: silk, version: "1", stemcell: ${stemcell}}]\n`
      )
      const run = bench.run(uploadStemcells, wanted)
      if (!isRefused) return run
      await expect(run).rejects.toThrow(/cf\.yml: error: releases\[0\]: found silk compiled for/)
      expect((await bench.calls()).some(call => call.includes('upload-stemcell'))).toBe(false)
    }
  )

  it('failure 22: bosh-dns in the manifest and in the runtime config is refused before anything is uploaded', async () => {
    await bench.program('bosh', boshCases)
    await bench.write(
      'manifest/cf.yml',
      `${manifestText}\naddons: [{name: bosh-dns, jobs: [{name: bosh-dns}]}]\n`
    )
    await expect(bench.run(uploadStemcells, wanted)).rejects.toThrow('expected it once')
    expect((await bench.calls()).some(call => call.includes('upload-stemcell'))).toBe(false)
  })
})

describe('prepare-cfcr and deploy-cfcr', () => {
  const silk = {
    NETWORK: 'silk',
    OVERLAY: '10.255.0.0/16',
    SUBNET_PREFIX: '24',
    SILK_VERSION: 'v3.26.0',
    SILK_DAEMON: '/bosh-lab/cf/silk_daemon',
    KUBO_VERSION: 'v0.44.0'
  }

  it('makes the manifest with the customized release, and deploys it', async () => {
    await bench.program('bosh', boshCases)
    await bench.run(prepareCfcr, { ...silk, SCALE: '{"worker":2}' })
    await bench.run(deployCfcr, params)
    const made = readYaml(await bench.read('cfcr-manifest/cfcr.yml'))
    const { revision } = JSON.parse(await bench.read('causeway/release/revision.json')) as {
      revision: number
    }
    expect(named(made, 'releases', 'kubo')).toEqual({ name: 'kubo', version: `0.44.0+silk.${revision}` })
    expect(jobOf(made, 'worker', 'silk-k8s')).toMatchObject({ properties: { pod_ip: 'rescope' } })
    expect(named(made, 'releases', 'silk')).toMatchObject({ version: '3.26.0' })
    expect(jobOf(made, 'worker', 'silk-daemon')).toMatchObject({
      properties: { ca_cert: '((/bosh-lab/cf/silk_daemon.ca))' }
    })
    expect(at(named(made, 'instance_groups', 'worker'), 'instances')).toBe(2)
    expect((await bench.calls()).map(inBench).at(-1)).toBe(
      'bosh --non-interactive -d cfcr deploy ./cfcr-manifest/cfcr.yml'
    )
  })

  it("takes the way to a pod's address, and the network by hand, from the record", async () => {
    await bench.run(prepareCfcr, { ...silk, POD_IP: 'nsenter-wrapper', LINK: 'by-hand', SUBNET_PREFIX: '25' })
    const made = readYaml(await bench.read('cfcr-manifest/cfcr.yml'))
    expect(jobOf(made, 'worker', 'silk-k8s')).toMatchObject({
      properties: { pod_ip: 'nsenter-wrapper' },
      consumes: { cf_network: { properties: { network: '10.255.0.0/16', subnet_prefix_length: 25 } } }
    })
  })

  it('refuses a version that YAML has made a number of', async () => {
    await expect(bench.run(prepareCfcr, { ...silk, KUBO_VERSION: '0.44' })).rejects.toThrow(
      'kubo-release: found "0.44", expected three numbers'
    )
  })

  it("leaves Flannel where a record asks for it, and takes upstream's bosh-dns out all the same", async () => {
    const before = cfcrManifest({ flagsBy: 'properties', dns: true })
    await bench.write('kubo-deployment/manifests/cfcr.yml', renderYaml(before))
    const path = 'kubo-deployment/manifests/ops-files/use-runtime-config-bosh-dns.yml'
    await bench.write(path, '[{type: remove, path: /addons/name=dns}]')
    await bench.run(prepareCfcr, { ...silk, NETWORK: 'flannel' })
    const made = readYaml(await bench.read('cfcr-manifest/cfcr.yml'))
    expect(made).toEqual({ ...(isMap(before) ? before : {}), addons: [] })
  })
})

describe('apply-addons', () => {
  it('runs the errand, and fails where it fails', async () => {
    await bench.program('bosh', `*run-errand*) echo 'no such errand' >&2; exit 1 ;;`)
    await expect(bench.run(applyAddons, params)).rejects.toThrow('run-errand apply-specs: exit code 1')
    expect((await bench.calls()).filter(call => call.includes('run-errand'))).toHaveLength(1)
  })
})
