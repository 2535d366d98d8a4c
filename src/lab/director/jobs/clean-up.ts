import { faultPoint } from '../../faults.ts'
import type { DirectorContext } from '../context.ts'
import { cpi, deleteOrphanDisk, ignoreMissing } from '../cpi.ts'
import { unusedReleases, unusedStemcells } from '../in-use.ts'
import type { DirectorData, OrphanDisk, ReleaseRecord, StemcellRecord } from '../model.ts'
import { compareVersions } from '../plan/versions.ts'
import { eachOf } from '../pool.ts'
import type { Stage } from '../event-log.ts'
import type { Work } from '../tasks.ts'

export interface CleanUpOptions {
  /** Everything that no deployment uses, and all orphaned disks; otherwise the two newest versions of each stay. */
  readonly removeAll: boolean
  readonly keepOrphanedDisks: boolean
}

export interface Cleanable {
  readonly releases: readonly ReleaseRecord[]
  readonly stemcells: readonly StemcellRecord[]
  readonly orphanDisks: readonly OrphanDisk[]
}

/** So many unused versions stay unless everything is removed (bosh v283, cleanup_artifact_manager.rb). */
const keptVersions = 2
const millis = 20
const atOnce = 10

/** What a clean-up would delete. */
export function cleanable(data: DirectorData, { removeAll, keepOrphanedDisks }: CleanUpOptions): Cleanable {
  const kept = removeAll ? 0 : keptVersions
  return {
    releases: withoutNewest(unusedReleases(data), kept),
    stemcells: withoutNewest(unusedStemcells(data), kept),
    orphanDisks: removeAll && !keepOrphanedDisks ? data.orphanDisks : []
  }
}

/** The task behind `bosh clean-up`. */
export function cleanUp(context: DirectorContext, options: CleanUpOptions): Work {
  return async task => {
    const { saved, cloud, pace, lab } = context
    await faultPoint(lab, 'director', 'clean-up')
    const { releases, stemcells, orphanDisks } = cleanable(saved.data, options)
    const deleteEach = async <T>(
      words: string,
      items: readonly T[],
      nameOf: (item: T) => string,
      work: (item: T) => void | Promise<void>
    ): Promise<void> => {
      const stage: Stage = task.events.stage(words, items.length)
      await eachOf(items, atOnce, item =>
        stage.track(nameOf(item), async () => {
          await pace(millis, task.signal)
          await work(item)
          saved.touch()
        })
      )
    }
    const slug = ({ name, version }: { name: string; version: string }): string => `${name}/${version}`
    await deleteEach('Deleting releases', releases, slug, release => {
      saved.data.releases = saved.data.releases.filter(other => other !== release)
    })
    await deleteEach('Deleting stemcells', stemcells, slug, stemcell => {
      ignoreMissing(() => cpi('delete_stemcell', () => cloud.delete('stemcell', stemcell.cid)))
      saved.data.stemcells = saved.data.stemcells.filter(other => other !== stemcell)
    })
    await deleteEach(
      'Deleting orphaned disks',
      orphanDisks,
      disk => disk.disk_cid,
      disk => deleteOrphanDisk(context, disk.disk_cid)
    )
    await task.events.stage('Deleting dns blobs', 1).track('DNS blobs', () => undefined)
    return (
      `Deleted ${releases.length} release(s), ${stemcells.length} stemcell(s), 0 extra compiled package(s), ` +
      `${orphanDisks.length} orphaned disk(s), 0 orphaned vm(s), 0 exported release(s), 0 dns blob(s)`
    )
  }
}

function withoutNewest<T extends { readonly name: string; readonly version: string }>(
  items: readonly T[],
  kept: number
): readonly T[] {
  const names = [...new Set(items.map(({ name }) => name))]
  return names.flatMap(name =>
    items
      .filter(item => item.name === name)
      .sort((left, right) => compareVersions(right.version, left.version))
      .slice(kept)
  )
}
