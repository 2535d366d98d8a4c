import { symlinkSync, unlinkSync } from 'node:fs'
import { copyFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { proveBucc } from '../../src/environment/bucc.ts'
import { labPaths } from '../../src/lab/paths.ts'
import { createFiles } from '../../src/tools/files.ts'
import { PavingLab } from './paving-lab.ts'

// A paving takes seconds, and several times as many where others use the machine.
vi.setConfig({ testTimeout: 60_000 })

let lab: PavingLab

beforeEach(async () => {
  lab = await PavingLab.open()
})
afterEach(() => lab.close())

/** Puts a program in the place of one of the lab's; `$real` is the one it stands before. */
async function wrap(program: string, script: string): Promise<void> {
  const path = join(lab.lab.lab, 'bin', program)
  const real = join(lab.lab.lab, `real-${program}`)
  await copyFile(path, real)
  await writeFile(path, `#!/bin/sh\nreal=${real}\n${script}\n`)
}

const refused: unknown = expect.objectContaining({ outcome: 'refused' })

describe('a paving in the lab', () => {
  it('ends with a Director that answers, and again where it is up already', async () => {
    await lab.pave()
    await lab.pave()
    expect(lab.machines()).toEqual(['jumpbox/0', 'bosh/0'])
    expect(lab.read('state/bbl/vars/cpi').trim()).toBe('lab')
    expect(lab.logged.match(/Director answers: 0 deployments/g)).toHaveLength(2)
  })

  it('leaves out what the paving before it placed and this one does not', async () => {
    await lab.write(
      'published/plan-patches/tags/terraform/tags.tf',
      'output "patched" {\n  value = "yes"\n}\n'
    )
    await lab.write('published/plan-patches/tags/README.md', '# tags\n')
    await lab.pave('lab', { patches: ['tags'], director: 'plain' })
    expect(lab.read('state/bbl/vars/terraform.tfstate')).toContain('patched')
    expect(lab.has('state/bbl/README.md')).toBe(false)
    await lab.pave('lab', { director: 'plain' })
    expect(lab.has('state/bbl/terraform/tags.tf')).toBe(false)
    expect(lab.has('state/bbl/bucc')).toBe(false)
  })
})

it('failure 4: a name that the IaaS knows already stops the plan, lists what carries it, and changes nothing', async () => {
  await lab.lab.bbl('plan', '--name', 'lab')
  lab.lab.break({ program: 'create-env', args: '', action: 'exit' })
  await lab.lab.bbl('up')
  const before = lab.lab.cloud.list()
  await expect(lab.pave()).rejects.toThrow(refused)
  await expect(lab.pave()).rejects.toThrow(/what carries the name there:[^]*\n {2}Network: lab-network /)
  expect(lab.lab.cloud.list()).toEqual(before)
})

describe('failure 5:', () => {
  it('failure 5: a state with a load balancer that nobody asked for is refused before the plan', async () => {
    const state = {
      version: 14,
      envID: 'lab',
      iaas: 'lab',
      lb: { type: 'cf', cert: 'c', key: 'k', chain: '' }
    }
    await lab.write('state/bbl/bbl-state.json', JSON.stringify(state))
    await expect(lab.pave()).rejects.toThrow(refused)
    expect(JSON.parse(lab.read('state/bbl/bbl-state.json'))).toEqual(state)
  })

  it('failure 5: load balancers that another plan took away are back after the next paving', async () => {
    await lab.pave('lab', { director: 'plain' })
    await lab.lab.run('bbl', ['plan', '--name', 'lab', '--state-dir', lab.path('state', 'bbl')])
    expect(JSON.parse(lab.read('state/bbl/bbl-state.json'))).toMatchObject({ lb: { type: '' } })
    await lab.pave('lab', { director: 'plain' })
    expect(lab.lab.cloud.all('load-balancer').map(({ name }) => name)).toEqual(['lab-concourse'])
  })

  it('failure 5: a plan without the load balancer flags is refused before it comes to up', async () => {
    await wrap(
      'bbl',
      `case "$1" in plan) exec $real plan --name "$3" --state-dir "$7" ;; *) exec $real "$@" ;; esac`
    )
    await expect(lab.pave()).rejects.toThrow('found no load balancer after the plan')
    expect(lab.lab.cloud.list()).toEqual([])
  })
})

describe('failure 6:', () => {
  const override =
    'output "added" {\n  value = "x"\n}\n\nresource "lab_firewall" "internal" {\n  tags = { a = "b" }\n}\n'

  it('failure 6: an override file that adds a block is refused before up, with its file and line', async () => {
    await lab.write('published/plan-patches/bad/terraform/bad_override.tf', override)
    const paving = lab.pave('lab', { patches: ['bad'], director: 'plain' })
    await expect(paving).rejects.toThrow(/terraform\/bad_override\.tf:1: error: output "added"/)
    expect(lab.lab.cloud.list()).toEqual([])
    await expect(lab.lab.run('bbl', ['up', '--state-dir', lab.path('state', 'bbl')])).resolves.toMatchObject({
      code: 1
    })
  })

  it('failure 6: a plan patch that is not there, or brings what BUCC brings, is refused by its name', async () => {
    await lab.write('published/plan-patches/own/create-director-override.sh', '#!/bin/sh\n')
    const paving = lab.pave('lab', { patches: ['own', 'none'] })
    await expect(paving).rejects.toThrow(/plan_patches\(own\)[^]*plan_patches\(none\)/)
  })
})

it('failure 8: plugins that came with a restored state are fetched anew', async () => {
  await lab.pave('lab', { director: 'plain' })
  // What a restored state would bring, had it kept them: a folder without the plugin that its lock file names.
  await rm(lab.path('state/bbl/terraform/.terraform/providers'), { recursive: true })
  await lab.write('state/bbl/terraform/.terraform/providers/stale', '')
  const asked = await lab.lab.run('bbl', ['outputs', '--state-dir', lab.path('state', 'bbl')])
  expect(asked.stderr).toContain('Required plugins are not installed')
  await lab.pave('lab', { director: 'plain' })
  expect(lab.has('state/bbl/terraform/.terraform/providers/stale')).toBe(false)
})

describe('failure 9:', () => {
  it("failure 9: a link of an earlier paving that leads nowhere becomes BUCC's script, and BUCC is deployed", async () => {
    await lab.write('state/bbl/.keep', '')
    symlinkSync('bucc/bbl/gone.sh', lab.path('state', 'bbl', 'create-director-override.sh'))
    await lab.pave()
    expect(lab.read('state/bbl/vars/cpi').trim()).toBe('lab')
  })

  it.each(['create-director-override.sh', 'delete-director-override.sh', 'common.sh'])(
    'failure 9: BUCC without a working %s is refused before up',
    async script => {
      unlinkSync(lab.path('bucc', 'bbl', script))
      await expect(lab.pave()).rejects.toThrow(script)
      expect(lab.lab.cloud.list()).toEqual([])
    }
  )

  it('failure 9: a script that does not resolve is found before a down, too', async () => {
    const folder = lab.path('state', 'bbl')
    await lab.write('state/bbl/bucc/bbl/common.sh', '')
    await lab.write('state/bbl/create-director-override.sh', '#!/bin/sh\n', 0o755)
    symlinkSync('bucc/bbl/gone.sh', join(folder, 'delete-director-override.sh'))
    await expect(proveBucc(createFiles(), folder)).rejects.toThrow('delete-director-override.sh')
  })
})

describe('failure 10:', () => {
  it('failure 10: variables of another IaaS around the task, empty ones too, do not reach BUCC', async () => {
    const env = {
      BBL_AWS_ACCESS_KEY_ID: '',
      BBL_OPENSTACK_REGION: 'x',
      BBL_STATE_DIR: 'relative',
      BBL_DEBUG: 'true'
    }
    await lab.pave('lab', { env })
    expect(lab.read('state/bbl/vars/cpi').trim()).toBe('lab')
  })

  it('failure 10: a CPI that BUCC took from elsewhere is found after up', async () => {
    await lab.write(
      'bucc/bbl/create-director-override.sh',
      `${lab.read('bucc/bbl/create-director-override.sh')}echo aws >vars/cpi\n`,
      0o755
    )
    await expect(lab.pave()).rejects.toThrow('vars/cpi: found aws, expected lab')
  })
})

it("failure 11: BUCC's scripts run in the state directory, wherever the task runs", async () => {
  const script = 'bucc/bbl/create-director-override.sh'
  await lab.write(script, `${lab.read(script)}pwd >where\n`, 0o755)
  await lab.pave()
  expect(lab.read('state/bbl/where').trim()).toBe(lab.path('state', 'bbl'))
  expect(lab.machines()).toContain('bosh/0')
})

describe('failure 12:', () => {
  const silent = {
    program: 'create-env',
    args: 'start jumpbox',
    action: 'exit',
    message: 'Creating SOCKS5 dialer: get host key: dial tcp 1.2.3.4:22: i/o timeout'
  } as const

  /** How often a fault has struck. */
  async function struck(): Promise<number> {
    return (await readdir(labPaths(lab.lab.lab).faultsUsed)).length
  }

  it('failure 12: a machine that does not answer in time is tried once more', async () => {
    lab.lab.break({
      ...silent,
      args: 'start bosh',
      message: 'Post "https://mbus:x@10.0.0.5:6868/agent": dial tcp 10.0.0.5:6868: i/o timeout'
    })
    await lab.pave()
    expect(lab.logged).toContain('going up once more')
    expect(lab.machines()).toEqual(['jumpbox/0', 'bosh/0'])
  })

  it('failure 12: one that never answers is tried twice and no more, and its state is kept', async () => {
    lab.lab.break({ ...silent, times: 9 })
    await expect(lab.pave()).rejects.toMatchObject({ outcome: 'program' })
    expect(await struck()).toBe(2)
    expect(lab.read('state/bbl/vars/jumpbox-state.json')).toContain('current_vm_cid')
  })

  it('failure 12: it is not tried again over a state that lost the ids of the cloud', async () => {
    lab.lab.break({ ...silent, times: 9 })
    await wrap(
      'bbl',
      `[ "$1" = up ] || exec $real "$@"
"$real" "$@"; code=$?; echo '{"stemcells":[{}]}' >vars/jumpbox-state.json; exit $code`
    )
    await expect(lab.pave()).rejects.toThrow('bbl/vars/jumpbox-state.json: stemcells[0]')
    expect(await struck()).toBe(1)
  })

  it('failure 12: a quota is not tried again, and its hint says so', async () => {
    const message = "Error: googleapi: Error 403: Quota 'IN_USE_ADDRESSES' exceeded. Limit: 8.0"
    lab.lab.break({ program: 'terraform', args: 'apply', action: 'exit', message, times: 9 })
    await expect(lab.pave()).rejects.toThrow(
      expect.objectContaining({ hint: expect.stringContaining('quota') as string })
    )
    expect(await struck()).toBe(1)
  })
})
