import { UserError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Bosh } from '../tools/bosh.ts'
import { ProgramFailed } from '../tools/exec.ts'
import type { Files } from '../tools/files.ts'
import { bblFolder } from './iaas-params.ts'
import type { ManifestNeeds, NeededStemcell } from './manifest-needs.ts'
import type { Iaas } from './record.ts'
import { stemcellName, stemcellUrl } from './stemcell-name.ts'

interface UploadOptions {
  readonly bosh: Bosh
  readonly iaas: Iaas
  readonly log: Log
}

/** Uploads the stemcells that a manifest needs and its Director lacks. Throws a UserError for one that bosh.io does not have. */
export async function uploadStemcells(
  { stemcells }: ManifestNeeds,
  { bosh, iaas, log }: UploadOptions
): Promise<void> {
  const there = await bosh.stemcells()
  for (const stemcell of stemcells) {
    const { os, version } = stemcell
    if (there.some(other => other.os === os && (version === 'latest' || other.version === version))) {
      log.info(`stemcell ${os} ${version} is there already`)
      continue
    }
    await bosh.uploadStemcell(stemcellUrl(iaas, stemcell)).catch((thrown: unknown) => {
      throw isAbsent(thrown) ? absent(iaas, stemcell, thrown) : thrown
    })
  }
}

/** The Director's words for a 404 (bosh, director/download_helper.rb). */
function isAbsent(thrown: unknown): boolean {
  return thrown instanceof ProgramFailed && /No stemcell found at '/.test(thrown.message)
}

function absent(iaas: Iaas, { os, version }: NeededStemcell, cause: unknown): UserError {
  return new UserError(
    'program',
    `bosh.io: found no ${stemcellName(iaas, os)} ${version}, expected the stemcell that the manifest names`,
    {
      hint: `look at https://bosh.io/stemcells/${stemcellName(iaas, os)} for its versions, and set one by an ops file`,
      cause
    }
  )
}

/**
 * Sees to it that machines get bosh-dns once. bbl uploads the runtime config `dns` from v6.10 on; for an earlier one that of
 * its bosh-deployment is uploaded here. CFCR up to v0.24 brings an addon of its own, and the Director refuses both in
 * mid-deploy ("Colocated job 'bosh-dns' is already added to the instance group").
 */
export async function provideDns(
  { bringsDns }: ManifestNeeds,
  { bosh, files, log, state }: UploadOptions & { readonly files: Files; readonly state: string }
): Promise<void> {
  const configs = await bosh.table(['configs', '--type=runtime', '--name=dns'])
  if (configs.length > 0) {
    if (!bringsDns) return
    throw new UserError(
      'findings',
      'addons: found bosh-dns in the manifest and in the runtime config dns, expected it once',
      {
        hint: 'for CFCR up to v0.24 add manifests/ops-files/use-runtime-config-bosh-dns.yml to cfcr.ops'
      }
    )
  }
  if (bringsDns) return
  const path = `${bblFolder(state)}/bosh-deployment/runtime-configs/dns.yml`
  if (!(await files.exists(path))) {
    throw new UserError(
      'program',
      `${path}: found nothing, expected the runtime config dns, which the Director lacks`,
      {
        hint: 'pave again: bbl writes bosh-deployment, and from v6.10 on uploads this config itself'
      }
    )
  }
  log.info('the Director has no runtime config dns: uploading that of bosh-deployment')
  await bosh.updateRuntimeConfig('dns', path)
}
