import { beforeEach, describe, expect, it } from 'vitest'
import deleteDeployments from '../../tasks/delete-deployments.ts'
import destroyInfrastructure from '../../tasks/destroy-infrastructure.ts'
import proveEmpty from '../../tasks/prove-empty.ts'
import { bblState, printEnv, table, Workbench } from './workbench.ts'

const params = { ENVIRONMENT: 'lab', IAAS: 'lab' }
const bblCases = `print-env*) cat <<'END'\n${printEnv}\nEND\n;;\nleftovers*) ;;\n*) ;;`
let bench: Workbench

beforeEach(async () => {
  bench = await Workbench.open()
  await bench.write('state/bbl/bbl-state.json', bblState('lab'))
  await bench.program('bbl', bblCases)
})

describe('delete-deployments', () => {
  const empty = table([])

  it('deletes consumers before cf, cleans up, and proves that nothing is left', async () => {
    // The second list of deployments is asked for as the proof.
    await bench.program(
      'bosh',
      `*"deployments --json") if [ -e "$0.deleted" ]; then ${empty}; else ${table([{ name: 'cf' }, { name: 'cfcr' }])}; fi ;;
*delete-deployment*) touch "$0.deleted" ;;
*) ${empty} ;;`
    )
    await bench.run(deleteDeployments, params)
    const calls = (await bench.calls()).filter(call => /delete|clean-up|orphaned/.test(call))
    expect(calls).toEqual([
      'bosh --non-interactive -d cfcr delete-deployment',
      'bosh --non-interactive -d cf delete-deployment',
      'bosh --non-interactive clean-up --all',
      'bosh --non-interactive disks --orphaned --json',
      'bosh --non-interactive orphaned-vms --json'
    ])
  })

  it('forces what can not be deleted otherwise', async () => {
    await bench.program(
      'bosh',
      `*"deployments --json") if [ -e "$0.deleted" ]; then ${empty}; else ${table([{ name: 'cf' }])}; fi ;;
*delete-deployment*--force*) touch "$0.deleted" ;;
*delete-deployment*) echo 'CPI error' >&2; exit 1 ;;
*) ${empty} ;;`
    )
    await bench.run(deleteDeployments, params)
    expect((await bench.calls()).filter(call => call.includes('delete-deployment'))).toEqual([
      'bosh --non-interactive -d cf delete-deployment',
      'bosh --non-interactive -d cf delete-deployment --force'
    ])
    expect(bench.logged).toContain('cf: deleting it by force')
  })

  it('fails where the Director still holds something', async () => {
    await bench.program('bosh', `*orphaned*--json*) ${table([{ disk_cid: 'disk-7' }])} ;;\n*) ${empty} ;;`)
    await expect(bench.run(deleteDeployments, params)).rejects.toThrow(
      'the Director still holds orphaned disk disk-7'
    )
  })

  it('has nothing to do where the environment is not paved', async () => {
    bench = await Workbench.open()
    await bench.write('state/README.md', '')
    await bench.run(deleteDeployments, params)
    expect(await bench.calls()).toEqual([])
    expect(bench.logged).toContain('lab is not paved')
  })

  it('passes over a Director that never came up, and says so', async () => {
    await bench.program('bbl', `print-env*) echo 'export BOSH_CLIENT=' ;;`)
    await bench.run(deleteDeployments, params)
    expect(bench.logged).toContain('the Director never came up')
  })

  it.each([deleteDeployments, destroyInfrastructure])(
    'refuses the state of another environment',
    async task => {
      await bench.write('state/bbl/bbl-state.json', bblState('play-fern'))
      await expect(bench.run(task, params)).rejects.toMatchObject({
        outcome: 'refused',
        message: /envID play-fern, expected lab/
      })
      expect(await bench.calls()).toEqual([])
    }
  )
})

describe('destroy-infrastructure', () => {
  it('lets bbl take it down without a question', async () => {
    await bench.run(destroyInfrastructure, params)
    const state = bench.plainState('bbl')
    expect(await bench.calls()).toEqual([`bbl down --no-confirm --state-dir ${state}`])
  })

  it('finishes a Director that failed to come up, because bbl passes over its VM', async () => {
    await bench.write('state/bbl/bbl-state.json', bblState('lab', ''))
    await bench.write('state/bbl/vars/bosh-state.json', '{}')
    await bench.run(destroyInfrastructure, params)
    expect((await bench.calls()).map(call => call.split(' ')[1])).toEqual(['up', 'down'])
  })

  it('commits the state, whatever happened', async () => {
    await bench.program('bbl', `down*) echo broken >"$PWD/half"; echo 'in use' >&2; exit 1 ;;`)
    await expect(bench.run(destroyInfrastructure, params)).rejects.toThrow('bbl down')
    expect(await bench.readState('bbl/half')).toBe('broken\n')
  })
})

describe('prove-empty', () => {
  it('fails where state is left, and writes down what', async () => {
    await bench.write('state/bbl/vars/terraform.tfstate', '{}')
    await expect(bench.run(proveEmpty, params)).rejects.toThrow(
      'lab: found state file bbl-state.json; state file vars/terraform.tfstate, expected nothing'
    )
    expect(JSON.parse(await bench.read('emptiness/verdict.json'))).toMatchObject({ clean: false })
  })

  it('fails where the cloud holds something of that name', async () => {
    bench = await Workbench.open()
    await bench.write('state/README.md', '')
    await bench.program('bbl', `leftovers*) echo '[Network: lab-network]' ;;`)
    await expect(bench.run(proveEmpty, params)).rejects.toThrow('in the cloud: Network: lab-network')
  })

  it('says that it is clean where nothing is left', async () => {
    bench = await Workbench.open()
    await bench.write('state/README.md', '')
    await bench.program('bbl', bblCases)
    await bench.run(proveEmpty, params)
    expect(JSON.parse(await bench.read('emptiness/verdict.json'))).toEqual({
      clean: true,
      reason: 'nothing is left'
    })
    expect(await bench.calls()).toEqual([
      `bbl leftovers --filter lab --dry-run --no-confirm --state-dir ${bench.plainState('bbl')}`
    ])
  })
})
