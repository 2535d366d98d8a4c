import { beforeEach, describe, expect, it } from 'vitest'
import deployCfcr from '../../tasks/deploy-cfcr.ts'
import { bblState, printEnv, table, Workbench } from '../tasks/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await Workbench.open()
  await bench.write('state/bbl/bbl-state.json', bblState('lab'))
  await bench.write('cfcr-manifest/cfcr.yml', 'name: cfcr\n')
  await bench.program('bbl', `print-env*) cat <<'END'\n${printEnv}\nEND\n;;`)
  await bench.program('credhub', `find*) echo '{"credentials": [{"name": "/bosh-lab/cfcr/old"}]}' ;;`)
})

async function deployOn(...deployments: readonly string[]): Promise<string[]> {
  await bench.program(
    'bosh',
    `*"deployments --json") ${table(deployments.map(name => ({ name })))} ;;\n*) ;;`
  )
  await bench.run(deployCfcr, { ENVIRONMENT: 'lab', IAAS: 'lab' })
  return (await bench.calls())
    .filter(call => /delete|deploy /.test(call))
    .map(call => call.split(' /')[0] ?? '')
}

describe('failure 25: credentials that outlive their deployment', () => {
  it('failure 25: go before a fresh one takes them over', async () => {
    const asked = await deployOn('cf')
    expect(asked).toEqual(['credhub delete --path', expect.stringContaining('-d cfcr deploy')])
  })

  it('stay where the deployment is there, whose VMs know them', async () => {
    expect(await deployOn('cf', 'cfcr')).toEqual([expect.stringContaining('-d cfcr deploy')])
  })
})
