import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at } from '../../../src/manifest/value.ts'
import { openBblLab, type BblLab } from './bbl-lab.ts'

let lab: BblLab

beforeEach(async () => {
  lab = await openBblLab()
  expect((await lab.bbl('plan', '--name', 'lab')).code).toBe(0)
})
afterEach(() => lab.close())

function vms(): readonly string[] {
  return lab.cloud.all('vm').map(({ name }) => name)
}

async function upAndDown(): Promise<void> {
  expect((await lab.bbl('up')).code).toBe(0)
  expect((await lab.printEnv())['BOSH_ENVIRONMENT']).toMatch(/^https:/)
  expect((await lab.bbl('down', '--no-confirm')).code).toBe(0)
  expect(lab.cloud.list()).toEqual([])
}

describe('up that fails', () => {
  it('in terraform leaves what was made, says why when asked, and is finished by the next', async () => {
    lab.break({ program: 'terraform', args: 'create lab_firewall.internal', action: 'exit' })
    const { code, stderr } = await lab.bbl('up')
    expect(code).toBe(1)
    expect(stderr).toContain('bbl latest-error')
    expect((await lab.bbl('latest-error')).stdout).toContain('lab_firewall.internal: broken on purpose')
    expect(lab.cloud.list().map(({ kind }) => kind)).toContain('network')
    await upAndDown()
  })

  it('at the jumpbox leaves the network', async () => {
    lab.break({ program: 'create-env', args: 'create-vm jumpbox', action: 'exit' })
    const { code, stderr } = await lab.bbl('up')
    expect(code).toBe(1)
    expect(stderr).toContain('Create jumpbox')
    expect(vms()).toEqual([])
    expect(at(lab.state(), 'jumpbox', 'url')).toBe('')
    await upAndDown()
  })

  it('at the Director prints empty values, with exit code 0, and down goes past its machine', async () => {
    lab.break({ program: 'create-env', args: 'start bosh', action: 'exit' })
    const { code, stderr } = await lab.bbl('up')
    expect(code).toBe(1)
    expect(stderr).toContain('Create bosh director')
    expect(vms()).toContain('bosh/0')
    expect((await lab.bbl('print-env')).code).toBe(0)
    expect(await lab.printEnv()).toMatchObject({ BOSH_ENVIRONMENT: '', BOSH_CLIENT: '', BOSH_CA_CERT: '' })

    const down = await lab.bbl('down', '--no-confirm')
    expect(down.code).toBe(1)
    expect(vms()).toEqual(['bosh/0'])
    await upAndDown()
  })

  it('because it was killed is finished by the next', async () => {
    lab.break({ program: 'create-env', args: 'start bosh', action: 'kill' })
    expect((await lab.bbl('up')).code).toBe(1)
    expect(vms()).toContain('bosh/0')
    await upAndDown()
  })

  it('because nobody supervises the lab makes no machine', async () => {
    await lab.supervisor.close()
    const { code, stdout, stderr } = await lab.bbl('up')
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('found no running lab')
    expect(vms()).toEqual([])
  })
})

describe('down that fails', () => {
  it('because the Director is gone deletes nothing', async () => {
    expect((await lab.bbl('up')).code).toBe(0)
    const director = lab.cloud.all('vm').find(({ name }) => name === 'bosh/0')
    lab.cloud.setVmState(director?.cid ?? '', 'stopped')
    await lab.supervisor.powerOn()
    const { code } = await lab.bbl('down', '--no-confirm')
    expect(code).toBe(1)
    expect(vms()).toEqual(['jumpbox/0', 'bosh/0'])
    lab.cloud.setVmState(director?.cid ?? '', 'running')
    await lab.supervisor.powerOn()
    await upAndDown()
  })

  it('has lost all that it knew where there is no tfstate any more, and is content', async () => {
    expect((await lab.bbl('up')).code).toBe(0)
    rmSync(join(lab.stateDir, 'vars/terraform.tfstate'))
    expect((await lab.bbl('down', '--no-confirm')).code).toBe(0)
    expect(lab.files()).toEqual(['terraform/.terraform.lock.hcl'])
    expect(vms()).toEqual(['jumpbox/0', 'bosh/0'])
  })
})

