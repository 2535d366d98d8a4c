import { beforeEach, describe, expect, it } from 'vitest'
import configureCf from '../../tasks/configure-cf.ts'
import runErrand from '../../tasks/run-errand.ts'
import waitUntilStable from '../../tasks/wait-until-stable.ts'
import { bblState, printEnv, table, Workbench } from './workbench.ts'

const params = { ENVIRONMENT: 'lab', IAAS: 'lab' }
let bench: Workbench

beforeEach(async () => {
  bench = await Workbench.open()
  await bench.write('state/bbl/bbl-state.json', bblState('lab'))
  await bench.program('bbl', `print-env*) cat <<'END'\n${printEnv}\nEND\n;;`)
  await bench.program(
    'credhub',
    `*tls-kubernetes*) echo '{"value":{"ca":"a CA"}}' ;;\n*get*) echo '{"value":"pass-of-somebody"}' ;;`
  )
})

async function callsOf(program: string): Promise<readonly string[]> {
  return (await bench.calls()).filter(call => call.startsWith(`${program} `))
}

describe('run-errand', () => {
  const errand = { ...params, DEPLOYMENT: 'cfcr', ERRAND: 'smoke-tests' }

  it('runs it on the instance that is named, or wherever it is', async () => {
    await bench.program('bosh', '*) ;;')
    await bench.run(runErrand, { ...errand, INSTANCE: 'master/first' })
    await bench.run(runErrand, errand)
    expect(await callsOf('bosh')).toEqual([
      'bosh --non-interactive -d cfcr run-errand smoke-tests --instance master/first',
      'bosh --non-interactive -d cfcr run-errand smoke-tests'
    ])
  })

  it('fails where it fails, and is not tried again', async () => {
    await bench.program('bosh', '*) exit 1 ;;')
    await expect(bench.run(runErrand, errand)).rejects.toMatchObject({ outcome: 'program' })
    expect(await callsOf('bosh')).toHaveLength(1)
  })
})

describe('configure-cf', () => {
  const wanted = { ...params, SYSTEM_DOMAIN: 'lab.example.com' }
  const vms = (...rows: readonly Readonly<Record<string, string>>[]): string => `*vms*) ${table(rows)} ;;`

  it("enables the flags, and lets apps reach the node ports of CFCR's workers", async () => {
    await bench.program(
      'bosh',
      vms({ instance: 'master/a', ips: '10.0.0.2' }, { instance: 'worker/b', ips: '10.0.0.3' })
    )
    await bench.program('cf', `update-security-group*) cp "$3" "${bench.path('rules.json')}" ;;`)
    await bench.run(configureCf, { ...wanted, FEATURE_FLAGS: '["diego_docker","task_creation"]' })
    const [api, auth, ...calls] = await callsOf('cf')
    expect([api, auth]).toEqual([expect.stringContaining('https://api.lab.example.com'), 'cf auth'])
    expect(calls.map(call => call.replace(/ \S+\.json$/, ' RULES'))).toEqual([
      'cf enable-feature-flag diego_docker',
      'cf enable-feature-flag task_creation',
      'cf create-security-group kubernetes-services RULES',
      'cf update-security-group kubernetes-services RULES',
      'cf bind-running-security-group kubernetes-services'
    ])
    expect(JSON.parse(await bench.read('rules.json'))).toEqual([
      expect.objectContaining({ protocol: 'tcp', destination: '10.0.0.3', ports: '30000-32767' })
    ])
  })

  it('changes nothing in CF where there is no worker', async () => {
    await bench.program('bosh', vms({ instance: 'master/a', ips: '10.0.0.2' }))
    await expect(bench.run(configureCf, wanted)).rejects.toThrow('cfcr: found no worker')
    expect(await callsOf('cf')).toEqual([])
  })
})

describe('wait-until-stable', () => {
  const wanted = {
    ...params,
    SYSTEM_DOMAIN: 'lab.example.com',
    KUBERNETES_API: 'https://master.cfcr.internal:8443',
    TIMES: '3',
    EVERY_SECONDS: '0'
  }
  const object = (name: string, ready: string, phase = 'Running') => ({
    metadata: { name },
    status: { phase, conditions: [{ type: 'Ready', status: ready }] }
  })
  const items = (...objects: readonly object[]): string => `echo '${JSON.stringify({ items: objects })}'`

  async function playground(process: string, pods: readonly object[]): Promise<void> {
    const rows = ['running', process].map((state, at) => ({ instance: `worker/${at}`, process_state: state }))
    await bench.program('bosh', `*vms*) ${table(rows)} ;;`)
    await bench.program('cf', '*) ;;')
    await bench.program(
      'kubectl',
      `*"get nodes"*) ${items(object('node-1', 'True'))} ;;\n*"get pods"*) ${items(...pods)} ;;`
    )
  }

  it('looks until all was well as often as is asked, in a row', async () => {
    await playground('running', [object('kube-dns', 'True'), object('job', 'False', 'Succeeded')])
    // The API does not answer at the second look.
    await bench.program(
      'cf',
      `orgs) echo x >>"${bench.path('looks')}"; [ "$(wc -l <"${bench.path('looks')}")" -ne 2 ] ;;\n*) ;;`
    )
    await bench.run(waitUntilStable, wanted)
    expect((await callsOf('cf')).filter(call => call === 'cf orgs')).toHaveLength(5)
    expect(bench.logged).toContain('lab: well 3 times in a row')
  })

  it('ends in "time ran out", and names all that was not well', async () => {
    await playground('failing', [object('kube-dns', 'False')])
    const waiting = bench.run(waitUntilStable, { ...wanted, EVERY_SECONDS: '1', DEADLINE_MINUTES: '0' })
    await expect(waiting).rejects.toMatchObject({
      outcome: 'timeout',
      message: expect.stringMatching(
        /for lab to be well 3 times in a row: found cf worker\/1 failing, cfcr worker\/1 failing, pod kube-dns not ready$/
      ) as string
    })
  })

  it('takes a playground without machines or nodes for none', async () => {
    await bench.program('bosh', `*vms*) ${table([])} ;;`)
    await bench.program('cf', '*) ;;')
    await bench.program('kubectl', `*) ${items()} ;;`)
    const waiting = bench.run(waitUntilStable, { ...wanted, EVERY_SECONDS: '1', DEADLINE_MINUTES: '0' })
    await expect(waiting).rejects.toThrow('found no VM of cf, no VM of cfcr, no node')
  })
})
