import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Value } from '../manifest/value.ts'
import { CloudError } from './cloud/cloud-error.ts'
import { Cloud } from './cloud/cloud.ts'
import { contains } from './cloud/ip.ts'
import type { Tags } from './cloud/model.ts'
import { CreateEnvStateFile } from './create-env-state.ts'
import { StagePrinter } from './create-env-stage.ts'
import { readCreateEnvManifest, type CreateEnvManifest } from './create-env-manifest.ts'
import { readDirectorSettings } from './director/settings.ts'
import { faultPoint } from './faults.ts'
import { writeJson } from './json-file.ts'
import { paceOf, readSettings, type Pace } from './pace.ts'
import { directorJob, vmManifest } from './service-host.ts'
import { askSupervisor } from './supervisor-protocol.ts'

export interface CreateEnvOptions {
  readonly lab: string
  /** Interpolated: no `((variable))` is left in it. */
  readonly manifest: Value
  /** As it was given, for the first line of the output. */
  readonly manifestPath: string
  readonly statePath: string
  /** Makes a new VM although nothing has changed. */
  readonly recreate?: boolean
  /** Progress, as the real program prints it to standard output. */
  readonly print: (text: string) => void
}

/** Durations at pace 1. */
const millis = { release: 15, stemcell: 80, cpi: 60, vm: 150, agent: 80, disk: 40, instance: 120, delete: 80 }

interface Work {
  readonly options: CreateEnvOptions
  readonly cloud: Cloud
  readonly pace: Pace
  readonly file: CreateEnvStateFile
}

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
  await stage.performGroup('deploying', deploying => deploy(work, manifest, stemcell, deploying))
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

function begin(options: CreateEnvOptions): Work {
  const { lab, manifestPath, statePath, print } = options
  print(`Deployment manifest: '${manifestPath}'\nDeployment state: '${statePath}'\n`)
  return {
    options,
    cloud: new Cloud(lab),
    pace: paceOf(readSettings(lab)),
    file: new CreateEnvStateFile(statePath)
  }
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

async function deploy(
  work: Work,
  manifest: CreateEnvManifest,
  stemcell: string,
  stage: StagePrinter
): Promise<void> {
  const { options, cloud, pace, file } = work
  const instance = `${manifest.group}/0`
  await deleteVm(work, stage)
  const vm = await stage.perform(
    `Creating VM for instance '${instance}' from stemcell '${stemcell}'`,
    async () => {
      await faultPoint(options.lab, 'create-env', `create-vm ${manifest.group}`)
      await pace(millis.vm)
      const { network, ip, az, vmType, jobs, group } = manifest
      const created = cpi('create_vm', () => {
        const tags = { ...tagsAt(cloud, ip), deployment: group, instance_group: group, index: '0' }
        const placed = {
          ip,
          stemcell,
          az,
          vmType,
          loadBalancers: [],
          ...(network !== undefined && { network })
        }
        return cloud.createVm({
          name: instance,
          tags,
          ...placed,
          jobs: jobs.filter(job => job !== directorJob)
        })
      })
      file.update({ current_vm_cid: created.cid, current_manifest_sha: '' })
      writeJson(join(cloud.vmFolder(created.cid), vmManifest), options.manifest)
      return created.cid
    }
  )
  await stage.perform(`Waiting for the agent on VM '${vm}' to be ready`, () => pace(millis.agent))
  await fitDisk(work, manifest, vm, stage)
  await stage.perform('Rendering job templates', () => undefined)
  await stage.perform(`Updating instance '${instance}'`, () => pace(millis.instance))
  await stage.perform(`Waiting for instance '${instance}' to be running`, async () => {
    await faultPoint(options.lab, 'create-env', `start ${manifest.group}`)
    cloud.setVmJobs(vm, manifest.jobs)
    if (manifest.jobs.includes(directorJob)) await askSupervisor(options.lab, { kind: 'sync' })
  })
  await stage.perform(`Running the post-start scripts '${instance}'`, () => undefined)
  const releases = manifest.releases.map(release => ({ id: randomUUID(), ...release }))
  file.update({ releases, current_release_ids: releases.map(({ id }) => id) })
}

async function fitDisk(
  { cloud, pace, file }: Work,
  { diskMiB, az, group }: CreateEnvManifest,
  vm: string,
  stage: StagePrinter
): Promise<void> {
  if (diskMiB === 0) return
  const disk = file.currentDisk()?.cid ?? (await stage.perform('Creating disk', create))
  await stage.perform(`Attaching disk '${disk}' to VM '${vm}'`, () => {
    cpi('attach_disk', () => cloud.attachDisk(disk, vm))
  })

  async function create(): Promise<string> {
    await pace(millis.disk)
    const { tags } = cloud.find('vm', vm) ?? {}
    const { cid } = cpi('create_disk', () =>
      cloud.createDisk({ name: `${group}/0`, ...(tags && { tags }), sizeMiB: diskMiB, az })
    )
    const record = { id: randomUUID(), cid, size: diskMiB, cloud_properties: {} }
    file.update({ disks: [...(file.state.disks ?? []), record], current_disk_id: record.id })
    return cid
  }
}

/** Powers the VM off and deletes it; one that the cloud does not have any more counts as deleted. */
async function deleteVm({ options, cloud, pace, file }: Work, stage: StagePrinter): Promise<void> {
  const { current_vm_cid: cid } = file.state
  if (cid === '') return
  await stage.perform(`Deleting VM '${cid}'`, async () => {
    await pace(millis.delete)
    const isHosted = cloud.find('vm', cid)?.jobs.includes(directorJob) === true
    ignoreMissing(() => cloud.setVmState(cid, 'stopped'))
    if (isHosted) await askSupervisor(options.lab, { kind: 'sync' })
    ignoreMissing(() => cloud.deleteVm(cid))
    file.update({ current_vm_cid: '', current_manifest_sha: '' })
  })
}

/** Tags of the network in which an address lies: what is made in it belongs to the same environment. */
function tagsAt(cloud: Cloud, ip: string): Tags {
  return cloud.all('network').find(({ cidr }) => contains(cidr, ip))?.tags ?? {}
}

function ignoreMissing(call: () => void): void {
  try {
    call()
  } catch (thrown) {
    if (!(thrown instanceof CloudError && thrown.code === 'not-found')) throw thrown
  }
}

/** What a CPI says when the cloud refuses (bosh-cli v7.10, cloud/error.go). */
function cpi<T>(method: string, call: () => T): T {
  try {
    return call()
  } catch (thrown) {
    if (!(thrown instanceof CloudError)) throw thrown
    const details = `{"type":"Bosh::Clouds::CloudError","message":${JSON.stringify(thrown.message)},"ok_to_retry":false}`
    throw new CloudError(thrown.code, `CPI '${method}' method responded with error: CmdError${details}`)
  }
}
