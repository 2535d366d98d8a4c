import { attempt, BoshError } from '../bosh-error.ts'
import type { Session } from '../session.ts'

/** `bosh ignore` and `bosh unignore`: whether a deploy passes over an instance, and none deletes it (bosh-cli v7, cmd/ignore.go). */
export async function ignore(session: Session): Promise<void> {
  await change(session, true)
}

export async function unignore(session: Session): Promise<void> {
  await change(session, false)
}

async function change(session: Session, isIgnored: boolean): Promise<void> {
  const [slug = ''] = session.line.args
  const [group = '', id = '', ...rest] = slug.split('/')
  if (group === '' || id === '' || rest.length > 0) {
    throw new BoshError(`Expected instance '${slug}' to be in format 'name/index-or-id'`)
  }
  const { director, name } = await session.deployment()
  const body = { type: 'application/json', content: JSON.stringify({ ignore: isIgnored }) } as const
  await attempt(`Changing ignore state for '${group}/${id}' in deployment '${name}'`, () =>
    director.raw('PUT', `/deployments/${name}/instance_groups/${group}/${id}/ignore`, body)
  )
}
