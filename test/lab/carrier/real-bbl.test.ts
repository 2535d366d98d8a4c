import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBblLab, type BblLab } from '../bbl/bbl-lab.ts'

let folder: string
let lab: BblLab

/** A program in the place of a real bbl: runs the command line that it is given. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'real-'))
  const real = join(folder, 'bbl')
  writeFileSync(real, '#!/bin/sh\neval "$1"\n')
  chmodSync(real, 0o755)
  lab = await openBblLab({ real })
  mkdirSync(join(folder, 'tmp'))
})
afterAll(async () => {
  await lab.close()
  rmSync(folder, { recursive: true })
})

async function said(line: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, stdout, stderr } = await lab.run('bbl', [line], env)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

it.each([
  { bbl: 'is told where its terraform lies', terraform: '$BBL_TERRAFORM_BINARY', version: '1.4.5' },
  {
    bbl: 'finds its old one where it would unpack it',
    terraform: '$TMPDIR/bbl-terraform',
    version: '0.11.14'
  }
])('a real bbl $bbl: $version', async ({ terraform, version }) => {
  const env = { TMPDIR: join(folder, 'tmp') }
  expect(await said(`"${terraform}" version`, env)).toBe(`Terraform v${version}\n`)
  // Twice, since tasks call it more than once with the same folder of temporary files.
  expect(await said(`"${terraform}" version`, env)).toBe(`Terraform v${version}\n`)
})

it('a real bbl takes the lab for an OpenStack, and leaves leftovers to the imitation', async () => {
  expect(await said('echo "$BBL_IAAS $BBL_OPENSTACK_REGION"')).toBe('openstack local\n')
  const { stdout } = await lab.run('bbl', ['leftovers', '--filter', 'x', '--dry-run', '--iaas', 'lab'])
  expect(stdout).not.toContain('eval')
})
