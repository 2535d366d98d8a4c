import { beforeEach, describe, expect, it } from 'vitest'
import { messageOf } from '../../src/core/errors.ts'
import deleteDeployments from '../../tasks/delete-deployments.ts'
import destroyInfrastructure from '../../tasks/destroy-infrastructure.ts'
import guardTeardown from '../../tasks/guard-teardown.ts'
import proveEmpty from '../../tasks/prove-empty.ts'
import reviveDirector from '../../tasks/revive-director.ts'
import sweepLeftovers from '../../tasks/sweep-leftovers.ts'
import { bblState, printEnv, table, Workbench } from './workbench.ts'

const params = { ENVIRONMENT: 'lab', IAAS: 'lab', RETRY_PAUSE_SECONDS: '0' }
const bblCases = `print-env*) cat <<'END'\n${printEnv}\nEND\n;;\nleftovers*) ;;\n*) ;;`
const empty = table([])
const whoIs = `*environment*) ${table([{ name: 'bosh-lab' }])} ;;`
let bench: Workbench

/** What the IaaS has, as `labcloud list` tells it. */
async function cloudHas(...resources: readonly object[]): Promise<void> {
  const kinds = ['vm', 'disk', 'load-balancer', 'firewall', 'address', 'stemcell', 'network']
  const cases = kinds.map(kind => {
    const found = resources.filter(resource => 'kind' in resource && resource.kind === kind)
    return `"list ${kind}") [ -e "$0.swept" ] && echo '[]' || echo '${JSON.stringify(found)}' ;;`
  })
  await bench.program('labcloud', [...cases, `delete*) touch "$0.swept" ;;`].join('\n'))
}

async function calls(...programs: readonly string[]): Promise<string[]> {
  return (await bench.calls()).filter(call => programs.some(program => call.startsWith(`${program} `)))
}

async function stage(name: string): Promise<unknown> {
  return JSON.parse(await bench.read(`${name}-stage/stage.json`))
}

beforeEach(async () => {
  bench = await Workbench.open()
  await bench.write('state/bbl/bbl-state.json', bblState('lab'))
  await bench.write('state/bbl/vars/bosh-state.json', JSON.stringify({ current_vm_cid: 'vm-director' }))
  await bench.write(
    'state/bbl/vars/terraform.tfstate',
    JSON.stringify({
      version: 4,
      resources: [
        {
          mode: 'managed',
          type: 'lab_network',
          instances: [{ attributes: { id: 'net-1', name: 'lab-network' } }]
        }
      ]
    })
  )
  await bench.program('bbl', bblCases)
  await bench.program('bosh', `${whoIs}\n*) ${empty} ;;`)
  await bench.program('credhub', `*) echo '{"credentials": []}' ;;`)
  await cloudHas()
})

async function unpave(): Promise<void> {
  bench = await Workbench.open()
  await bench.write('state/README.md', '')
  await bench.program('bbl', bblCases)
  await cloudHas()
}

describe('guard-teardown', () => {
  it('tells all that speaks against it at once, and touches nothing', async () => {
    await bench.write('state/bbl/bbl-state.json', bblState('play-fern'))
    await bench.write('state/bbl/vars/director-vars-file.yml', 'concourse_domain: ci.example.com\n')
    const given = {
      ENVIRONMENT: 'lab',
      IAAS: 'lab',
      TOPOLOGY: 'self-hosted',
      PROTECTED: 'true',
      ATC_EXTERNAL_URL: 'https://ci.example.com:443'
    }
    const refusal = await bench.run(guardTeardown, given).catch((thrown: unknown) => thrown)
    expect(refusal).toMatchObject({ outcome: 'refused', exitCode: 7 })
    for (const word of ['envID play-fern', 'self-hosted', 'ci.example.com', 'protected']) {
      expect(String(refusal)).toContain(word)
    }
    expect(await bench.calls()).toEqual([])
  })

  it('lets a protected environment go only by its name', async () => {
    const given = { ENVIRONMENT: 'lab', IAAS: 'lab', PROTECTED: 'true' }
    await bench.run(guardTeardown, { ...given, CONFIRM: 'lab' })
    await expect(bench.run(guardTeardown, { ...given, CONFIRM: 'true' })).rejects.toThrow(
      'protected: found "true"'
    )
  })

  it('passes an environment that is not paved', async () => {
    await unpave()
    await bench.run(guardTeardown, { ENVIRONMENT: 'lab', IAAS: 'lab' })
    expect(bench.logged).toContain('it is not paved')
  })
})

