import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PavingLab } from './paving-lab.ts'

let lab: PavingLab

beforeAll(async () => {
  lab = await PavingLab.open()
})
afterAll(async () => {
  await lab.close()
})

it('failure 7: a new provider that breaks the template of bbl is not taken, since versions are pinned', async () => {
  const versions = { lab: ['1.4.2', '2.0.0'] }
  writeFileSync(join(lab.lab.lab, 'registry.json'), JSON.stringify(versions))
  expect((await lab.lab.bbl('plan', '--name', 'unpinned')).code).toBe(0)
  expect((await lab.lab.bbl('up')).code).toBe(1)
  expect((await lab.lab.bbl('latest-error')).stdout).toContain(
    'An argument named "tags" is not expected here'
  )
  expect(lab.lab.cloud.list()).toEqual([])

  await lab.pave('lab', { director: 'plain' })
  expect(lab.read('state/bbl/terraform/.terraform.lock.hcl')).toMatch(
    /causeway\/lab" \{\n\s+version\s+= "1\.4\.2"/
  )
  expect(lab.machines()).toEqual(['jumpbox/0', 'bosh/0'])
}, 60_000)
