import { at, listAt, textAt } from '../../../manifest/value.ts'
import { readYaml } from '../../../manifest/read-yaml.ts'
import { json } from '../../http/router.ts'
import type { DirectorContext } from '../context.ts'
import { cpi, ignoreMissing } from '../cpi.ts'
import { DirectorError } from '../director-error.ts'
import { refuseInUse, usersOfRelease, usersOfStemcell } from '../in-use.ts'
import { uploadRelease } from '../jobs/upload-release.ts'
import { uploadStemcell, type Source } from '../jobs/upload-stemcell.ts'
import type { ReleaseRecord } from '../model.ts'
import { jsonBody, startTask, type AuthorizedRequest, type Controller } from './request.ts'

export function postStemcell(context: DirectorContext): Controller {
  return async request => {
    const work = uploadStemcell(context, await sourceOf(request), request.query.get('fix') === 'true')
    return startTask(context, request, { type: 'update_stemcell', description: 'create stemcell' }, work)
  }
}

export function postRelease(context: DirectorContext): Controller {
  return async request => {
    const work = uploadRelease(context, await sourceOf(request))
    return startTask(context, request, { type: 'update_release', description: 'create release' }, work)
  }
}

async function sourceOf(request: AuthorizedRequest): Promise<Source> {
  const type = request.header('content-type') ?? ''
  if (!type.startsWith('application/json')) return { archive: await request.body() }
  return { url: textAt(await jsonBody(request), 'location') ?? '' }
}

export function listStemcells({ saved }: DirectorContext): Controller {
  return () =>
    json(
      saved.data.stemcells.map(stemcell => ({
        name: stemcell.name,
        operating_system: stemcell.os,
        version: stemcell.version,
        cid: stemcell.cid,
        cpi: '',
        deployments: usersOfStemcell(saved.data, stemcell).map(name => ({ name })),
        api_version: 3
      }))
    )
}

/** Whether the CLI should send a stemcell at all. */
export function stemcellNeeded({ saved }: DirectorContext): Controller {
  return async request => {
    const stemcell = at(await jsonBody(request), 'stemcell')
    const [name, version] = ['name', 'version'].map(key => textAt(stemcell, key))
    const isThere = saved.data.stemcells.some(known => known.name === name && known.version === version)
    return json({ needed: !isThere })
  }
}

export function deleteStemcell(context: DirectorContext): Controller {
  return request => {
    const { saved, cloud } = context
    const { name = '', version = '' } = request.params
    const found = saved.data.stemcells.find(known => known.name === name && known.version === version)
    if (found === undefined)
      throw new DirectorError(50003, `Stemcell '${name}/${version}' doesn't exist`, 404)
    const task = { type: 'delete_stemcell', description: `delete stemcell: ${name}/${version}` }
    return startTask(context, request, task, async ({ events }) => {
      const users = usersOfStemcell(saved.data, found)
      refuseInUse(50004, `Stemcell '${name}/${version}'`, users)
      await events.stage('Deleting stemcell from cloud', 1).track(`${name}/${version}`, () => {
        ignoreMissing(() => cpi('delete_stemcell', () => cloud.delete('stemcell', found.cid)))
        saved.data.stemcells = saved.data.stemcells.filter(other => other !== found)
        saved.touch()
      })
      return `/stemcells/${name}/${version}`
    })
  }
}

export function listReleases({ saved }: DirectorContext): Controller {
  return () => {
    const { releases } = saved.data
    const names = [...new Set(releases.map(({ name }) => name))].sort()
    return json(
      names.map(name => ({
        name,
        release_versions: releases
          .filter(release => release.name === name)
          .map(release => ({
            version: release.version,
            commit_hash: release.commitHash,
            uncommitted_changes: release.uncommittedChanges,
            currently_deployed: usersOfRelease(saved.data, release).length > 0,
            job_names: release.jobs.map(job => job.name)
          }))
      }))
    )
  }
}

/** What is in one version of a release; an upload goes only where this says that something lacks. */
export function getRelease(context: DirectorContext): Controller {
  return ({ params, query }) => {
    const versions = versionsOf(context, params['name'] ?? '')
    const version = query.get('version')
    if (version === null) return json({ versions: versions.map(release => release.version) })
    const release = versions.find(known => known.version === version)
    if (release === undefined) {
      throw new DirectorError(
        30006,
        `Release version '${params['name'] ?? ''}/${version}' doesn't exist`,
        404
      )
    }
    const blob = (fingerprint: string): object => ({
      blobstore_id: fingerprint,
      sha1: fingerprint,
      fingerprint
    })
    return json({
      jobs: release.jobs.map(({ name, fingerprint, consumes, provides }) => ({
        name,
        ...blob(fingerprint),
        consumes,
        provides
      })),
      packages: release.packages.map(({ name, fingerprint, hasSource, compiledFor }) => ({
        name,
        ...blob(fingerprint),
        blobstore_id: hasSource ? fingerprint : null,
        compiled_packages: compiledFor.map(stemcell => ({
          stemcell,
          sha1: fingerprint,
          blobstore_id: fingerprint
        }))
      }))
    })
  }
}

export function deleteRelease(context: DirectorContext): Controller {
  return request => {
    const { saved } = context
    const name = request.params['name'] ?? ''
    const version = request.query.get('version')
    const all = versionsOf(context, name)
    const doomed = version === null ? all : all.filter(release => release.version === version)
    const slug = version === null ? name : `${name}/${version}`
    if (doomed.length === 0) throw new DirectorError(30006, `Release version '${slug}' doesn't exist`, 404)
    const task = { type: 'delete_release', description: `delete release: ${slug}` }
    return startTask(context, request, task, async ({ events }) => {
      const users = doomed.flatMap(release => [...usersOfRelease(saved.data, release)])
      const what = version === null ? `Release '${name}'` : `ReleaseVersion '${slug}'`
      refuseInUse(version === null ? 30007 : 30008, what, users)
      const stage = events.stage('Deleting release versions', doomed.length)
      for (const release of doomed) {
        await stage.track(`${release.name}/${release.version}`, () => {
          saved.data.releases = saved.data.releases.filter(other => other !== release)
          saved.touch()
        })
      }
      return `/release/${name}`
    })
  }
}

/** Fingerprints of packages of a release manifest that are here already, so that the CLI leaves them out of its archive. */
export function matchPackages({ saved }: DirectorContext, isCompiled: boolean): Controller {
  return async request => {
    const manifest = readYaml((await request.body()).toString())
    const known = new Set(
      saved.data.releases.flatMap(({ packages }) =>
        packages.filter(({ hasSource }) => hasSource !== isCompiled).map(({ fingerprint }) => fingerprint)
      )
    )
    const asked = listAt(manifest, isCompiled ? 'compiled_packages' : 'packages')
    return json(asked.flatMap(entry => textAt(entry, 'fingerprint') ?? []).filter(each => known.has(each)))
  }
}

function versionsOf({ saved }: DirectorContext, name: string): readonly ReleaseRecord[] {
  const found = saved.data.releases.filter(release => release.name === name)
  if (found.length === 0) throw new DirectorError(30005, `Release '${name}' doesn't exist`, 404)
  return found
}
