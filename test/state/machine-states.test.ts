import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkMachineStates } from '../../src/state/machine-states.ts'
import { createFiles } from '../../src/tools/files.ts'

let state = ''

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'machines-'))
  await mkdir(join(state, 'bbl', 'vars'), { recursive: true })
})

async function check(name: string, text: string): Promise<unknown> {
  await writeFile(join(state, 'bbl', 'vars', name), text)
  return checkMachineStates(createFiles(), state).then(
    () => 'well',
    (thrown: unknown) => thrown
  )
}

/** As create-env leaves it after a success. */
const whole = {
  director_id: 'd1',
  current_vm_cid: 'vm-1',
  current_stemcell_id: 's1',
  current_disk_id: 'k1',
  current_release_ids: ['r1'],
  disks: [{ id: 'k1', cid: 'disk-1', size: 1024, cloud_properties: {} }],
  stemcells: [{ id: 's1', name: 'bosh-google', version: '1.2', cid: 'stemcell-1' }],
  releases: [{ id: 'r1', name: 'bosh', version: '271' }]
}

describe('the state of create-env', () => {
  it('is well as it is after a success, in the midst of one, after a deletion, and where there is none', async () => {
    await checkMachineStates(createFiles(), state)
    expect(await check('bosh-state.json', JSON.stringify(whole))).toBe('well')
    expect(await check('jumpbox-state.json', '{"director_id":"x"}')).toBe('well')
    const gone = { ...whole, current_vm_cid: '', current_disk_id: '', disks: [], stemcells: null }
    expect(await check('bosh-state.json', JSON.stringify({ ...gone, current_stemcell_id: '' }))).toBe('well')
  })

  it.each([
    ['an empty stemcell (bosh#2625)', { stemcells: [{}] }, 'stemcells[0]: found no id, name, version, cid'],
    ['an empty disk', { disks: [{}] }, 'disks[0]: found no id, cid'],
    ['a disk without its cid', { disks: [{ id: 'k1', cid: '' }] }, 'disks[0]: found no cid'],
    ['a VM that is no text', { current_vm_cid: {} }, 'current_vm_cid: found no text'],
    ['a list that is none', { stemcells: {} }, 'stemcells: found no list'],
    [
      'a current disk that nothing knows',
      { disks: [] },
      'current_disk_id: found k1, which disks does not know'
    ]
  ])('is refused with %s, before anything is created or deleted by it', async (_, part, fault) => {
    for (const name of ['bosh-state.json', 'jumpbox-state.json']) {
      expect(await check(name, JSON.stringify({ ...whole, ...part }))).toMatchObject({
        outcome: 'refused',
        message: expect.stringContaining(`bbl/vars/${name}: ${fault}`) as string
      })
    }
  })

  it('is refused where it is half a file', async () => {
    expect(await check('bosh-state.json', '{"director')).toMatchObject({ outcome: 'refused' })
  })
})