describe.each([reviveDirector, deleteDeployments, destroyInfrastructure, sweepLeftovers])('$name', task => {
  it.each([
    ['the state of another environment', 'state/bbl/bbl-state.json', bblState('play-fern')],
    [
      'a lease for another environment',
      'lease/lease.yml',
      'environment: play-fern\nholder: me\ngrace: 1m\nacquired_at: "2026-11-22T00:00:00Z"\nexpires_at: "2026-11-22T01:00:00Z"\n'
    ]
  ])('refuses %s, and says so in its stage', async (_, path, text) => {
    await bench.write(path, text)
    await expect(bench.run(task, params)).rejects.toMatchObject({ outcome: 'refused', message: /play-fern/ })
    expect(await bench.calls()).toEqual([])
    const output = Object.keys(task.outputs).find(name => name.endsWith('-stage')) ?? ''
    expect(JSON.parse(await bench.read(`${output}/stage.json`))).toMatchObject({ outcome: 'refused' })
  })

  it('has nothing to do where the environment is not paved', async () => {
    await unpave()
    await bench.run(task, params)
    expect(await calls('bbl', 'bosh')).toEqual([])
  })
})

describe('revive-director', () => {
  it('leaves a Director alone that answers', async () => {
    await bench.run(reviveDirector, params)
    expect((await calls('bbl')).map(call => call.split(' ')[1])).toEqual(['print-env'])
    expect(await stage('director')).toMatchObject({ outcome: 'done', reason: 'it answers' })
  })

  it('failure 13: finishes a Director that never came up, once', async () => {
    await bench.write('state/bbl/bbl-state.json', bblState('lab', ''))
    await bench.program(
      'bbl',
      `print-env*) [ -e "$0.up" ] && cat <<'END'\n${printEnv}\nEND\n;;\nup*) touch "$0.up" ;;`
    )
    await bench.run(reviveDirector, params)
    expect((await calls('bbl')).map(call => call.split(' ')[1])).toEqual(['print-env', 'up', 'print-env'])
    expect(await stage('director')).toMatchObject({ outcome: 'done', reason: 'bbl up brought it back' })
  })

  it('makes a dead one anew, which bosh would pass over for its manifest has not changed', async () => {
    await bench.write(
      'state/bbl/vars/bosh-state.json',
      JSON.stringify({ current_vm_cid: 'vm-director', current_manifest_sha: 'abc' })
    )
    await bench.program('bosh', `*) echo 'connection refused' >&2; exit 1 ;;`)
    await expect(bench.run(reviveDirector, params)).rejects.toThrow('does not answer after bbl up')
    expect(JSON.parse(await bench.readState('bbl/vars/bosh-state.json'))).toEqual({
      current_vm_cid: 'vm-director',
      current_manifest_sha: ''
    })
    expect(await stage('director')).toMatchObject({ outcome: 'failed' })
  })

  it('refuses the Director of somebody else', async () => {
    await bench.program('bosh', `*environment*) ${table([{ name: 'bosh-play-fern' }])} ;;`)
    await expect(bench.run(reviveDirector, params)).rejects.toMatchObject({ outcome: 'refused' })
    expect((await calls('bbl')).map(call => call.split(' ')[1])).toEqual(['print-env'])
  })
})

