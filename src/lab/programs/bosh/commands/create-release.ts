import { writeFileSync } from 'node:fs'
import { createLog } from '../../../../core/log.ts'
import { Redactor } from '../../../../core/redact.ts'
import { renderYaml } from '../../../../manifest/render-yaml.ts'
import type { Value } from '../../../../manifest/value.ts'
import { openCheckout } from '../../../../tools/checkout.ts'
import { createPrograms } from '../../../../tools/exec.ts'
import { writeTgz } from '../../../director/tar.ts'
import { absolute } from '../arguments.ts'
import { attempt, BoshError } from '../bosh-error.ts'
import { packRelease, type Part } from '../release-folder.ts'
import type { Session } from '../session.ts'
import { columns } from '../table.ts'
import { lines, text, version as versionCell } from '../values.ts'

/** `bosh create-release --tarball`: packs the jobs of a folder; of packages it packs the spec, for nothing is compiled in the lab. */
export async function createRelease(session: Session): Promise<void> {
  const { line, edge, ui } = session
  const folder = absolute(line.flags.text('dir') ?? '.', edge.cwd)
  const tarball = line.flags.text('tarball') ?? ''
  if (line.flags.has('final') || tarball === '') {
    throw new BoshError('The lab creates releases with --tarball and without --final only')
  }
  const commit = await commitOf(session, folder)
  const { name, jobs, packages } = await attempt(`Building a release from directory '${folder}'`, () =>
    packRelease(folder)
  )
  const version = line.flags.text('version') ?? '0+dev.1'
  const entry = ({ name: of, fingerprint, digest, needs }: Part, key: string): Value => ({
    name: of,
    version: fingerprint,
    fingerprint,
    sha1: digest,
    [key]: [...needs]
  })
  const manifest: Value = {
    name: line.flags.text('name') ?? name,
    version,
    commit_hash: commit.hash,
    uncommitted_changes: commit.isDirty,
    jobs: jobs.map(part => entry(part, 'packages')),
    packages: packages.map(part => entry(part, 'dependencies'))
  }
  const path = absolute(tarball, edge.cwd)
  const files = {
    'release.MF': renderYaml(manifest),
    ...Object.fromEntries(jobs.map(part => [`jobs/${part.name}.tgz`, part.archive])),
    ...Object.fromEntries(packages.map(part => [`packages/${part.name}.tgz`, part.archive]))
  }
  writeFileSync(path, writeTgz(files), { mode: 0o600 })
  ui.table({
    content: '',
    header: columns('Name', 'Version', 'Commit Hash', 'Archive'),
    sortBy: [{ column: 0, ascending: true }],
    notes: [],
    transpose: true,
    rows: [[text(name), versionCell(version), text(`${commit.hash}${commit.isDirty ? '+' : ''}`), text(path)]]
  })
  for (const [content, title, parts] of [
    ['jobs', 'Packages', jobs],
    ['packages', 'Dependencies', packages]
  ] as const) {
    ui.table({
      content,
      header: columns(content === 'jobs' ? 'Job' : 'Package', 'Digest', title),
      sortBy: [{ column: 0, ascending: true }],
      notes: [],
      rows: parts.map(part => [
        text(`${part.name}/${part.fingerprint}`),
        text(part.digest),
        lines(part.needs.length === 0 ? ['-'] : part.needs)
      ])
    })
  }
}

/** What git says of the folder; a folder that differs from its commit is refused without `--force`. */
async function commitOf(
  { line, edge }: Session,
  folder: string
): Promise<{ readonly hash: string; readonly isDirty: boolean }> {
  const programs = createPrograms({
    env: edge.env,
    log: createLog(() => undefined),
    redactor: new Redactor()
  })
  const checkout = await openCheckout(programs, folder).catch(() => undefined)
  if (checkout === undefined) return { hash: 'non-git', isDirty: false }
  const changes = await checkout.changes()
  if (changes.length > 0 && !line.flags.has('force')) {
    const shown = changes.map(({ code, path }) => `${code} ${path}`).join('\n')
    throw new BoshError(`Git repository has local modifications:\n\n${shown.trim()}`)
  }
  return { hash: (await checkout.commit()).slice(0, 7), isDirty: changes.length > 0 }
}
