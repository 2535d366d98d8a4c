import { faultPoint } from '../../faults.ts'
import { readStemcellArchive, stemcellAt, type StemcellInfo } from '../artifacts.ts'
import type { DirectorContext } from '../context.ts'
import { cpi } from '../cpi.ts'
import { DirectorError } from '../director-error.ts'
import type { StemcellRecord } from '../model.ts'
import type { Work } from '../tasks.ts'

/** Where an upload comes from: an address that is only recognised, or an archive. */
export type Source = { readonly url: string } | { readonly archive: Buffer }

/** How long each step takes, at pace 1. */
const stepMillis = 60

/** The task behind `bosh upload-stemcell` (bosh v283, jobs/update_stemcell.rb). `fix` brings it to the cloud once more, and leaves the image before where it is. */
export function uploadStemcell(context: DirectorContext, source: Source, fix: boolean): Work {
  return async task => {
    const { saved, cloud, pace, locks, lab, name: director } = context
    const isRemote = 'url' in source
    const stage = task.events.stage('Update stemcell', isRemote ? 6 : 5)
    const step = <T>(words: string, work: () => T): Promise<T> =>
      stage.track(words, async () => {
        await pace(stepMillis, task.signal)
        return work()
      })
    await faultPoint(lab, 'director', `upload-stemcell ${isRemote ? source.url : ''}`)
    if (isRemote) await step('Downloading remote stemcell', () => mustKnow(source.url))
    await step('Extracting stemcell archive', () => undefined)
    const info = await step('Verifying stemcell manifest', () => read(source))
    const words = `${info.name}/${info.version}`
    return locks.hold(`lock:stemcells:${info.name}:${info.version}`, task, async () => {
      const found = await step('Checking if this stemcell already exists', () =>
        find(saved.data.stemcells, info)
      )
      const isNeeded = fix || found === undefined
      const suffix = isNeeded ? '' : ' (already exists, skipped)'
      const cid = await step(`Uploading stemcell ${words} to the cloud${suffix}`, () =>
        isNeeded
          ? cpi('create_stemcell', () => cloud.createStemcell({ ...info, tags: { director } }).cid)
          : found.cid
      )
      await step(`Save stemcell ${words} (${cid})${suffix}`, () => {
        if (found === undefined) saved.data.stemcells.push({ ...info, cid })
        else found.cid = cid
        saved.touch()
      })
      return `/stemcells/${words}`
    })
  }
}

function find(
  stemcells: readonly StemcellRecord[],
  { name, version }: StemcellInfo
): StemcellRecord | undefined {
  return stemcells.find(stemcell => stemcell.name === name && stemcell.version === version)
}

function read(source: Source): StemcellInfo {
  return 'url' in source ? mustKnow(source.url) : readStemcellArchive(source.archive)
}

function mustKnow(url: string): StemcellInfo {
  const known = stemcellAt(url)
  if (known === undefined) throw new DirectorError(100002, `No stemcell found at '${url}'.`, 404)
  return known
}
