import { basename, resolve } from 'node:path'
import { provenanceFileOf } from '../../release/create-release.ts'
import { verifyProvenance } from '../../release/provenance.ts'
import type { CliContext } from '../context.ts'
import { openTools } from '../open-tools.ts'
import type { Format } from '../options.ts'

export interface ReleaseVerifyOptions {
  readonly provenance?: string
  readonly format: Format
}

/** Refuses (exit code 7) a tarball that is not the one that its provenance tells of. */
export async function releaseVerify(
  context: CliContext,
  path: string,
  options: ReleaseVerifyOptions
): Promise<void> {
  const { files } = openTools(context, {})
  const tarball = resolve(path)
  const statement = await files.readText(resolve(options.provenance ?? provenanceFileOf(tarball)))
  const found = { name: basename(tarball), sha256: await files.sha256(tarball) }
  const verified = verifyProvenance(statement, found)
  if (options.format === 'json') context.out(`${JSON.stringify({ ...found, ...verified }, null, 2)}\n`)
  else context.out(`${verified.version}\n`)
}