describe('delete-deployments', () => {
  const manifests = `*"-d app manifest") printf 'jobs:\\n- consumes:\\n    db: {from: db, deployment: store}\\n' ;;
*manifest) echo '{}' ;;`

  it('deletes consumers of links before their providers, cleans up, and proves that nothing is left', async () => {
    // The lists of deployments after the deletion are the proof.
    await bench.program(
      'bosh',
      `${whoIs}
*"deployments --json") if [ -e "$0.deleted" ]; then ${empty}; else ${table([{ name: 'store' }, { name: 'app' }])}; fi ;;
${manifests}
*delete-deployment*) touch "$0.deleted" ;;
*) ${empty} ;;`
    )
    await bench.run(deleteDeployments, params)
    expect((await bench.calls()).filter(call => /delete-d|clean-up|orphaned/.test(call))).toEqual([
      'bosh --non-interactive -d app delete-deployment',
      'bosh --non-interactive -d store delete-deployment',
      'bosh --non-interactive clean-up --all',
      'bosh --non-interactive disks --orphaned --json',
      'bosh --non-interactive orphaned-vms --json'
    ])
    expect(await stage('deployments')).toMatchObject({ outcome: 'done', reason: 'store, app are deleted' })
  })

  it('tries the others, and the clean-up, where one can not be deleted at all', async () => {
    await bench.program(
      'bosh',
      `${whoIs}
*"deployments --json") ${table([{ name: 'app' }, { name: 'store' }])} ;;
${manifests}
*"-d app delete-deployment"*) echo 'CPI error' >&2; exit 1 ;;
*) ${empty} ;;`
    )
    await expect(bench.run(deleteDeployments, params)).rejects.toThrow(
      'the Director still holds deployment app'
    )
    expect((await bench.calls()).filter(call => /delete-d|clean-up/.test(call))).toEqual([
      'bosh --non-interactive -d app delete-deployment',
      'bosh --non-interactive -d app delete-deployment --force',
      'bosh --non-interactive -d store delete-deployment',
      'bosh --non-interactive clean-up --all'
    ])
  })

  it('unignores instances, which else keep a deployment from being deleted even by force', async () => {
    await bench.program(
      'bosh',
      `${whoIs}
*"deployments --json") if [ -e "$0.deleted" ]; then ${empty}; else ${table([{ name: 'cf' }])}; fi ;;
*"instances --details --json") ${table([
        { instance: 'router/1', ignore: 'true' },
        { instance: 'router/2', ignore: 'false' }
      ])} ;;
*unignore*) touch "$0.free" ;;
*delete-deployment*) if [ -e "$0.free" ]; then touch "$0.deleted"; else echo "contains ignored instance(s). Operation not allowed." >&2; exit 1; fi ;;
*manifest) echo '{}' ;;
*) ${empty} ;;`
    )
    await bench.run(deleteDeployments, params)
    expect((await bench.calls()).filter(call => /ignore/.test(call))).toEqual([
      'bosh --non-interactive -d cf unignore router/1'
    ])
  })

  it('failure 18: cancels what we left behind, waits for locks of others, and retries only what passes', async () => {
    await bench.program(
      'bosh',
      `${whoIs}
*"deployments --json") if [ -e "$0.deleted" ]; then ${empty}; else ${table([{ name: 'cf' }])}; fi ;;
*"tasks --json") if [ -e "$0.quiet" ]; then ${empty}; else ${table([{ id: '7', user: 'admin', state: 'processing', description: 'create deployment' }])}; fi ;;
*cancel-task*) touch "$0.quiet" ;;
*delete-deployment*) if [ -e "$0.tried" ]; then touch "$0.deleted"; else touch "$0.tried"; echo "Failed to acquire lock for lock:deployment:cf" >&2; exit 1; fi ;;
*manifest) echo '{}' ;;
*) ${empty} ;;`
    )
    await bench.run(deleteDeployments, params)
    const asked = (await bench.calls()).filter(call => /cancel|delete-d/.test(call))
    expect(asked).toEqual([
      'bosh --non-interactive cancel-task 7',
      'bosh --non-interactive -d cf delete-deployment',
      'bosh --non-interactive -d cf delete-deployment'
    ])
  })

  it('failure 25: takes the credentials of what it deleted out of CredHub, and those of bosh-dns', async () => {
    await bench.program(
      'bosh',
      `${whoIs}
*"deployments --json") if [ -e "$0.deleted" ]; then ${empty}; else ${table([{ name: 'cf' }])}; fi ;;
*delete-deployment*) touch "$0.deleted" ;;
*manifest) echo '{}' ;;
*) ${empty} ;;`
    )
    await bench.program(
      'credhub',
      `"find --path / --output-json") echo '{"credentials": [{"name": "/dns_api_tls"}, {"name": "/bosh-lab/cf/x"}]}' ;;
find*) echo '{"credentials": [{"name": "/bosh-lab/cf/x"}]}' ;;`
    )
    await bench.run(deleteDeployments, params)
    expect((await calls('credhub')).filter(call => call.includes('delete'))).toEqual([
      'credhub delete --path /bosh-lab/cf',
      'credhub delete --name /dns_api_tls'
    ])
  })

  it('fails where no Director answers that may have some', async () => {
    await bench.program('bosh', `*) echo 'connection refused' >&2; exit 1 ;;`)
    await expect(bench.run(deleteDeployments, params)).rejects.toThrow('found no Director that answers')
    expect(await stage('deployments')).toMatchObject({ outcome: 'failed' })
  })
})

