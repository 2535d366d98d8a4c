import { faultPoint } from '../../faults.ts'
import { readReleaseArchive, releaseAt } from '../artifacts.ts'
import type { DirectorContext } from '../context.ts'
import { DirectorError } from '../director-error.ts'
import type { PackageRecord, ReleaseRecord } from '../model.ts'
import type { TaskJob, Work } from '../tasks.ts'
import type { Source } from './upload-stemcell.ts'

/** How long each step takes, at pace 1. */
const stepMillis = 15

/** The task behind `bosh upload-release` (bosh v283, jobs/update_release.rb). */
export function uploadRelease(context: DirectorContext, source: Source): Work {
  return async task => {
    const { pace, locks, lab } = context
    const step = <T>(words: string, work: () => T): Promise<T> =>
      task.events.stage(words, 1).track(words, async () => {
        await pace(stepMillis, task.signal)
        return work()
      })
    const isRemote = 'url' in source
    await faultPoint(lab, 'director', `upload-release ${isRemote ? source.url : ''}`)
    if (isRemote) await step('Downloading remote release', () => mustKnow(source.url))
    const release = await step('Extracting release', () => read(source))
    await step('Verifying manifest', () => undefined)
    return locks.hold(`lock:release:${release.name}`, task, async () => {
      await step('Resolving package dependencies', () => undefined)
      await save(context, release, task)
      return `Created release '${release.name}/${release.version}'`
    })
  }
}

async function save({ saved }: DirectorContext, release: ReleaseRecord, task: TaskJob): Promise<void> {
  const { data } = saved
  const isSame = (other: ReleaseRecord): boolean =>
    other.name === release.name && other.version === release.version
  const found = data.releases.find(isSame)
  if (found !== undefined && found.commitHash !== release.commitHash) {
    throw new DirectorError(
      30014,
      `release '${release.name}/${release.version}' has already been uploaded with commit_hash as ` +
        `'${found.commitHash}' and uncommitted_changes as '${found.uncommittedChanges}'`
    )
  }
  const jobs = task.events.stage('Creating new jobs', release.jobs.length)
  for (const job of release.jobs) await jobs.track(`${job.name}/${job.fingerprint}`, () => undefined)
  const packages = mergePackages(found?.packages ?? [], release.packages)
  data.releases = [...data.releases.filter(other => !isSame(other)), { ...release, packages }]
  saved.touch()
  const isCompiled = release.packages.some(({ hasSource }) => !hasSource)
  const words = isCompiled ? 'Compiled Release has been created' : 'Release has been created'
  await task.events.stage(words, 1).track(`${release.name}/${release.version}`, () => undefined)
}

/** A compiled release adds to what the same version has already: for other stemcells, or to its source. */
function mergePackages(
  present: readonly PackageRecord[],
  added: readonly PackageRecord[]
): readonly PackageRecord[] {
  const merged = new Map(present.map(each => [each.name, each]))
  for (const each of added) {
    const old = merged.get(each.name)
    merged.set(each.name, {
      ...each,
      hasSource: each.hasSource || (old?.hasSource ?? false),
      compiledFor: [...new Set([...(old?.compiledFor ?? []), ...each.compiledFor])]
    })
  }
  return [...merged.values()]
}

function read(source: Source): ReleaseRecord {
  return 'url' in source ? mustKnow(source.url) : readReleaseArchive(source.archive)
}

function mustKnow(url: string): ReleaseRecord {
  const known = releaseAt(url)
  if (known === undefined) throw new DirectorError(100002, `No release found at '${url}'.`, 404)
  return known
}
