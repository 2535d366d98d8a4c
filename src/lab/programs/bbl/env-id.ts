import { randomInt } from 'node:crypto'
import { Cloud } from '../../cloud/cloud.ts'
import { BblError } from './bbl-error.ts'

/** bbl's own list is longer (bbl v9.0.48, helpers/env_id_generator.go). */
const lakes = [
  'caspian',
  'superior',
  'victoria',
  'huron',
  'michigan',
  'tanganyika',
  'baikal',
  'malawi',
  'erie',
  'ladoga'
]

/** The name of a new environment: the one that is asked for, where it is well-formed and free in the cloud, or one of bbl's making. */
export function newEnvId(lab: string, name: string): string {
  if (name === '') {
    const time = new Date().toISOString().replace(/T(\d\d):(\d\d).*/, 't$1-$2z')
    return `bbl-env-${lakes[randomInt(lakes.length)] ?? 'onega'}-${time}`
  }
  if (new Cloud(lab).all('network').some(network => network.name === `${name}-network`)) {
    throw new BblError(
      `Env id manager sync: It looks like a bbl environment already exists with the name '${name}'. Please provide a different name.`
    )
  }
  if (/^(?:[a-z](?:[-a-z0-9]*[a-z0-9])?)$/.test(name)) return name
  throw new BblError(
    'Env id manager sync: Names must start with a letter, be all lowercase, and be alphanumeric or hyphenated.'
  )
}
