import { join, resolve } from 'node:path'
import { createLog } from '../../core/log.ts'
import { createRelease } from '../../release/create-release.ts'
import { customizeCheckout, type Customized } from '../../release/customize-checkout.ts'
import type { CliContext } from '../context.ts'
import { openTools } from '../open-tools.ts'
import type { Format } from '../options.ts'

export interface ReleaseCreateOptions {
  readonly from: string
  readonly upstream?: string
  readonly output: string
  readonly editOnly?: true
  readonly format: Format
}

/** Customizes a checkout of kubo-release in its place, and makes a tarball of it. The second time there is nothing to edit. */
export async function releaseCreate(context: CliContext, options: ReleaseCreateOptions): Promise<void> {
  const tools = openTools(context, {})
  const log = createLog(context.err)
  const overlay = join(context.root, 'release')
  const checkout = await tools.checkout(resolve(options.from))
  const customized = await customizeCheckout({
    files: tools.files,
    checkout,
    overlay,
    version: options.upstream
  })
  context.err(`${describe(customized)}\n`)
  const created =
    options.editOnly === true
      ? undefined
      : await createRelease(tools, log, { checkout, customized, overlay, output: resolve(options.output) })
  if (options.format === 'json') {
    const { version, upstream, written, files } = customized
    const paths = files.map(({ path, edits }) => ({ path, edits }))
    context.out(`${JSON.stringify({ version, upstream, written, files: paths, ...created }, null, 2)}\n`)
  } else context.out(`${created?.tarball ?? customized.version}\n`)
}

function describe({ version, written, files }: Customized): string {
  if (written.length === 0) return `${version}: nothing to write, it is customized already`
  const lines = files
    .filter(({ path }) => written.includes(path))
    .map(({ path, edits }) => `  ${path}: ${edits.length === 0 ? 'added' : edits.join(', ')}`)
  return [`${version}: wrote`, ...lines].join('\n')
}
