import { basename } from 'node:path'
import type { Log } from '../core/log.ts'
import type { Checkout } from '../tools/checkout.ts'
import type { Tools } from '../tools/tools.ts'
import { checkTarball, jobsOf } from './check-tarball.ts'
import { checkTemplates } from './check-templates.ts'
import type { Customized } from './customize-checkout.ts'
import { provenanceOf } from './provenance.ts'

export interface CreateReleaseOptions {
  readonly checkout: Checkout
  readonly customized: Customized
  /** Folder of the overlay: `release/` of what was published. */
  readonly overlay: string
  /** Folder for the tarball and its provenance. */
  readonly output: string
}

export interface CreatedRelease {
  /** Paths. */
  readonly tarball: string
  readonly provenance: string
  readonly sha256: string
  /** Templates that were rendered; undefined where there was no Ruby to do it. */
  readonly rendered: number | undefined
}

/**
 * Makes the tarball of a customized checkout with the real CLI, which fetches the blobs that are missing, proves that
 * what was customized is in it and renders, and writes down beside it what it was made of.
 */
export async function createRelease(
  tools: Tools,
  log: Log,
  { checkout, customized, overlay, output }: CreateReleaseOptions
): Promise<CreatedRelease> {
  const { version, upstream, revision, files } = customized
  const tarball = `${output}/kubo-${version}.tgz`
  await tools.files.makeFolder(output)
  await tools.bosh().createRelease(checkout.folder, { version, tarball })
  const found = await tools.releaseTarball(tarball, jobsOf(files))
  checkTarball(found, { version, files })
  const rendered = await checkTemplates(tools, `${overlay}/render-templates.rb`, found, files)
  if (rendered === undefined) log.warn('not checked: whether the templates render, since ruby is not on PATH')
  const sha256 = await tools.files.sha256(tarball)
  const provenance = provenanceFileOf(tarball)
  const statement = provenanceOf({
    version,
    tarball: { name: basename(tarball), sha256 },
    upstream: { ...upstream, blobs: await checkout.textOf('config/blobs.yml') },
    revision,
    files,
    tools: { bosh: await tools.versionOf('bosh'), git: await tools.versionOf('git') },
    time: tools.now().toISOString()
  })
  await tools.files.writeText(provenance, statement)
  return { tarball, provenance, sha256, rendered }
}

/** Where the statement of a tarball lies: beside it. */
export function provenanceFileOf(tarball: string): string {
  return tarball.replace(/\.tgz$/, '') + '.provenance.json'
}
