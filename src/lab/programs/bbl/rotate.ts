import { readYaml } from '../../../manifest/read-yaml.ts'
import { renderYaml } from '../../../manifest/render-yaml.ts'
import { isMap } from '../../../manifest/value.ts'
import { messageOf } from '../../../core/errors.ts'
import { BblError } from './bbl-error.ts'
import { checkPlan } from './plan.ts'
import type { Session } from './session.ts'
import { up } from './up.ts'

const store = 'vars/jumpbox-vars-store.yml'

/** `bbl rotate`: forgets the key of the jumpbox and goes up, which makes another one (bbl v9.0.48, commands/rotate.go). */
export async function rotate(session: Session): Promise<void> {
  await inWords('validate state', () => session.dir.mustExist())
  await inWords('up', () => checkPlan(session))
  const vars = readYaml(session.dir.read(store) ?? '{}')
  if (isMap(vars) && 'jumpbox_ssh' in vars) {
    const kept = Object.entries(vars).filter(([name]) => name !== 'jumpbox_ssh')
    session.dir.write(store, renderYaml(Object.fromEntries(kept)))
  }
  await inWords('up', () => up(session))
}

async function inWords(what: string, work: () => unknown): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    throw thrown instanceof BblError ? new BblError(`${what}: ${messageOf(thrown)}`) : thrown
  }
}
