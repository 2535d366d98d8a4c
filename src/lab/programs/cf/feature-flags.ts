import { at, textAt } from '../../../manifest/value.ts'
import { CfError } from './cf-error.ts'
import { CfRefused } from './client.ts'
import type { Command, Session } from './session.ts'
import { tableOf } from '../common/columns.ts'

/** `cf feature-flag NAME` */
export const showFlag: Command = async session => {
  const name = session.argument(0)
  session.say(`Getting info for feature flag ${name} as ${session.user()}...`)
  session.say('')
  const flag = await known(name, () => session.api().request('GET', pathOf(name)))
  const state = at(flag, 'enabled') === true ? 'enabled' : 'disabled'
  session.say(
    tableOf([
      ['features', 'state'],
      [textAt(flag, 'name') ?? '', state]
    ])
  )
}

/** `cf enable-feature-flag NAME` */
export const enableFlag: Command = session => change(session, true)

/** `cf disable-feature-flag NAME` */
export const disableFlag: Command = session => change(session, false)

async function change(session: Session, enabled: boolean): Promise<void> {
  const name = session.argument(0)
  session.say(`${enabled ? 'Enabling' : 'Disabling'} feature ${name} as ${session.user()}...`)
  await known(name, () => session.api().request('PATCH', pathOf(name), { enabled }))
  session.ok()
}

async function known<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof CfRefused) || thrown.status !== 404) throw thrown
    throw new CfError(`Feature flag '${name}' not found.`, { cause: thrown })
  }
}

function pathOf(name: string): string {
  return `/v3/feature_flags/${encodeURIComponent(name)}`
}