describe('destroy-infrastructure', () => {
  const script = '#!/bin/sh\nprintf "script %s\\n" "$BBL_STATE_DIR" >>"$HOME/calls"\n'

  beforeEach(async () => {
    await bench.write('state/bbl/delete-director.sh', script)
    await bench.executable('state/bbl/delete-director.sh')
  })

  it('lets bbl take it down without a question', async () => {
    await bench.run(destroyInfrastructure, params)
    expect(await calls('bbl', 'script')).toEqual([
      `bbl print-env --state-dir ${bench.plainState('bbl')}`,
      `bbl down --no-confirm --state-dir ${bench.plainState('bbl')}`
    ])
    expect(await stage('infrastructure')).toMatchObject({ outcome: 'done' })
  })

  it.each([
    ['13: deletes a Director that bbl knows nothing of', bblState('lab', ''), empty, ''],
    ['14: deletes a Director that does not answer', bblState('lab'), `echo refused >&2; exit 1`, ''],
    ['15: deletes a Director that still has deployments', bblState('lab'), table([{ name: 'cf' }]), '']
  ])('failure %s by its script, sweeps what it left, and then goes down', async (_, state, deployments) => {
    await bench.write('state/bbl/bbl-state.json', state)
    await bench.program('bosh', `${whoIs}\n*"deployments --json") ${deployments} ;;\n*) ${empty} ;;`)
    if (state === bblState('lab', ''))
      await bench.program('bbl', `print-env*) echo 'export BOSH_CLIENT=' ;;\n*) ;;`)
    await cloudHas(
      { kind: 'vm', cid: 'vm-7', name: 'router/0', tags: { director: 'bosh-lab' } },
      { kind: 'vm', cid: 'vm-8', name: 'router/0', tags: { director: 'bosh-lab-2' } },
      { kind: 'vm', cid: 'vm-director', name: 'bosh/0', tags: { director: 'bosh-lab' } }
    )
    await bench.run(destroyInfrastructure, params)
    const asked = (await bench.calls()).filter(call => /^script|^labcloud delete|^bbl down/.test(call))
    expect(asked).toEqual([
      `script ${bench.plainState('bbl')}`,
      'labcloud delete vm vm-7',
      `bbl down --no-confirm --state-dir ${bench.plainState('bbl')}`
    ])
    expect(JSON.parse(await bench.readState('bbl/bbl-state.json'))).toMatchObject({ envID: 'lab', bosh: {} })
  })

  it('refuses to delete a Director with deployments where nobody could see their VMs', async () => {
    await bench.program(
      'bosh',
      `${whoIs}\n*"deployments --json") ${table([{ name: 'cf' }])} ;;\n*) ${empty} ;;`
    )
    await bench.program('labcloud', `*) echo 'no access' >&2; exit 1 ;;`)
    await expect(bench.run(destroyInfrastructure, params)).rejects.toMatchObject({
      outcome: 'refused',
      message: /still has cf, and vms can't be listed/
    })
    expect((await bench.calls()).some(call => /^script|bbl down/.test(call))).toBe(false)
  })

  it('failure 14: deletes a Director by its script whose UAA makes the clean-up of bbl fail', async () => {
    await bench.program(
      'bbl',
      `print-env*) cat <<'END'\n${printEnv}\nEND\n;;
down*) if [ -e "$0.once" ]; then exit 0; fi; touch "$0.once"; echo "Cleaning up resources: Performing request POST 'https://x:25555/cleanup': UAA responded with non-successful status code '500'" >&2; exit 1 ;;
*) ;;`
    )
    await bench.run(destroyInfrastructure, params)
    const asked = (await bench.calls()).filter(call => /^script|^bbl down/.test(call))
    expect(asked.map(call => call.split(' ')[0])).toEqual(['bbl', 'script', 'bbl'])
  })

  it('failure 16: sweeps what keeps the network in use, and goes down again', async () => {
    await bench.program(
      'bbl',
      `print-env*) cat <<'END'\n${printEnv}\nEND\n;;
latest-error*) echo "Error: The network resource 'lab-network' is already being used by 'firewalls/k8s-fw-a1'" ;;
down*) if [ -e "$0.once" ]; then exit 0; fi; touch "$0.once"; echo 'terraform destroy: redacted, see bbl latest-error' >&2; exit 1 ;;
*) ;;`
    )
    await cloudHas(
      { kind: 'load-balancer', cid: 'lb-1', name: 'a123', tags: {}, network: 'net-1' },
      { kind: 'network', cid: 'net-1', name: 'lab-network', tags: {} }
    )
    await bench.run(destroyInfrastructure, params)
    const asked = (await bench.calls()).filter(call => /^labcloud delete|^bbl down/.test(call))
    expect(asked.map(call => call.split(' --')[0])).toEqual([
      'bbl down',
      'labcloud delete load-balancer lb-1',
      'bbl down'
    ])
  })

  it('failure 17: forgets an image that the cloud does not have, and goes down again', async () => {
    const known = {
      current_vm_cid: 'vm-director',
      stemcells: [{ id: 's', name: 'jammy', version: '1', cid: 'stemcell-9' }]
    }
    await bench.write('state/bbl/vars/bosh-state.json', JSON.stringify(known))
    await bench.program(
      'bbl',
      `print-env*) cat <<'END'\n${printEnv}\nEND\n;;
down*) if [ -e "$0.once" ]; then exit 0; fi; touch "$0.once"; echo "CPI 'delete_stemcell' method responded with error: CmdError{\\"message\\":\\"stemcell stemcell-9 not found\\"}" >&2; exit 1 ;;
*) ;;`
    )
    await bench.run(destroyInfrastructure, params)
    expect(JSON.parse(await bench.readState('bbl/vars/bosh-state.json'))).toEqual({
      current_vm_cid: 'vm-director',
      stemcells: []
    })
    expect((await bench.calls()).filter(call => call.startsWith('bbl down'))).toHaveLength(2)
  })

  it('failure 17: forgets nothing that still stands in the cloud', async () => {
    await cloudHas({ kind: 'vm', cid: 'vm-director', name: 'bosh/0', tags: {} })
    await bench.program(
      'bbl',
      `print-env*) cat <<'END'\n${printEnv}\nEND\n;;
down*) echo "CPI 'delete_vm' method responded with error: vm-director not found" >&2; exit 1 ;;
*) ;;`
    )
    await expect(bench.run(destroyInfrastructure, params)).rejects.toThrow('bbl down')
    expect(await bench.readState('bbl/vars/bosh-state.json')).toContain('vm-director')
  })

  it('refuses where machines stand and the state of terraform is lost', async () => {
    await bench.write('state/bbl/vars/terraform.tfstate', '{"version":4,"resources":[]}')
    await expect(bench.run(destroyInfrastructure, params)).rejects.toMatchObject({
      outcome: 'refused',
      message: /terraform\.tfstate: found nothing in it, expected the network of vm-director/
    })
    expect(await bench.calls()).toEqual([])
  })

  it('failure 9: refuses an override script that leads nowhere', async () => {
    await bench.link('state/bbl/delete-director-override.sh', '../bucc/absent.sh')
    await expect(bench.run(destroyInfrastructure, params)).rejects.toMatchObject({
      outcome: 'refused',
      message: /delete-director-override\.sh leading nowhere/
    })
    expect(await bench.calls()).toEqual([])
  })

  it('failure 9: refuses to go down without a script of the BUCC that made the Director', async () => {
    await bench.write('state/bbl/bucc/bbl/common.sh', '')
    await bench.write('state/bbl/create-director-override.sh', '#!/bin/sh\n')
    await bench.executable('state/bbl/create-director-override.sh')
    await expect(bench.run(destroyInfrastructure, params)).rejects.toThrow('delete-director-override.sh')
    expect(await bench.calls()).toEqual([])
  })

  it('commits the state, whatever happened', async () => {
    await bench.program('bbl', `down*) echo broken >"$PWD/half"; echo 'broken' >&2; exit 1 ;;`)
    await expect(bench.run(destroyInfrastructure, params)).rejects.toThrow('bbl down')
    expect(await bench.readState('bbl/half')).toBe('broken\n')
  })
})

