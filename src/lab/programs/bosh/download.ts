import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { absolute } from './arguments.ts'
import { attempt } from './bosh-error.ts'
import type { Director } from './director.ts'
import type { Session } from './session.ts'

/** Fetches a blob of the Director into `<folder>/<name>-<time>.tgz`. */
export async function download(
  { ui, edge }: Session,
  director: Director,
  { blob, name, folder }: { readonly blob: string; readonly name: string; readonly folder: string }
): Promise<void> {
  const stamp = new Date().toISOString().replace(/[-:Z]/g, '').replace('T', '-').replace('.', '-')
  const path = join(absolute(folder, edge.cwd), `${name}-${stamp}.tgz`)
  ui.line(`Downloading resource '${blob}' to '${path}'...`)
  const { body } = await attempt(`Downloading resource '${blob}'`, () =>
    director.raw('GET', `/resources/${blob}`)
  )
  writeFileSync(path, body)
}
