import { beforeEach, describe, expect, it } from 'vitest'
import applyAddons from '../../tasks/apply-addons.ts'
import deployCf from '../../tasks/deploy-cf.ts'
import deployCfcr from '../../tasks/deploy-cfcr.ts'
import prepareCf from '../../tasks/prepare-cf.ts'
import prepareCfcr from '../../tasks/prepare-cfcr.ts'
import uploadStemcells from '../../tasks/upload-stemcells.ts'
import { bblState, printEnv, table, Workbench } from './workbench.ts'

const params = { ENVIRONMENT: 'lab', IAAS: 'lab' }
let bench: Workbench

beforeEach(async () => {
  bench = await Workbench.open()
  await bench.write('state/bbl/bbl-state.json', bblState('lab'))
  await bench.write('cf-deployment/cf-deployment.yml', 'name: cf\n')
  await bench.write('kubo-deployment/manifests/cfcr.yml', 'name: cfcr\n')
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
  it("apply upstream's ops files before ours, and deploy what was interpolated", async () => {
    await bench.program('bosh', boshCases)
    await bench.run(prepareCf, {
      SYSTEM_DOMAIN: 'lab.example.com',
      OPS: '["10-share-cf-network.yml"]',
      UPSTREAM_OPS: '["operations/scale-to-one-az.yml"]',
      VARS: '{"a":1}',
      SCALE: '{"diego-cell":2}'
    })
    await bench.run(deployCf, params)
    const calls = (await bench.calls()).filter(call => call.startsWith('bosh')).map(inBench)
    expect(calls).toEqual([
      'bosh --non-interactive interpolate ./cf-deployment/cf-deployment.yml -o ./cf-deployment/operations/scale-to-one-az.yml -o ./causeway/ops/cf/10-share-cf-network.yml -o ./scratch/ops/scale.json -v system_domain=lab.example.com -v a=1',
      'bosh --non-interactive deployments --json',
      'bosh --non-interactive -d cf deploy ./cf-manifest/cf.yml'
    ])
    expect(await bench.read('cf-manifest/cf.yml')).toBe('name: made\n')
    expect(JSON.parse(await bench.read('scratch/ops/scale.json'))).toEqual([
      { type: 'replace', path: '/instance_groups/name=diego-cell/instances', value: 2 }
    ])
  })

  it.each([
    ['VARS', '[1]', 'params.VARS: found "[1]"'],
    ['SCALE', '{"worker":"two"}', 'params.SCALE.worker: found "two", expected a number of instances']
  ])('refuses a %s that is none', async (name, value, message) => {
    await bench.program('bosh', boshCases)
    await expect(bench.run(prepareCf, { SYSTEM_DOMAIN: 'x', [name]: value })).rejects.toThrow(message)
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
  it('makes the manifest with the pre-start script as a whole file, and deploys it', async () => {
    await bench.program('bosh', boshCases)
    await bench.run(prepareCfcr, {
      OPS: '["10-remove-flannel.yml"]',
      VARS: '{"silk_network":"10.255.0.0/16"}'
    })
    await bench.run(deployCfcr, params)
    const calls = (await bench.calls()).map(inBench)
    expect(calls).toContain(
      'bosh --non-interactive interpolate ./kubo-deployment/manifests/cfcr.yml -o ./causeway/ops/cfcr/10-remove-flannel.yml -v silk_network=10.255.0.0/16 --var-file silk_k8s_pre_start=./causeway/ops/cfcr/silk-k8s-pre-start.sh'
    )
    expect(calls.at(-1)).toBe('bosh --non-interactive -d cfcr deploy ./cfcr-manifest/cfcr.yml')
  })
})

describe('apply-addons', () => {
  it('runs the errand, and fails where it fails', async () => {
    await bench.program('bosh', `*run-errand*) echo 'no such errand' >&2; exit 1 ;;`)
    await expect(bench.run(applyAddons, params)).rejects.toThrow('run-errand apply-specs: exit code 1')
    expect((await bench.calls()).filter(call => call.includes('run-errand'))).toHaveLength(1)
  })
})
