import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { directorJob, vmManifest } from '../director-vm.ts'
import { faultPoint } from '../faults.ts'
import { writeJson } from '../json-file.ts'
import { askSupervisor } from '../supervisor-protocol.ts'
import type { CreateEnvManifest } from './manifest.ts'
import type { StagePrinter } from './stage.ts'
import { cpi, ignoreMissing, tagsAt, type Work } from './work.ts'

/** Durations at pace 1. */
const millis = { vm: 150, agent: 80, disk: 40, instance: 120, delete: 80 }

/** Makes the VM that the manifest describes in the place of the one before, with the same disk, and powers it on. */
export async function deployMachine(
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
export async function deleteVm({ options, cloud, pace, file }: Work, stage: StagePrinter): Promise<void> {
  const { current_vm_cid: cid } = file.state
  if (cid === '') return
  await stage.perform(`Deleting VM '${cid}'`, async () => {
    await pace(millis.delete)
    const isHosted = cloud.find('vm', cid)?.jobs.includes(directorJob) === true
    await faultPoint(options.lab, 'cpi', `delete_vm ${cid}`)
    ignoreMissing(() => cloud.setVmState(cid, 'stopped'))
    if (isHosted) await askSupervisor(options.lab, { kind: 'sync' })
    ignoreMissing(() => cloud.deleteVm(cid))
    file.update({ current_vm_cid: '', current_manifest_sha: '' })
  })
}
