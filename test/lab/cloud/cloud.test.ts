import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CloudError } from '../../../src/lab/cloud/cloud-error.ts'
import { Cloud } from '../../../src/lab/cloud/cloud.ts'

let lab: string
let cloud: Cloud

beforeEach(() => {
  lab = mkdtempSync(join(tmpdir(), 'cloud-'))
  cloud = new Cloud(lab)
})
afterEach(() => {
  rmSync(lab, { recursive: true, force: true })
})

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof CloudError) return thrown.code
    throw thrown
  }
  return undefined
}

function createVm(ip: string): string {
  const network = cloud.all('network')[0] ?? cloud.createNetwork({ name: 'net', cidr: '127.9.8.0/24' })
  const stemcell = cloud.createStemcell({ name: 'stemcell', version: '1.2' })
  const rest = { az: 'z1', vmType: 'small', jobs: [], loadBalancers: [] }
  return cloud.createVm({ name: 'vm', network: network.cid, stemcell: stemcell.cid, ip, ...rest }).cid
}

describe('the cloud', () => {
  it('starts empty and is seen by another process at once', () => {
    expect(cloud.list()).toEqual([])
    const { cid } = cloud.createNetwork({ name: 'net', cidr: '127.9.8.0/24', tags: { director: 'bosh-lab' } })
    expect(new Cloud(lab).find('network', cid)).toMatchObject({
      gateway: '127.9.8.1',
      tags: { director: 'bosh-lab' }
    })
  })

  it('gives an address to one machine only, and only inside the network', () => {
    const vm = createVm('127.9.8.10')
    expect(codeOf(() => createVm('127.9.8.10'))).toBe('conflict')
    expect(codeOf(() => createVm('127.9.9.10'))).toBe('out-of-range')
    cloud.deleteVm(vm)
    expect(codeOf(() => createVm('127.9.8.10'))).toBeUndefined()
  })

  it('keeps a network while anything stands in it', () => {
    const vm = createVm('127.9.8.10')
    const network = cloud.all('network')[0]?.cid ?? ''
    expect(codeOf(() => cloud.delete('network', network))).toBe('in-use')
    cloud.deleteVm(vm)
    cloud.delete('network', network)
    expect(cloud.all('network')).toEqual([])
  })

  it('keeps a disk when its machine goes, and refuses to delete an attached one', () => {
    const vm = createVm('127.9.8.10')
    const disk = cloud.createDisk({ name: 'disk', sizeMiB: 1024, az: 'z1' })
    cloud.attachDisk(disk.cid, vm)
    expect(codeOf(() => cloud.deleteDisk(disk.cid))).toBe('in-use')
    expect(codeOf(() => cloud.attachDisk(disk.cid, createVm('127.9.8.11')))).toBe('in-use')
    cloud.deleteVm(vm)
    expect(cloud.find('disk', disk.cid)).not.toHaveProperty('vm')
    cloud.deleteDisk(disk.cid)
    expect(codeOf(() => cloud.deleteDisk(disk.cid))).toBe('not-found')
  })
})
