import { FindingsError, type Finding } from '../core/finding.ts'
import { UserError } from '../core/errors.ts'
import type { Files } from '../tools/files.ts'
import { parseJson } from '../tools/table.ts'
import type { TerraformEra } from './bbl-era.ts'
import { bblFolder } from './iaas-params.ts'
import { isBalanced } from './load-balancer.ts'
import type { EnvironmentRecord, Iaas } from './record.ts'
import { inTerraform011 } from './terraform-011.ts'
import { addedByOverrides, blockHeads } from './terraform-blocks.ts'

export interface Placing {
  /** Root of what was published: `terraform/`, `cloud-config/`, `plan-patches/` lie there. */
  readonly published: string
  readonly iaas: Iaas
  readonly director: EnvironmentRecord['director']
  readonly era: TerraformEra
  /** Folders of `plan-patches/`, in the order in which they are copied. */
  readonly patches: readonly string[]
  readonly systemDomain: string
  /** Text of `providers_override.tf`, if there is one. */
  readonly providers: string | undefined
}

interface Placed {
  /** From bbl's state directory on. */
  readonly path: string
  readonly text: string
}

/** What we placed, from bbl's state directory on; beside that directory, so that bbl takes it for nothing of its own. */
const list = 'placed.json'

/**
 * Places our files into bbl's state directory, between `plan` and `up`: plan patches of the record, then what BUCC and Cloud
 * Foundry need. What an earlier paving placed and this one does not is removed. Gives the names of the terraform outputs that
 * came with them. Throws a FindingsError for what this bbl's terraform would refuse.
 */
export async function placeFiles(files: Files, state: string, placing: Placing): Promise<string[]> {
  const folder = bblFolder(state)
  const placed = [...(await patchFiles(files, placing)), ...(await ownFiles(files, placing))]
  await removePlaced(files, state)
  await files.writeText(
    `${state}/${list}`,
    `${JSON.stringify(
      placed.map(({ path }) => path),
      null,
      2
    )}\n`
  )
  for (const { path, text } of placed) {
    await files.writeText(`${folder}/${path}`, text)
    if (path.endsWith('.sh')) await files.makeExecutable(`${folder}/${path}`)
  }
  await lintTerraform(files, folder, placing.era)
  const heads = placed.filter(({ path }) => path.endsWith('.tf')).flatMap(({ text }) => blockHeads(text))
  return heads.flatMap(({ name }) => /^output "(.+)"$/.exec(name)?.[1] ?? [])
}

async function patchFiles(files: Files, { published, patches, director }: Placing): Promise<Placed[]> {
  const placed: Placed[] = []
  const findings: Finding[] = []
  for (const patch of patches) {
    const from = `${published}/plan-patches/${patch}`
    // A README at the top explains the patch; bbl has no use for it.
    const paths = (await files.listAll(from)).filter(path => path !== 'README.md')
    if (paths.length === 0)
      findings.push(findingOf(patch, 'found no such folder in plan-patches/, expected files for bbl'))
    for (const path of paths) {
      if (director === 'bucc' && /^(create|delete)-director-override\.sh$/.test(path)) {
        findings.push(findingOf(patch, `found ${path}, expected none of it: BUCC brings its own`))
      }
      placed.push({ path, text: await files.readText(`${from}/${path}`) })
    }
  }
  if (findings.length > 0) throw new FindingsError(findings)
  return placed
}

function findingOf(patch: string, message: string): Finding {
  return {
    code: 'plan-patch',
    severity: 'error',
    path: `bbl.plan_patches(${patch})`,
    message,
    hint: 'correct bbl.plan_patches in the record, or publish what it names'
  }
}

/** Ours are written for later terraforms; those for 0.11 are made of them. */
async function ownFiles(files: Files, placing: Placing): Promise<Placed[]> {
  const { published, iaas, director, era, systemDomain, providers } = placing
  const placed: Placed[] = []
  const add = async (from: string, path: string): Promise<void> => {
    const text = await files.readText(`${published}/${from}`)
    placed.push({ path, text: era === '0.11' && path.endsWith('.tf') ? inTerraform011(text) : text })
  }
  if (director === 'bucc') {
    const from = `terraform/bucc/${iaas}`
    for (const name of await files.list(`${published}/${from}`))
      await add(`${from}/${name}`, `terraform/${name}`)
  }
  if (isBalanced(iaas)) {
    await add(`terraform/cf-load-balancers/${iaas}.tf`, 'terraform/cf-load-balancers.tf')
    await add(`cloud-config/cf-load-balancers/${iaas}.yml`, 'cloud-config/cf-load-balancers.yml')
    placed.push({ path: 'vars/cf-load-balancers.tfvars', text: `cf_system_domain = "${systemDomain}"\n` })
  }
  if (providers !== undefined) placed.push({ path: 'terraform/providers_override.tf', text: providers })
  return placed
}

async function removePlaced(files: Files, state: string): Promise<void> {
  const before = parseJson((await files.readTextIfAny(`${state}/${list}`)) ?? '[]')
  const paths = Array.isArray(before) ? before.filter(path => typeof path === 'string') : []
  // The list lies in a branch that people can write to: it names nothing outside.
  for (const path of paths.filter(path => !path.split('/').includes('..'))) {
    await files.remove(`${bblFolder(state)}/${path}`)
  }
}

/**
 * Throws a FindingsError for blocks that override files would add, which terraform refuses from 0.12 on, after `up` has begun;
 * BUCC's own files and several plan patches of bbl do so.
 */
async function lintTerraform(files: Files, folder: string, era: TerraformEra): Promise<void> {
  if (era === '0.11') return
  const names = (await files.list(`${folder}/terraform`)).filter(name => name.endsWith('.tf'))
  const texts = await Promise.all(
    names.map(async name => ({ name, text: await files.readText(`${folder}/terraform/${name}`) }))
  )
  const findings = addedByOverrides(texts).map(({ name, file, line }): Finding => ({
    code: 'override-adds',
    severity: 'error',
    file: `terraform/${file}`,
    line,
    path: name,
    message: `found a block that nothing else has, expected an override file to change only what is there (terraform ≥ 0.12)`,
    hint: 'move the block into a file whose name does not end in _override.tf'
  }))
  if (findings.length > 0) throw new FindingsError(findings)
}

/** Refuses (exit code 7) what this bbl can't do, and says why. To be asked before anything is planned. */
export function guardEra(era: TerraformEra, iaas: Iaas): void {
  if (era === '1' || iaas !== 'azure') return
  throw new UserError(
    'refused',
    'bbl: found one with terraform 0.11, expected v8.4.41 or later for azure: load balancers of Cloud Foundry are written in the words of azurerm 4, and azurerm 1 has others',
    { hint: 'take a version set with a later bbl' }
  )
}
