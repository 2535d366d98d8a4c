import { renderYaml } from '../../../../manifest/render-yaml.ts'
import { at, isMap, listAt, textAt, type Value } from '../../../../manifest/value.ts'
import { argument, readFileArgument } from '../arguments.ts'
import { attempt, BoshError } from '../bosh-error.ts'
import type { Director } from '../director.ts'
import { showDiff } from '../diff.ts'
import type { Session } from '../session.ts'
import { evaluate } from '../template.ts'
import { uploadManifestRelease } from './releases.ts'

/** `bosh deploy`: uploads what the manifest names by URL, shows the difference, and updates the deployment. */
export async function deploy(session: Session): Promise<void> {
  const { flags } = session.line
  const text = await readFileArgument(session, argument(session))
  const { director, name } = await session.deployment()
  const { document } = await attempt('Evaluating manifest', () => evaluate(session, text))
  const named = textAt(document, 'name') ?? ''
  if (named !== name) {
    throw new BoshError(`Expected manifest to specify deployment name '${name}' but was '${named}'`)
  }
  if (flags.has('skip-upload-releases')) session.ui.line('Release-Check skipped.')
  else await uploadReleases(session, director, document)
  const manifest = renderYaml(document)
  const redact = flags.has('no-redact') ? 'false' : 'true'
  const diff = await attempt('Fetching diff result', () =>
    director.post(`/deployments/${name}/diff?redact=${redact}`, { type: 'text/yaml', content: manifest })
  )
  showDiff(session.ui, diff)
  await session.ui.confirm()
  await attempt('Updating deployment', () =>
    director.task('POST', `/deployments?${updateQuery(session, diff)}`, {
      type: 'text/yaml',
      content: manifest
    })
  )
}

/** Uploads every release that a manifest or a config names by URL, several at a time. */
export async function uploadReleases(session: Session, director: Director, document: Value): Promise<void> {
  await attempt('Creating and uploading releases', async () => {
    const queue = listAt(document, 'releases').filter(isMap)
    const workers = Math.max(1, Number(session.line.flags.text('parallel') ?? '5'))
    const work = async (): Promise<void> => {
      for (let release = queue.shift(); release !== undefined; release = queue.shift()) {
        await uploadManifestRelease(session, director, release)
      }
    }
    await Promise.all(Array.from({ length: workers }, work))
  })
}

function updateQuery({ line: { flags } }: Session, diff: Value): string {
  const query = new URLSearchParams()
  const context = at(diff, 'context')
  if (isMap(context) && Object.keys(context).length > 0) query.set('context', JSON.stringify(context))
  const before = flags.text('recreate-vms-created-before')
  if (flags.text('canaries') !== undefined) query.set('canaries', flags.text('canaries') ?? '')
  if (flags.has('dry-run')) query.set('dry_run', 'true')
  if (flags.has('fix')) query.set('fix', 'true')
  if (flags.has('force-latest-variables')) query.set('force_latest_variables', 'true')
  if (flags.text('max-in-flight') !== undefined) query.set('max_in_flight', flags.text('max-in-flight') ?? '')
  if (flags.has('recreate') || before !== undefined) query.set('recreate', 'true')
  if (flags.has('recreate-persistent-disks')) query.set('recreate_persistent_disks', 'true')
  if (before !== undefined) query.set('recreate_vms_created_before', before)
  const skipDrain = flags.list('skip-drain')
  if (skipDrain.length > 0) query.set('skip_drain', skipDrain.includes('*') ? '*' : skipDrain.join(','))
  return query.toString()
}
