import { chmod, stat } from 'node:fs/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import paveInfrastructure from '../../tasks/pave-infrastructure.ts'
import { bblState, printEnv, table, terraformState, Workbench } from './workbench.ts'

const params = {
  ENVIRONMENT: 'lab',
  IAAS: 'lab',
  DIRECTOR: 'bucc',
  SYSTEM_DOMAIN: 'lab.example.com',
  PROVIDERS: '{"lab":"1.4.2"}'
}
let bench: Workbench

const version = `*--version*) echo 'bbl 9.0.48 (linux/amd64)' ;;`
/** What a plan and an apply of ours leave. */
const plans = `plan*) echo '${bblState('lab')}' >bbl-state.json ;;`
const ups = `up*) mkdir -p vars; echo lab >vars/cpi; echo '${terraformState()}' >vars/terraform.tfstate ;;`
const prints = `print-env*) cat <<'END'\n${printEnv}\nEND\n;;`

beforeEach(async () => {
  bench = await Workbench.open()
  await bench.write('state/README.md', '')
  for (const script of ['create-director-override.sh', 'delete-director-override.sh']) {
    await bench.write(`bucc/bbl/${script}`, '#!/bin/sh\n')
    await chmod(bench.path('bucc', 'bbl', script), 0o755)
  }
  await bench.write('bucc/bbl/common.sh', '')
  await bench.program('bbl', [version, plans, ups, prints].join('\n'))
  await bench.program('bosh', `*) ${table([])} ;;`)
})

describe('pave-infrastructure', () => {
  it('plans with its load balancer, puts BUCC in as real files, goes up, and asks the Director', async () => {
    await bench.run(paveInfrastructure, params)
    const state = bench.plainState('bbl')
    expect(await bench.calls()).toEqual([
      `bbl plan --name lab --lb-type concourse --state-dir ${state}`,
      `bbl up --state-dir ${state}`,
      `bbl print-env --state-dir ${state}`,
      'bosh --non-interactive deployments --json'
    ])
    const script = await stat(bench.plainState('bbl', 'create-director-override.sh'))
    expect(script.isFile() && (script.mode & 0o111) !== 0).toBe(true)
  })

  it('does not go up where an override of BUCC does not resolve', async () => {
    await chmod(bench.path('bucc', 'bbl', 'delete-director-override.sh'), 0o644)
    await expect(bench.run(paveInfrastructure, params)).rejects.toThrow('found no executable script')
    expect((await bench.calls()).some(call => call.startsWith('bbl up'))).toBe(false)
  })

  it.each([
    { bbl: 'openstack', bucc: 'openstack', refused: false },
    { bbl: 'openstack', bucc: 'lab', refused: true }
  ])(
    'takes the CPI of $bucc from BUCC where bbl paved $bbl: refused $refused',
    async ({ bbl, bucc, refused }) => {
      const state = JSON.stringify({ ...(JSON.parse(bblState('lab')) as object), iaas: bbl })
      const planned = `plan*) echo '${state}' >bbl-state.json ;;`
      const up = ups.replace('echo lab', `echo ${bucc}`)
      await bench.program('bbl', [version, planned, up, prints].join('\n'))
      const paving = bench.run(paveInfrastructure, params)
      if (refused) await expect(paving).rejects.toThrow(`vars/cpi: found ${bucc}, expected ${bbl}`)
      else await paving
    }
  )

  it('fails where bbl names a Director without credentials', async () => {
    await bench.program(
      'bbl',
      [
        version,
        plans,
        ups,
        `print-env*) echo 'export BOSH_CLIENT='; echo 'export BOSH_ENVIRONMENT=https://x' ;;`
      ].join('\n')
    )
    await expect(bench.run(paveInfrastructure, params)).rejects.toThrow('expected the access of a Director')
  })

  it('hands bbl the credentials of the chosen IaaS and of no other', async () => {
    await bench.program('bbl', `${version}\nplan*) env | grep ^BBL_ >"$HOME/seen"; exit 1 ;;`)
    const given = {
      ...params,
      IAAS: 'gcp',
      PROVIDERS: '{"google":"1.20.0"}',
      BBL_GCP_REGION: 'eu',
      BBL_GCP_SERVICE_ACCOUNT_KEY: '{"project_id":"p","client_email":"e","private_key":"k"}',
      BBL_AWS_REGION: 'x'
    }
    await expect(bench.run(paveInfrastructure, given)).rejects.toThrow('bbl plan')
    const seen = (await bench.read('seen')).trim().split('\n').sort()
    const key = bench.path('scratch', 'bbl', 'gcp-service-account.json')
    expect(seen).toEqual(['BBL_GCP_REGION=eu', `BBL_GCP_SERVICE_ACCOUNT_KEY=${key}`, 'BBL_IAAS=gcp'])
    expect((await stat(key)).mode & 0o777).toBe(0o600)
  })

  it('names the credentials that lack', async () => {
    await expect(bench.run(paveInfrastructure, { ...params, IAAS: 'gcp' })).rejects.toThrow(
      /params\.BBL_GCP_SERVICE_ACCOUNT_KEY: found nothing[^]*params\.BBL_GCP_REGION: found nothing/
    )
  })

  it('refuses to pave over the state of another environment', async () => {
    await bench.write('state/bbl/bbl-state.json', bblState('play-fern'))
    await expect(bench.run(paveInfrastructure, params)).rejects.toMatchObject({ outcome: 'refused' })
  })

  it('never shows what the Director is entered with', async () => {
    await bench.program('bosh', `*) echo "denied: director-secret" >&2; exit 1 ;;`)
    const failure = await bench.run(paveInfrastructure, params).catch((thrown: unknown) => String(thrown))
    expect(failure).toContain('denied: ((redacted))')
    expect(bench.logged).not.toContain('director-secret')
  })
})

describe('an abort in mid-pave', () => {
  it('loses no state: what bbl wrote until then is on the branch', async () => {
    const stopping = new AbortController()
    await bench.program('bbl', [version, plans, `up*) echo half >"$PWD/vars.half"; sleep 30 ;;`].join('\n'))
    const running = bench.run(paveInfrastructure, params, stopping.signal)
    const seen = async (): Promise<boolean> =>
      (await bench.read('scratch/state/plain/bbl/vars.half').catch(() => '')) !== ''
    while (!(await seen())) await new Promise(resolve => setTimeout(resolve, 20))
    stopping.abort('SIGTERM')
    await expect(running).rejects.toThrow('ended by us (SIGTERM)')
    expect(await bench.readState('bbl/vars.half')).toBe('half\n')
  })
})
