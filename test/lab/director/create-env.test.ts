import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readJson, writeJson } from '../../../src/lab/json-file.ts'
import { labPaths } from '../../../src/lab/paths.ts'
import { listAt, textAt, type Value, type ValueMap } from '../../../src/manifest/value.ts'
import { openTestLab, type TestLab } from './running-lab.ts'

let lab: TestLab

beforeEach(async () => {
  lab = await openTestLab()
})
afterEach(() => lab.close())

function state(): Value {
  return readJson(lab.statePath) as Value
}

function cidOf(kind: 'vm' | 'disk' | 'stemcell'): string | undefined {
  const all = lab.cloud.all(kind)
  expect(all.length).toBeLessThan(2)
  return all[0]?.cid
}

function fail(args: string, program = 'create-env'): void {
  writeJson(labPaths(lab.lab).faults, [{ program, args, action: 'exit' }])
}

/** The manifest with one thing changed. */
function changed(): ValueMap {
  return { ...lab.manifest, name: 'other' }
}

describe('create-env', () => {
  it('makes VM, disk and image, and keeps what it has made', async () => {
    const printed = await lab.create()
    expect(printed).toMatch(/^Deployment manifest: 'bosh\.yml'\nDeployment state: '.*bosh-state\.json'\n/)
    expect(printed).toMatch(
      / {2}Creating VM for instance 'bosh\/0' from stemcell '.*'\.\.\. Finished \(\d\d:\d\d:\d\d\)/
    )
    expect(state()).toMatchObject({
      current_vm_cid: cidOf('vm'),
      disks: [{ cid: cidOf('disk'), size: 65_536 }],
      stemcells: [{ cid: cidOf('stemcell'), name: 'bosh-lab-ubuntu-jammy-go_agent', version: '1.100' }],
      releases: [{ name: 'bosh' }, { name: 'lab-cpi' }]
    })
  })

  it('does nothing where nothing has changed, unless it shall', async () => {
    await lab.create()
    const [vm, disk] = [cidOf('vm'), cidOf('disk')]
    expect(await lab.create()).toContain('No deployment, stemcell or release changes. Skipping deploy.')
    expect(cidOf('vm')).toBe(vm)
    await lab.create({ recreate: true })
    expect(cidOf('vm')).not.toBe(vm)
    expect(cidOf('disk')).toBe(disk)
  })

  it('makes another VM with the same disk where the manifest has changed', async () => {
    await lab.create()
    const [vm, disk, stemcell] = [cidOf('vm'), cidOf('disk'), cidOf('stemcell')]
    await lab.create({ manifest: changed() })
    expect(cidOf('vm')).not.toBe(vm)
    expect([cidOf('disk'), cidOf('stemcell')]).toEqual([disk, stemcell])
    expect(textAt(state(), 'current_vm_cid')).toBe(cidOf('vm'))
  })

  it.each(['create-vm bosh', 'start bosh'])('leaves the truth behind when it fails at %s', async point => {
    fail(point)
    await expect(lab.create()).rejects.toThrow('broken on purpose')
    expect(textAt(state(), 'current_vm_cid')).toBe(cidOf('vm') ?? '')
    expect(textAt(state(), 'current_manifest_sha')).toBe('')
    await lab.create()
    expect(textAt(state(), 'current_vm_cid')).toBe(cidOf('vm'))
  })

  it('fails in the words of a CPI where the cloud refuses', async () => {
    const manifest = JSON.parse(
      JSON.stringify(lab.manifest).replaceAll(lab.network, 'net-absent')
    ) as ValueMap
    await expect(lab.create({ manifest })).rejects.toThrow(
      /^CPI 'create_vm' method responded with error: CmdError\{"type":"Bosh::Clouds::CloudError","message":".*net-absent/
    )
  })

  it('names all that lacks in a manifest', async () => {
    const { name } = lab.manifest
    await expect(lab.create({ manifest: { name: name ?? null } })).rejects.toThrow(
      /instance_groups\[0\]\.name, .*static_ips, .*stemcell\.url, cloud_provider\.template\.release/
    )
    expect(lab.cloud.list().map(({ kind }) => kind)).toEqual(['network'])
  })
})

describe('delete-env', () => {
  it('deletes VM, disk and image, and its own state', async () => {
    await lab.create()
    expect(await lab.delete()).toContain("Deleting VM 'vm-")
    expect(lab.cloud.list().map(({ kind }) => kind)).toEqual(['network'])
    expect(readJson(lab.statePath)).toBeUndefined()
  })

  it('has nothing to do where nothing was made', async () => {
    expect(await lab.delete()).toContain('No deployment state file found.')
  })

  it('counts a VM and a disk as deleted that are gone already', async () => {
    await lab.create()
    lab.cloud.deleteVm(cidOf('vm') ?? '')
    lab.cloud.deleteDisk(cidOf('disk') ?? '')
    await lab.delete()
    expect(lab.cloud.list().map(({ kind }) => kind)).toEqual(['network'])
  })

  it('stops at an image that is gone already, in the words of a CPI', async () => {
    await lab.create()
    const stemcell = cidOf('stemcell') ?? ''
    lab.cloud.deleteVm(cidOf('vm') ?? '')
    lab.cloud.delete('stemcell', stemcell)
    await expect(lab.delete()).rejects.toThrow(/^CPI 'delete_stemcell' method responded with error/)
    expect(listAt(state(), 'stemcells')).toHaveLength(1)
  })

  it('leaves the VMs of its deployments where they are', async () => {
    await lab.create()
    const image = cidOf('stemcell') ?? ''
    const placed = { network: lab.network, ip: lab.ip.replace(/\d+$/, '77'), stemcell: image, az: 'z1' }
    lab.cloud.createVm({ name: 'api/0', tags: {}, vmType: 'x', loadBalancers: [], jobs: [], ...placed })
    await lab.delete()
    expect(lab.cloud.all('vm').map(({ name }) => name)).toEqual(['api/0'])
  })
})