describe('sweep-leftovers', () => {
  const leftovers = [
    { kind: 'network', cid: 'net-9', name: 'lab-network', tags: {} },
    { kind: 'disk', cid: 'disk-1', name: 'x', tags: { director: 'bosh-lab' } },
    { kind: 'network', cid: 'net-2', name: 'lab2-network', tags: {} }
  ]

  it('deletes what is its own, the last the network, and reports each line', async () => {
    await unpave()
    await cloudHas(...leftovers)
    await bench.run(sweepLeftovers, params)
    expect((await bench.calls()).filter(call => call.includes('delete'))).toEqual([
      'labcloud delete disk disk-1',
      'labcloud delete network net-9'
    ])
    const report = await bench.read('leftovers-stage/report.txt')
    expect(report).toContain('delete  disk disk-1 (x): label director is bosh-lab\n')
    expect(report).toContain(
      'keep    network net-2 (lab2-network): neither label, name nor network says so\n'
    )
  })

  it('deletes nothing where that would be too much, or in a dry run', async () => {
    await unpave()
    await cloudHas(...leftovers)
    await expect(bench.run(sweepLeftovers, { ...params, MAX_DELETIONS: '1' })).rejects.toMatchObject({
      outcome: 'refused',
      message: /found 2 things, expected at most 1/
    })
    await bench.run(sweepLeftovers, { ...params, DRY_RUN: 'true' })
    expect((await bench.calls()).filter(call => call.includes('delete'))).toEqual([])
    expect(await stage('leftovers')).toMatchObject({ reason: '2 would be deleted' })
  })

  it('leaves to bbl what its state still knows', async () => {
    await cloudHas({ kind: 'network', cid: 'net-1', name: 'lab-network', tags: {} })
    await bench.run(sweepLeftovers, params)
    expect(await stage('leftovers')).toMatchObject({ outcome: 'nothing' })
  })
})

