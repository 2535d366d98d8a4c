import { UserError } from '../core/errors.ts'
import type { Files } from '../tools/files.ts'
import { bblFolder } from './iaas-params.ts'
import { readBblState } from './identity.ts'
import type { Iaas } from './record.ts'

const overrides = ['create-director-override.sh', 'delete-director-override.sh'] as const

/** What of BUCC works on a machine: its pipelines, its docs and the programs that it fetches are left out. */
const parts = ['.versions', 'bbl', 'bin', 'ops', 'src'] as const

/**
 * Puts BUCC into bbl's state directory as real files: as submodule and links, which its README shows, a fresh clone has
 * dangling links, and those bbl passes over. Throws a UserError where its scripts would not run.
 */
export async function putBucc(files: Files, bucc: string | undefined, folder: string): Promise<void> {
  if (bucc === undefined) {
    throw new UserError('findings', 'inputs.bucc: found nothing, expected BUCC, because DIRECTOR is bucc', {
      hint: 'bring the resource bucc into the plan, or write director: plain'
    })
  }
  await files.remove(`${folder}/bucc`)
  for (const part of parts) {
    if (await files.exists(`${bucc}/${part}`))
      await files.copyReal(`${bucc}/${part}`, `${folder}/bucc/${part}`)
  }
  for (const script of overrides) {
    const from = `${folder}/bucc/bbl/${script}`
    await proveExecutable(files, from)
    // A link that an earlier paving by hand has left would be written through, into BUCC itself.
    await files.remove(`${folder}/${script}`)
    await files.copyReal(from, `${folder}/${script}`)
  }
}

/**
 * Proves that bbl will run BUCC's scripts. bbl runs an override only if it resolves, and else deploys or deletes a plain
 * Director without a word (bbl v9.0.48, bosh/executor.go). To be asked before each `up` and each `down` of an environment
 * with BUCC. Throws a UserError that names the script.
 */
export async function proveBucc(files: Files, folder: string): Promise<void> {
  for (const script of overrides) await proveExecutable(files, `${folder}/${script}`)
  // Both scripts begin with this file, by its path from the state directory.
  if (await files.exists(`${folder}/bucc/bbl/common.sh`)) return
  throw new UserError(
    'program',
    `${folder}/bucc/bbl/common.sh: found nothing, expected what BUCC's scripts begin with`,
    {
      hint: 'bring BUCC at the version of the version set, as the input bucc'
    }
  )
}

async function proveExecutable(files: Files, path: string): Promise<void> {
  if (await files.isExecutable(path)) return
  throw new UserError('program', `${path}: found no executable script, expected BUCC's override for bbl`, {
    hint: 'check the BUCC version of the version set'
  })
}

/**
 * Proves after an `up` that BUCC took the CPI of the IaaS that bbl paved: it takes that of the first IaaS that its environment
 * names, and writes it down. bbl's own word counts where its state has one, since a real bbl takes the lab for another IaaS.
 * Throws a UserError where BUCC took another.
 */
export async function proveCpi(files: Files, state: string, iaas: Iaas): Promise<void> {
  const path = `${bblFolder(state)}/vars/cpi`
  const found = (await files.readTextIfAny(path))?.trim()
  const expected = (await readBblState(files, state))?.iaas ?? iaas
  if (found === expected) return
  throw new UserError('program', `${path}: found ${found ?? 'nothing'}, expected ${expected}`, {
    hint: 'look for variables of another IaaS in the image of the task, then pave again'
  })
}
