import { at } from '../../../manifest/value.ts'
import { json } from '../../http/router.ts'
import type { DirectorContext } from '../context.ts'
import { deleteOrphanDisk } from '../cpi.ts'
import { cleanable, cleanUp } from '../jobs/clean-up.ts'
import { jsonBody, startTask, type Controller } from './request.ts'

export function listOrphanDisks({ saved }: DirectorContext): Controller {
  return () => json(saved.data.orphanDisks)
}

export function removeOrphanDisk(context: DirectorContext): Controller {
  return request => {
    const cid = request.params['cid'] ?? ''
    const task = { type: 'delete_orphan_disks', description: 'delete orphan disks' }
    return startTask(context, request, task, async ({ events }) => {
      await events
        .stage('Deleting orphaned disks', 1)
        .track(`Deleting orphaned disk ${cid}`, () => deleteOrphanDisk(context, cid))
      return `orphaned disk(s) ${cid} deleted`
    })
  }
}

export function postCleanUp(context: DirectorContext): Controller {
  return async request => {
    const config = at(await jsonBody(request), 'config')
    const isTrue = (key: string): boolean => at(config, key) === true
    const options = { removeAll: isTrue('remove_all'), keepOrphanedDisks: isTrue('keep_orphaned_disks') }
    const task = { type: 'delete_artifacts', description: 'clean up' }
    return startTask(context, request, task, cleanUp(context, options))
  }
}

export function dryCleanUp({ saved }: DirectorContext): Controller {
  return ({ query }) => {
    const isTrue = (key: string): boolean => query.get(key) === 'true'
    const options = { removeAll: isTrue('remove_all'), keepOrphanedDisks: isTrue('keep_orphaned_disks') }
    const { releases, stemcells, orphanDisks } = cleanable(saved.data, options)
    const names = [...new Set(releases.map(({ name }) => name))]
    const versionsOf = (name: string): readonly string[] =>
      releases.filter(release => release.name === name).map(({ version }) => version)
    return json({
      releases: names.map(name => ({ name, versions: versionsOf(name) })),
      stemcells: stemcells.map(({ os, ...rest }) => ({ ...rest, operating_system: os })),
      compiled_packages: [],
      orphaned_disks: orphanDisks,
      orphaned_vms: [],
      exported_releases: [],
      dns_blobs: []
    })
  }
}