describe('prove-empty', () => {
  const proof = { ENVIRONMENT: 'lab', IAAS: 'lab' }

  it('fails where state is left, and writes down what', async () => {
    await expect(bench.run(proveEmpty, proof)).rejects.toThrow(
      'lab: found state file bbl-state.json; state file vars/terraform.tfstate'
    )
    expect(JSON.parse(await bench.read('emptiness/verdict.json'))).toMatchObject({ clean: false })
  })

  it('tells no secret of what was destroyed, though the state has forgotten it', async () => {
    await bench.write('state/bbl/vars/director-vars-store.yml', 'admin_password: of-the-dead-7f3a91c2\n')
    await bench.program('bbl', `down*) rm -r bbl-state.json vars ;;\n${bblCases}`)
    await bench.run(destroyInfrastructure, params)
    expect(await bench.calls()).toContainEqual(expect.stringContaining('bbl down'))
    await bench.program('labcloud', `*) echo 'denied: of-the-dead-7f3a91c2' >&2; exit 1 ;;`)
    for (const task of [sweepLeftovers, proveEmpty]) {
      const given = task === proveEmpty ? proof : params
      expect(await bench.run(task, given).then(() => '', messageOf)).not.toContain('of-the-dead')
    }
    expect(await bench.read('emptiness/verdict.json')).not.toContain('of-the-dead')
    expect(bench.logged).toContain('denied: ((redacted))')
    expect(bench.logged).not.toContain('of-the-dead')
  })

  it('fails where the IaaS holds something of its own, or bbl leftovers finds it', async () => {
    await unpave()
    await cloudHas({ kind: 'disk', cid: 'disk-1', name: 'x', tags: { director: 'bosh-lab' } })
    await bench.program(
      'bbl',
      `leftovers*) echo '[Key Pair: lab_bosh_vms]'; echo '[Network: lab2-network]' ;;`
    )
    await expect(bench.run(proveEmpty, proof)).rejects.toThrow(
      'lab: found disk disk-1 (x): label director is bosh-lab; Key Pair: lab_bosh_vms: bbl leftovers finds it, expected nothing'
    )
  })

  it('says that it is clean where nothing is left, also after stages that failed', async () => {
    await unpave()
    const failed = { stage: 'deployments', outcome: 'failed', reason: 'no Director' }
    await bench.write('deployments-stage/stage.json', JSON.stringify(failed))
    await bench.run(proveEmpty, proof)
    const verdict: unknown = JSON.parse(await bench.read('emptiness/verdict.json'))
    expect(verdict).toMatchObject({ clean: true, reason: 'nothing is left', left: [], not_checked: [] })
    expect(verdict).toMatchObject({ stages: expect.arrayContaining([failed]) as unknown })
  })

  it('lists what it could not see, and is not clean where a stage failed that may have left some of it', async () => {
    await unpave()
    await bench.program('labcloud', `"list disk") echo 'quota' >&2; exit 1 ;;\nlist*) echo '[]' ;;`)
    await expect(bench.run(proveEmpty, proof)).rejects.toThrow('and nobody saw disks')
    for (const name of ['kubernetes', 'deployments', 'infrastructure']) {
      await bench.write(`${name}-stage/stage.json`, JSON.stringify({ outcome: 'done', reason: 'x' }))
    }
    await bench.run(proveEmpty, proof)
    expect(JSON.parse(await bench.read('emptiness/verdict.json'))).toMatchObject({
      clean: true,
      not_checked: [{ what: 'disks', why: expect.stringContaining('quota') as unknown }]
    })
    expect(bench.logged).toContain('not checked: disks')
  })
})
