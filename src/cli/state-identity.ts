import { link, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCodeOf, UserError } from '../core/errors.ts'
import type { EnvironmentRecord } from '../environment/record.ts'
import { newIdentity } from '../state/keys.ts'
import { createFiles } from '../tools/files.ts'
import { stateFolder, type CliContext } from './context.ts'
import type { Values } from './variables.ts'

/**
 * The identity that decrypts the state of an environment: the value of the var that its record names, else STATE_IDENTITY,
 * else that of the lab. Throws a UserError where there is none.
 */
export async function stateIdentity(
  context: CliContext,
  record: EnvironmentRecord,
  values: Values
): Promise<string> {
  const given = values.get(record.state.identity) ?? context.env['STATE_IDENTITY']
  if (typeof given === 'string' && given !== '') return given
  if (record.iaas === 'lab') return labIdentity(context, record)
  throw new UserError(
    'usage',
    `state of ${record.name}: found no identity, expected a value of ((${record.state.identity}))`,
    {
      hint: `give it in a file by --load-vars-from, or as STATE_IDENTITY in the environment`
    }
  )
}

/**
 * The identity of a lab, whose record is committed and names no secret of anybody: made on first use, and kept below the
 * state folder for its owner alone (0600).
 */
export async function labIdentity(context: CliContext, { name }: EnvironmentRecord): Promise<string> {
  const files = createFiles()
  const path = join(stateFolder(context), 'identities', `${name}.txt`)
  const found = await files.readTextIfAny(path)
  if (found !== undefined) return found
  const mine = `${path}.${process.pid}.new`
  await files.writeSecret(mine, `${await newIdentity()}\n`)
  // A link is made whole and once: of two commands that begin at the same time, both take the first one's.
  await link(mine, path).catch((thrown: unknown) => {
    if (systemCodeOf(thrown) !== 'EEXIST') throw thrown
  })
  await rm(mine, { force: true })
  return files.readText(path)
}
