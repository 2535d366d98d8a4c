import type { Checkout } from '../tools/checkout.ts'
import type { Files } from '../tools/files.ts'
import { customize, type CustomizedFile } from './customize.ts'
import { readOverlay } from './overlay.ts'
import { customizedVersion, upstreamVersion } from './upstream-version.ts'
import { filesToWrite } from './write-customization.ts'

export interface CustomizeOptions {
  readonly files: Files
  /** kubo-release, at the version that is to be customized. */
  readonly checkout: Checkout
  /** Folder of the overlay: `release/` of what was published. */
  readonly overlay: string
  /** Of upstream; needed where several tags are on the commit. */
  readonly version?: string | undefined
}

/** A checkout that is customized now, whether or not it was before. */
export interface Customized {
  /** `0.44.0+silk.1`. */
  readonly version: string
  readonly upstream: {
    readonly version: string
    readonly commit: string
    readonly origin: string | undefined
  }
  readonly revision: number
  /** Every file that differs from upstream. */
  readonly files: readonly CustomizedFile[]
  /** Paths of those that had to be written: none the second time. */
  readonly written: readonly string[]
}

/**
 * Lays the overlay over a checkout of kubo-release and edits its jobs where they need it. Everything is looked at before the
 * first file is written. Throws a FindingsError (exit code 3) where the checkout is not as its commit is, or not as we know it.
 */
export async function customizeCheckout(options: CustomizeOptions): Promise<Customized> {
  const { files, checkout, overlay } = options
  const version = upstreamVersion(await checkout.tags(), options.version)
  const { files: tree, revision } = await readOverlay(files, overlay)
  const known = new Set(await checkout.paths())
  const upstream = {
    textOf: async (path: string) => (known.has(path) ? checkout.textOf(path) : undefined)
  }
  const customized = await customize(upstream, tree)
  const placed = await Promise.all(
    customized.map(async file => ({ file, found: await files.readBytes(`${checkout.folder}/${file.path}`) }))
  )
  const waiting = filesToWrite(placed, await checkout.changes())
  for (const { path, content } of waiting) {
    await files.writeBytes(`${checkout.folder}/${path}`, content)
  }
  return {
    version: customizedVersion(version, revision),
    upstream: { version, commit: await checkout.commit(), origin: await checkout.origin() },
    revision,
    files: customized,
    written: waiting.map(({ path }) => path)
  }
}
