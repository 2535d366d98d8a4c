import { readFileSync, rmSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { leavesOf } from '../../src/core/yaml-leaves.ts'
import deleteDeployments from '../../tasks/delete-deployments.ts'
import { openPavedLab, type PavedLab } from './torn-down-lab.ts'

let lab: PavedLab

beforeEach(async () => {
  lab = await openPavedLab()
})
afterEach(() => lab.close())

async function paved(): Promise<void> {
  expect(await lab.bbl('up')).toMatchObject({ code: 0 })
}

/** A load balancer of Kubernetes: its name says nothing, only its network does. And things of somebody else, which stay. */
function plant(): readonly string[] {
  const network = lab.cloud.all('network').find(({ name }) => name === 'lab-network')
  lab.cloud.createLoadBalancer({ name: 'a1b2c3', network: network?.cid ?? '', ports: [80] })
  lab.cloud.createDisk({ name: 'node/0', sizeMiB: 10, az: 'z1', tags: { director: 'bosh-lab' } })
  const other = lab.cloud.createNetwork({
    name: 'lab-10-network',
    cidr: '127.1.8.0/24',
    tags: { director: 'bosh-lab-10' }
  })
  const disk = lab.cloud.createDisk({ name: 'x', sizeMiB: 10, az: 'z1', tags: { director: 'bosh-lab-10' } })
  return [other.cid, disk.cid]
}

function standing(): readonly string[] {
  return lab.cloud.list().map(({ cid }) => cid)
}

/** What became of a Director. */
const deaths: readonly (readonly [string, () => Promise<void>])[] = [
  [
    'failure 13: a Director that never came up',
    async () => {
      lab.break({ program: 'create-env', args: 'start bosh', action: 'exit', times: 9 })
      expect((await lab.bbl('up')).code).toBe(1)
    }
  ],
  [
    'failure 14: a Director whose UAA answers 500 when bbl has it clean up',
    async () => {
      await paved()
      const message =
        "Performing request POST 'https://x:25555/cleanup': UAA responded with non-successful status code '500'"
      lab.break({ program: 'director', args: 'clean-up', action: 'exit', message, times: 9 })
    }
  ],
  [
    'failure 15: a Director with a deployment that can not be deleted',
    async () => {
      await paved()
      await lab.deploy('store')
      lab.break({ program: 'director', args: 'delete-deployment', action: 'exit', times: 9 })
    }
  ]
]

describe('a teardown ends with the proof, past', { timeout: 120_000 }, () => {
  it.each(deaths)('%s', async (_, die) => {
    await die()
    const others = plant()
    const { verdict } = await lab.tearDown()
    expect(verdict).toMatchObject({ clean: true, left: [] })
    expect(standing()).toEqual(others)
  })

  it('failure 13: a Director that never came up and does so on the one further try that it gets', async () => {
    lab.break({ program: 'create-env', args: 'start bosh', action: 'exit' })
    expect((await lab.bbl('up')).code).toBe(1)
    expect((await lab.printEnv())['BOSH_CLIENT_SECRET'] ?? '').toBe('')
    const { failures, verdict } = await lab.tearDown()
    expect(failures).toEqual({})
    expect(verdict).toMatchObject({ clean: true })
    expect(lab.bench.logged.match(/\$ .*bbl up/g)).toHaveLength(1)
    expect(standing()).toEqual([])
  })

  it('failure 14: a Director that is dead for good, with a deployment, an orphaned disk and a load balancer left, and the trail tells all', async () => {
    await paved()
    await lab.deploy('gone')
    await lab.bosh('-d', 'gone', 'delete-deployment')
    await lab.deploy('store')
    expect(await lab.table('disks', '--orphaned')).toContain('gone')
    const vm = lab.cloud.all('vm').find(({ name }) => name === 'bosh/0')
    lab.cloud.deleteVm(vm?.cid ?? '')
    await lab.supervisor.powerOn()
    lab.break({ program: 'create-env', args: 'start bosh', action: 'exit', times: 9 })
    const others = plant()
    const { verdict } = await lab.tearDown()
    expect(verdict).toMatchObject({ clean: true, left: [] })
    expect(standing()).toEqual(others)

    const trail = await lab.trail()
    const serials = trail.map(({ serial }) => serial)
    expect(serials).toEqual(serials.map((_, index) => serials.length - index))
    const reasons = trail.map(({ reason }) => reason)
    expect(reasons.at(-1)).toBe('given')
    expect(reasons[0]).toBe('destroy lab: done')
    for (const step of ['revive lab', 'destroy lab: director deleted', 'destroy lab: Director forgotten'])
      expect(
        reasons.some(reason => reason.startsWith(step)),
        step
      ).toBe(true)
    // What is gone is told by the checkpoint that it was gone with.
    const known = trail
      .flatMap(({ files }) => files.added)
      .filter(path => /-state\.json$|tfstate$/.test(path))
    expect(known.length).toBeGreaterThan(2)
  })

  it('failure 14: a Director that was only switched off: it is brought back, and deletes what it made', async () => {
    await paved()
    await lab.deploy('store')
    const vm = lab.cloud.all('vm').find(({ name }) => name === 'bosh/0')
    lab.cloud.setVmState(vm?.cid ?? '', 'stopped')
    await lab.supervisor.powerOn()
    const { failures, verdict } = await lab.tearDown()
    expect(failures).toEqual({})
    expect(verdict).toMatchObject({ clean: true })
    expect(lab.bench.logged).toContain('delete-deployment')
    expect(standing()).toEqual([])
  })
})

describe('a teardown', { timeout: 120_000 }, () => {
  it('failure 16: sweeps the load balancer that keeps the network, and goes down again', async () => {
    await paved()
    const others = plant()
    const { failures, verdict } = await lab.tearDown()
    expect(failures).toEqual({})
    expect(verdict).toMatchObject({ clean: true })
    expect(lab.bench.logged).toMatch(/bbl down: try 1 of/)
    expect(standing()).toEqual(others)
  })

  it('failure 17: forgets an image, a machine and a disk that somebody has deleted, where the CPI says so in no way that bosh knows', async () => {
    await paved()
    const [disk] = lab.cloud.all('disk')
    const jumpbox = lab.cloud.all('vm').find(({ name }) => name === 'jumpbox/0')
    const [diskCid, vmCid] = [disk?.cid ?? '', jumpbox?.cid ?? '']
    const director = lab.cloud.all('vm').find(({ name }) => name === 'bosh/0')
    lab.cloud.setVmState(director?.cid ?? '', 'stopped')
    await lab.supervisor.powerOn()
    const imageCid = jumpbox?.stemcell ?? ''
    lab.cloud.delete('stemcell', imageCid)
    lab.cloud.deleteVm(vmCid)
    lab.cloud.detachDisk(diskCid)
    lab.cloud.deleteDisk(diskCid)
    // Google's CPI of old (bosh-google-cpi-release#204) said so with an error of no type of its own.
    const saying = (method: string, cid: string) =>
      ({
        program: 'cpi',
        args: `${method} ${cid}`,
        action: 'exit',
        message: `CPI '${method}' method responded with error: CmdError{"type":"Bosh::Clouds::CloudError","message":"${cid} not found","ok_to_retry":false}`,
        times: 99
      }) as const
    lab.break(saying('delete_disk', diskCid), saying('delete_vm', vmCid))
    const { failures, verdict } = await lab.tearDown()
    // A Director without its disk is dead: what asks it fails, and what destroys it does not.
    expect(failures).not.toHaveProperty('destroy-infrastructure')
    expect(verdict).toMatchObject({ clean: true, left: [] })
    for (const thing of [`disk ${diskCid}`, `vm ${vmCid}`, `image ${imageCid}`]) {
      const seen = 'which the cloud does not have (it is in no listing)'
      expect(lab.bench.logged).toContain(`forgetting ${thing}, ${seen}`)
    }
    expect(standing()).toEqual([])
  })

  it('failure 18: waits for the lock of somebody else, but not for ever, and cancels nothing of theirs', async () => {
    lab.put('../lab.json', JSON.stringify({ pace: 0, lockSeconds: 0.2 }))
    await paved()
    await lab.deploy('store')
    await cp(lab.stateDir, lab.bench.path('state', 'bbl'), { recursive: true })
    const vars = leavesOf(readFileSync(join(lab.stateDir, 'vars/director-vars-store.yml'), 'utf8'))
    const password = vars.find(({ key }) => key === 'hm_password')?.text ?? ''
    const monitor = { ...(await lab.printEnv()), BOSH_CLIENT: 'hm', BOSH_CLIENT_SECRET: password }
    lab.break({ program: 'director', args: 'delete-deployment', action: 'hang' })
    const theirs = lab.run('bosh', ['-n', '-d', 'store', 'delete-deployment'], monitor)
    await lab.until(async () => (await lab.table('locks')).includes('store'))

    const given = { ENVIRONMENT: 'lab', IAAS: 'lab', RETRY_PAUSE_SECONDS: '0' }
    const impatient = lab.bench.run(deleteDeployments, { ...given, LOCK_WAIT_MINUTES: '0' })
    await expect(impatient).rejects.toThrow('the Director still holds deployment store')
    const refusals = /Failed to acquire lock for lock:deployment:store/g
    expect(lab.bench.logged).toContain('store: deletion failed, try 2 of 3')
    expect(lab.bench.logged).not.toContain('cancelling it')
    const before = lab.bench.logged.match(refusals)?.length

    const patient = lab.bench.run(deleteDeployments, given)
    await expect
      .poll(() => lab.bench.logged.match(/waiting for .*store/g)?.length, { timeout: 30_000 })
      .toBe(2)
    const [, task = ''] = /task (\d+)/.exec(/waiting for .*store.*/.exec(lab.bench.logged)?.[0] ?? '') ?? []
    await lab.bosh('cancel-task', task)
    await patient
    await theirs
    expect(lab.bench.logged.match(refusals)?.length).toBe(before)
    expect(await lab.table('deployments')).not.toContain('store')
  })

  it('failure 18: goes on once a task that was left behind is cancelled', async () => {
    await paved()
    await lab.deploy('store')
    // What an aborted build leaves: a task of the Director, which holds the lock of its deployment for a while.
    lab.break({ program: 'director', args: 'delete-deployment', action: 'hang' })
    const left = lab.bosh('-d', 'store', 'delete-deployment').catch(() => undefined)
    await lab.until(async () => (await lab.table('locks')).includes('store'))
    const { failures, verdict } = await lab.tearDown()
    expect(failures).toEqual({})
    expect(verdict).toMatchObject({ clean: true })
    expect(lab.bench.logged).toMatch(/task \d+ \(delete deployment store\) was left behind: cancelling it/)
    await left
  })

  it('refuses where the state of terraform is lost, and leaves what stands to whoever restores it', async () => {
    await paved()
    rmSync(join(lab.stateDir, 'vars/terraform.tfstate'))
    const before = standing()
    const { failures, verdict } = await lab.tearDown()
    expect(Object.keys(failures)).toEqual(['destroy-infrastructure', 'sweep-leftovers', 'prove-empty'])
    expect(failures['destroy-infrastructure']).toContain('terraform.tfstate: found nothing in it')
    expect(verdict).toMatchObject({ clean: false })
    expect(standing()).toEqual(before)
  })
})
