import { beforeEach, describe, expect, it } from 'vitest'
import applyAddons from '../../tasks/apply-addons.ts'
import deployCf from '../../tasks/deploy-cf.ts'
import deployCfcr from '../../tasks/deploy-cfcr.ts'
import prepareCfcr from '../../tasks/prepare-cfcr.ts'
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

const boshCases = `*"--path /stemcells/alias=default/os") echo ubuntu-xenial ;;
*"--path /stemcells/alias=default/version") echo 621.76 ;;
*interpolate*) echo 'name: made' ;;
*"deployments --json") ${table([{ name: 'cf' }, { name: 'cfcr' }])} ;;
*"stemcells --json") ${table([{ os: 'ubuntu-xenial', version: '250.23*' }])} ;;
*) ;;`

/** A call without the folder of the bench, so that it can be written down in a test. */
function inBench(call: string): string {
  return call.replaceAll(bench.root, '.')
}

describe('deploy-cf', () => {
  it("applies upstream's ops files before ours, uploads the stemcell, and deploys what was interpolated", async () => {
    await bench.program('bosh', boshCases)
    await bench.run(deployCf, {
      ...params,
      SYSTEM_DOMAIN: 'lab.example.com',
      OPS: '["10-share-cf-network.yml"]',
      UPSTREAM_OPS: '["operations/scale-to-one-az.yml"]',
      VARS: '{"a":1}',
      SCALE: '{"diego-cell":2}'
    })
    const calls = (await bench.calls()).filter(call => call.startsWith('bosh')).map(inBench)
    expect(calls).toEqual([
      'bosh --non-interactive interpolate ./cf-deployment/cf-deployment.yml -o ./cf-deployment/operations/scale-to-one-az.yml -o ./causeway/ops/cf/10-share-cf-network.yml -o ./scratch/ops/scale.json -v system_domain=lab.example.com -v a=1',
      'bosh --non-interactive interpolate ./cf-manifest/cf.yml --path /stemcells/alias=default/os',
      'bosh --non-interactive interpolate ./cf-manifest/cf.yml --path /stemcells/alias=default/version',
      'bosh --non-interactive stemcells --json',
      'bosh --non-interactive upload-stemcell https://bosh.io/d/stemcells/bosh-warden-boshlite-ubuntu-xenial-go_agent?v=621.76',
      'bosh --non-interactive deployments --json',
      'bosh --non-interactive -d cf deploy ./cf-manifest/cf.yml'
    ])
    expect(await bench.read('cf-manifest/cf.yml')).toBe('name: made\n')
    expect(JSON.parse(await bench.read('scratch/ops/scale.json'))).toEqual([
      { type: 'replace', path: '/instance_groups/name=diego-cell/instances', value: 2 }
    ])
  })

  it('does not upload a stemcell that is there, in use or not', async () => {
    await bench.program('bosh', boshCases.replace('250.23*', '621.76*'))
    await bench.run(deployCf, { ...params, SYSTEM_DOMAIN: 'lab.example.com' })
    expect((await bench.calls()).some(call => call.includes('upload-stemcell'))).toBe(false)
  })

  it.each([
    ['VARS', '[1]', 'params.VARS: found "[1]"'],
    ['SCALE', '{"worker":"two"}', 'params.SCALE.worker: found "two", expected a number of instances']
  ])('refuses a %s that is none', async (name, value, message) => {
    await bench.program('bosh', boshCases)
    const run = bench.run(deployCf, { ...params, SYSTEM_DOMAIN: 'x', [name]: value })
    await expect(run).rejects.toThrow(message)
  })

  it('says that an environment is not paved', async () => {
    bench = await Workbench.open()
    await bench.write('state/README.md', '')
    await bench.write('cf-deployment/cf-deployment.yml', '')
    await expect(bench.run(deployCf, { ...params, SYSTEM_DOMAIN: 'x' })).rejects.toThrow(
      'expected a paved environment'
    )
  })
})

describe('prepare-cfcr and deploy-cfcr', () => {
  it('makes the manifest with the pre-start script as a whole file, and deploys it', async () => {
    await bench.program('bosh', boshCases)
    await bench.run(prepareCfcr, {
      ...params,
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
