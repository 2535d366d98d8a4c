import { chmod, stat } from 'node:fs/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import paveInfrastructure from '../../tasks/pave-infrastructure.ts'
import { bblState, printEnv, table, Workbench } from './workbench.ts'

const params = { ENVIRONMENT: 'lab', IAAS: 'lab', DIRECTOR: 'bucc' }
let bench: Workbench

beforeEach(async () => {
  bench = await Workbench.open()
  await bench.write('state/README.md', '')
  for (const script of ['create-director-override.sh', 'delete-director-override.sh']) {
    await bench.write(`bucc/bbl/${script}`, '#!/bin/sh\n')
    await chmod(bench.path('bucc', 'bbl', script), 0o755)
  }
  await bench.program('bbl', `print-env*) cat <<'END'\n${printEnv}\nEND\n;;\n*) ;;`)
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

  it('fails where bbl names a Director without credentials', async () => {
    await bench.program(
      'bbl',
      `print-env*) echo 'export BOSH_CLIENT='; echo 'export BOSH_ENVIRONMENT=https://x' ;;\n*) ;;`
    )
    await expect(bench.run(paveInfrastructure, params)).rejects.toThrow('expected the access of a Director')
  })

  it('hands bbl the credentials of the chosen IaaS and of no other', async () => {
    await bench.program('bbl', `plan*) env | grep ^BBL_ >"$HOME/seen"; exit 1 ;;`)
    const given = {
      ...params,
      IAAS: 'gcp',
      BBL_GCP_REGION: 'eu',
      BBL_GCP_SERVICE_ACCOUNT_KEY: '{}',
      BBL_AWS_REGION: 'x'
    }
    await expect(bench.run(paveInfrastructure, given)).rejects.toThrow('bbl plan')
    const seen = (await bench.read('seen')).trim().split('\n').sort()
    expect(seen).toEqual(['BBL_GCP_REGION=eu', 'BBL_GCP_SERVICE_ACCOUNT_KEY={}', 'BBL_IAAS=gcp'])
  })

  it('names the credentials that lack', async () => {
    await expect(bench.run(paveInfrastructure, { ...params, IAAS: 'gcp' })).rejects.toThrow(
      'found no BBL_GCP_SERVICE_ACCOUNT_KEY, BBL_GCP_REGION, expected them for gcp'
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
    await bench.program('bbl', `up*) echo half >"$PWD/vars.half"; sleep 30 ;;\n*) ;;`)
    const running = bench.run(paveInfrastructure, params, stopping.signal)
    const seen = async (): Promise<boolean> =>
      (await bench.read('scratch/state/plain/bbl/vars.half').catch(() => '')) !== ''
    while (!(await seen())) await new Promise(resolve => setTimeout(resolve, 20))
    stopping.abort('SIGTERM')
    await expect(running).rejects.toThrow('ended by us (SIGTERM)')
    expect(await bench.readState('bbl/vars.half')).toBe('half\n')
  })
})
