import type { Vm } from './cloud/model.ts'

/** The job by which a VM is known to be a Director's. */
export const directorJob = 'director'

/** A VM's manifest, in its folder. It holds secrets. */
export const vmManifest = 'manifest.json'

/** Whether a Director answers on the VM's address. */
export function isRunningDirector({ jobs, state }: Vm): boolean {
  return state === 'running' && jobs.includes(directorJob)
}
