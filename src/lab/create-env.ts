import { createHash, randomUUID } from 'node:crypto'
import { deleteVm, deployMachine } from './create-env/machine.ts'
import { readCreateEnvManifest, type CreateEnvManifest } from './create-env/manifest.ts'
import { StagePrinter } from './create-env/stage.ts'
import { begin, cpi, ignoreMissing, tagsAt, type CreateEnvOptions, type Work } from './create-env/work.ts'
import { directorJob } from './director-vm.ts'
import { readDirectorSettings } from './director/settings.ts'
import { faultPoint } from './faults.ts'
import { askSupervisor } from './supervisor-protocol.ts'

export type { CreateEnvOptions } from './create-env/work.ts'

/** Durations at pace 1. */
const millis = { release: 15, stemcell: 80, cpi: 60, delete: 80 }

/**
 * `bosh create-env` on the lab's cloud: makes the VM and disk that the manifest describes, or makes the VM anew when the manifest has
 * changed, and powers it on: a Director answers when this returns. Throws UserErrors, and CloudErrors worded as by a CPI.
 */
export async function createEnv(options: CreateEnvOptions): Promise<void> {
  const work = begin(options)
  const { print, lab } = options
  const { file } = work
  const stage = new StagePrinter(print)
  await faultPoint(lab, 'create-env', options.manifestPath)
  const manifest = await stage.performGroup('validating', validating => validate(work, validating))
  const sha = createHash('sha512').update(JSON.stringify(options.manifest)).digest('hex')
  if (file.state.current_manifest_sha === sha && options.recreate !== true) {
    print('No deployment, stemcell or release changes. Skipping deploy.\n')
    return
  }
  await installCpi(work, stage)
  const stemcell = await uploadStemcell(work, manifest, stage)
  await stage.performGroup('deploying', deploying => deployMachine(work, manifest, stemcell, deploying))
  file.update({ current_manifest_sha: sha })
  await stage.perform('Cleaning up rendered CPI jobs', () => undefined)
}

/** `bosh delete-env`: powers the VM off and deletes it with its disk and image. Its deployments are left as they are. */
export async function deleteEnv(options: Omit<CreateEnvOptions, 'recreate'>): Promise<void> {
  const work = begin(options)
  const { print, lab } = options
  const { cloud, pace, file } = work
  const stage = new StagePrinter(print)
  if (!file.existed) {
    print('No deployment state file found.\n')
    return
  }
  await faultPoint(lab, 'delete-env', options.manifestPath)
  await stage.performGroup('validating', validating => validate(work, validating))
  await installCpi(work, stage)
  await stage.performGroup('deleting deployment', async deleting => {
    await deleteVm(work, deleting)
    for (const disk of file.state.disks ?? []) {
      await deleting.perform(`Deleting disk '${disk.cid}'`, async () => {
        await pace(millis.delete)
        await faultPoint(lab, 'cpi', `delete_disk ${disk.cid}`)
        ignoreMissing(() => cloud.deleteDisk(disk.cid))
        file.update({ disks: (file.state.disks ?? []).filter(other => other !== disk), current_disk_id: '' })
      })
    }
    for (const stemcell of file.state.stemcells ?? []) {
      await deleting.perform(`Deleting stemcell '${stemcell.cid}'`, async () => {
        await pace(millis.delete)
        // Unlike a VM or a disk, an image that somebody else has deleted stops delete-env (bosh-bootloader#426).
        cpi('delete_stemcell', () => cloud.delete('stemcell', stemcell.cid))
        file.update({ stemcells: (file.state.stemcells ?? []).filter(other => other !== stemcell) })
      })
    }
  })
  await stage.perform('Uninstalling local artifacts for CPI and deployment', () => file.remove())
}

async function validate({ options, pace }: Work, stage: StagePrinter): Promise<CreateEnvManifest> {
  const { lab, manifest } = options
  // Before anything is made: without a supervisor the VM could not be powered on.
  await askSupervisor(lab, { kind: 'ping' })
  const read = readCreateEnvManifest(manifest)
  for (const { name } of read.releases) {
    await stage.perform(`Downloading release '${name}'`, () => pace(millis.release))
    await stage.perform(`Validating release '${name}'`, () => undefined)
  }
  await stage.perform('Validating cpi release', () => undefined)
  await stage.perform('Validating deployment manifest', () => {
    if (read.jobs.includes(directorJob)) readDirectorSettings(manifest, read.ip)
  })
  await stage.perform('Downloading stemcell', () => pace(millis.release))
  await stage.perform('Validating stemcell', () => undefined)
  return read
}

async function installCpi({ pace }: Work, stage: StagePrinter): Promise<void> {
  await stage.performGroup('installing CPI', async installing => {
    await installing.perform("Compiling package 'lab_cpi/0'", () => pace(millis.cpi))
    await installing.perform('Installing packages', () => undefined)
    await installing.perform('Rendering job templates', () => undefined)
    await installing.perform("Installing job 'lab_cpi'", () => undefined)
  })
}

/** cid of the image, which is made once for each version. */
async function uploadStemcell(
  { cloud, pace, file }: Work,
  { ip, stemcell: { name, version } }: CreateEnvManifest,
  stage: StagePrinter
): Promise<string> {
  const stemcells = file.state.stemcells ?? []
  const found = stemcells.find(each => each.name === name && each.version === version)
  if (found !== undefined && cloud.find('stemcell', found.cid) !== undefined) {
    stage.skip(`Uploading stemcell '${name}/${version}'`, 'Stemcell already uploaded')
    return found.cid
  }
  return stage.perform(`Uploading stemcell '${name}/${version}'`, async () => {
    await pace(millis.stemcell)
    const { cid } = cpi('create_stemcell', () =>
      cloud.createStemcell({ name, version, tags: tagsAt(cloud, ip) })
    )
    const record = { id: randomUUID(), name, version, api_version: 3, cid }
    file.update({
      stemcells: [...stemcells.filter(each => each !== found), record],
      current_stemcell_id: record.id
    })
    return cid
  })
}
