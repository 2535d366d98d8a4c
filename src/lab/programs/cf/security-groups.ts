import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isMap, textAt, type Value } from '../../../manifest/value.ts'
import { CfError } from './cf-error.ts'
import type { Target } from './config.ts'
import { findSecurityGroup } from './lookups.ts'
import type { Command, Session } from './session.ts'

/** `cf create-security-group NAME PATH`; one that is there already is no error, and stays as it is. */
export const createGroup: Command = async session => {
  const name = session.argument(0)
  const rules = readRules(session)
  session.say(`Creating security group ${name} as ${session.user()}...`)
  const api = session.api()
  if ((await findSecurityGroup(api, name)) === undefined) {
    await api.request('POST', '/v3/security_groups', { name, rules })
  } else session.edge.err(`Security group '${name}' already exists.\n`)
  session.ok()
}

/** `cf update-security-group NAME PATH` */
export const updateGroup: Command = async session => {
  const rules = readRules(session)
  session.say(`Updating security group ${session.argument(0)} as ${session.user()}...`)
  const { GUID } = await groupNamed(session)
  await session.api().request('PATCH', `/v3/security_groups/${GUID}`, { rules })
  session.ok()
  session.say('')
  session.say(
    'TIP: Changes require an app restart (for running) or restage (for staging) to apply to existing apps.'
  )
}

/** `cf bind-running-security-group NAME`: for the running apps of every space. */
export const bindRunning: Command = async session => {
  session.say(`Binding security group ${session.argument(0)} to running as ${session.user()}...`)
  const { GUID } = await groupNamed(session)
  await session.api().request('PATCH', `/v3/security_groups/${GUID}`, { globally_enabled: { running: true } })
  session.ok()
}

async function groupNamed(session: Session): Promise<Target> {
  const name = session.argument(0)
  const found = await findSecurityGroup(session.api(), name)
  if (found === undefined) throw new CfError(`Security group '${name}' not found.`)
  return found
}

/** The rules of a file. Throws where it is not a list of maps, each with a destination. */
function readRules(session: Session): Value[] {
  const path = resolve(session.edge.cwd, session.argument(1))
  let rules: Value
  try {
    rules = JSON.parse(readFileSync(path, 'utf8')) as Value
  } catch (thrown) {
    throw new CfError(`Incorrect json format: file: ${path}`, { cause: thrown })
  }
  if (Array.isArray(rules) && rules.every(rule => isMap(rule) && textAt(rule, 'destination') !== undefined))
    return rules
  throw new CfError(
    `Incorrect json format: file: ${path}\n\nValid json file example:\n[\n  {\n    "protocol": "tcp",\n    "destination": "10.244.1.18",\n    "ports": "3306"\n  }\n]`
  )
}
