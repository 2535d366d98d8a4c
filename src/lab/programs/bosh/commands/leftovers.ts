import { at, listAt, textAt, textsAt, wordAt, type Value } from '../../../../manifest/value.ts'
import { attempt, BoshError } from '../bosh-error.ts'
import type { Session } from '../session.ts'
import { column, columns } from '../table.ts'
import { parseTime } from '../times.ts'
import { lines, mebibytes, text, time, type Cell } from '../values.ts'

/** `bosh orphaned-vms`: VMs that no instance has any more. */
export async function orphanedVms(session: Session): Promise<void> {
  const director = await session.director()
  const found = await attempt('Finding orphaned VMs', () => director.get('/orphaned_vms'))
  session.ui.table({
    content: 'orphaned_vms',
    header: columns('VM CID', 'Deployment', 'Instance', 'AZ', 'IPs', 'Orphaned At'),
    sortBy: [{ column: 5, ascending: false }],
    rows: (Array.isArray(found) ? found : []).map(vm => [
      field(vm, 'cid'),
      field(vm, 'deployment_name'),
      field(vm, 'instance_name'),
      field(vm, 'az'),
      lines(textsAt(vm, 'ip_addresses')),
      orphanedAt(vm)
    ])
  })
}

/** `bosh disks --orphaned`: disks that no instance has any more. */
export async function disks(session: Session): Promise<void> {
  const director = await session.director()
  if (!session.line.flags.has('orphaned')) throw new BoshError('Only --orphaned is supported')
  const found = await attempt('Finding orphaned disks', () => director.get('/disks'))
  session.ui.table({
    content: 'disks',
    header: columns('Disk CID', 'Size', 'Deployment', 'Instance', 'AZ', 'Orphaned At'),
    sortBy: [{ column: 5, ascending: false }],
    rows: (Array.isArray(found) ? found : []).map(disk => [
      field(disk, 'disk_cid'),
      mebibytes(Number(at(disk, 'size') ?? 0)),
      field(disk, 'deployment_name'),
      field(disk, 'instance_name'),
      field(disk, 'az'),
      orphanedAt(disk)
    ])
  })
}

/** `bosh clean-up`: what no deployment uses; with `--all` also what the last deployments used. */
export async function cleanUp(session: Session): Promise<void> {
  const { flags } = session.line
  const director = await session.director()
  const [all, keepDisks] = [flags.has('all'), flags.has('keep-orphaned-disks')]
  if (flags.has('dry-run')) {
    const found = await attempt('Cleaning up resources', () =>
      director.get(`/cleanup/dryrun?keep_orphaned_disks=${keepDisks}&remove_all=${all}`)
    )
    showDryRun(session, found)
    return
  }
  await session.ui.confirm()
  const config = { config: { keep_orphaned_disks: keepDisks, remove_all: all } }
  await attempt('Cleaning up resources', () =>
    director.task('POST', '/cleanup', { type: 'application/json', content: JSON.stringify(config) })
  )
}

function showDryRun({ ui }: Session, found: Value): void {
  const plain = (entry: Value): Cell[] => [text(typeof entry === 'string' ? entry : '')]
  const tables: readonly [string, readonly string[], readonly Cell[][]][] = [
    [
      'Unused Releases',
      ['Name', 'Version'],
      listAt(found, 'releases').flatMap(release =>
        listAt(release, 'versions').map(version => [field(release, 'name'), ...plain(version)])
      )
    ],
    ['Unused Stemcells', ['Name', 'Version'], rows(found, 'stemcells', 'name', 'version')],
    [
      'Unused Compiled Packages',
      ['Name', 'Stemcell OS', 'Stemcell Version'],
      rows(found, 'compiled_packages', 'package_name', 'stemcell_os', 'stemcell_version')
    ],
    ['Exported Releases', ['Blob ID'], listAt(found, 'exported_releases').map(plain)],
    ['Stale DNS Record Blobs', ['Blob ID'], listAt(found, 'dns_blobs').map(plain)],
    [
      'Orphaned Disks',
      ['Disk CID', 'Deployment', 'Instance', 'Size (mb)'],
      rows(found, 'orphaned_disks', 'disk_cid', 'deployment_name', 'instance_name', 'size')
    ],
    [
      'Orphaned VMs',
      ['VM CID', 'Deployment', 'Instance'],
      rows(found, 'orphaned_vms', 'cid', 'deployment_name', 'instance_name')
    ]
  ]
  for (const [title, header, body] of tables) {
    ui.table({ title, header: header.map(column), rows: body, sortBy: [{ column: 0, ascending: true }] })
  }
}

function rows(found: Value, list: string, ...keys: readonly string[]): Cell[][] {
  return listAt(found, list).map(entry => keys.map(key => text(wordAt(entry, key) ?? '')))
}

function field(entry: Value, key: string): Cell {
  return text(textAt(entry, key) ?? '')
}

function orphanedAt(entry: Value): Cell {
  return time(parseTime(textAt(entry, 'orphaned_at') ?? '') ?? 0)
}