describe('a script that overrides', () => {
  const script =
    '#!/bin/sh\necho "overridden: $BBL_STATE_DIR $BBL_IAAS $PWD"\nexec "$BBL_STATE_DIR/create-director.sh"\n'

  it("is run in the place of bbl's own, and told the state directory and the IaaS", async () => {
    lab.put('create-director-override.sh', script, 0o755)
    const { code, stdout } = await lab.bbl('up')
    expect(code).toBe(0)
    expect(stdout).toContain(`overridden: ${lab.stateDir} lab ${lab.stateDir}`)
    expect(vms()).toEqual(['jumpbox/0', 'bosh/0'])
  })

  it('fails the Director where it fails', async () => {
    lab.put('create-director-override.sh', '#!/bin/sh\nexit 3\n', 0o755)
    const { code, stderr } = await lab.bbl('up')
    expect(code).toBe(1)
    expect(stderr).toMatch(/Create bosh director: .*create-director-override\.sh: exit status 3/)
  })

  it('is passed over without a word where it leads nowhere', async () => {
    symlinkSync('bucc/absent.sh', join(lab.stateDir, 'create-director-override.sh'))
    const { code, stdout } = await lab.bbl('up')
    expect(code).toBe(0)
    expect(stdout).not.toContain('overrid')
    expect(vms()).toEqual(['jumpbox/0', 'bosh/0'])
  })
})

describe('terraform of the user', () => {
  it('is applied beside that of bbl, and its outputs are known', async () => {
    lab.put(
      'terraform/extra.tf',
      'resource "lab_address" "extra" {\n  name = "${var.env_id}-extra"\n  network = lab_network.default.id\n}\n\noutput "extra_ip" { value = lab_address.extra.address }\n'
    )
    expect((await lab.bbl('up')).code).toBe(0)
    expect(lab.cloud.all('address').map(({ name }) => name)).toContain('lab-extra')
    expect((await lab.bbl('outputs')).stdout).toMatch(/extra_ip: 127\./)
  })

  it('cannot override what is not there', async () => {
    lab.put('terraform/extra_override.tf', 'resource "lab_address" "extra" {\n  name = "x"\n}\n')
    const { code, stderr } = await lab.bbl('up')
    expect(code).toBe(1)
    expect(stderr).toContain('Missing resource to override')
  })
})

describe('leftovers', () => {
  it('are deleted where they match, and what ran on them has ended', async () => {
    expect((await lab.bbl('up')).code).toBe(0)
    const director = (await lab.printEnv())['BOSH_ENVIRONMENT'] ?? ''
    const other = lab.cloud.createNetwork({ name: 'other', cidr: '127.1.9.0/24', tags: {} })
    const { code, stdout } = await lab.bbl('leftovers', '--filter', 'lab', '--no-confirm')
    expect(code).toBe(0)
    expect(stdout).toMatch(/\[Instance: bosh\/0 .*\] Deleting\.\.\.\n\[Instance: bosh\/0 .*\] Deleted!/)
    expect(lab.cloud.list()).toEqual([other])
    await expect(fetch(`${director}/info`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  })

  it('are told where they cannot be deleted', async () => {
    expect((await lab.bbl('up')).code).toBe(0)
    const { code, stderr } = await lab.bbl('leftovers', '--filter', 'lab-network', '--no-confirm')
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /1 errors occurred:\n\n\[Network: lab-network .*\] Delete: .* is already being used by/
    )
    expect((await lab.bbl('down', '--no-confirm')).code).toBe(0)
  })
})

describe('bbl 8.4.40, which brings Terraform 0.11', () => {
  it('takes overrides that add something, and has no providers to lock', async () => {
    const old = await openBblLab({ settings: { bbl: '8.4.40' } })
    try {
      expect((await old.bbl('--version')).stdout).toMatch(/^bbl 8\.4\.40 /)
      old.put('terraform/added_override.tf', 'output "added" {\n  value = "x"\n}\n')
      expect((await old.bbl('plan', '--name', 'lab')).code).toBe(0)
      expect(old.state()).not.toHaveProperty('cloudstack')
      expect(old.state()).toHaveProperty('openstack')
      expect((await old.bbl('up')).code).toBe(0)
      expect((await old.bbl('outputs')).stdout).toContain('added: x')
      expect(old.read('vars/terraform.tfstate')).toContain('"terraform_version": "0.11.14"')
      expect((await old.bbl('down', '--no-confirm')).code).toBe(0)
      expect(old.cloud.list()).toEqual([])
    } finally {
      await old.close()
    }
  })
})
