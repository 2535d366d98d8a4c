import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '../../concourse/model.ts'
import { needless, text, textOf } from './keys.ts'
import type { Fault, InspectedStep, ResourceType } from './resource-type.ts'

/**
 * A timer (https://github.com/concourse/time-resource, v1.8). A run on this machine is started by a person, so its version is
 * the time of the run, whatever the interval.
 */
export const time: ResourceType = {
  name: 'time',
  programs: [],
  keys: {
    source: {
      interval: needless,
      location: text,
      start: needless,
      stop: needless,
      days: needless,
      initial_version: needless,
      start_after: needless
    },
    get: {},
    put: {}
  },
  inspect,
  check: async (source, context) => ({ time: rfc3339(context.now(), source) }),
  async get({ source, version, params, folder }, context) {
    const given = version['time'] ?? rfc3339(context.now(), source)
    const request = { source, version: { time: given }, params }
    await writeFile(join(folder, 'input'), `${JSON.stringify(request)}\n`)
    await writeFile(join(folder, 'timestamp'), goTime(given))
    await writeFile(join(folder, 'epoch'), String(Math.floor(Date.parse(given) / 1000)))
    return { version: { time: given }, metadata: [] }
  },
  put: async ({ source }, context) => ({ version: { time: rfc3339(context.now(), source) }, metadata: [] })
}

function inspect({ source }: InspectedStep): readonly Fault[] {
  const location = textOf(source, 'location')
  if (location === undefined || isTimeZone(location)) return []
  const message = `found ${location}, expected a time zone, e.g. Europe/Berlin`
  return [{ key: 'source.location', code: 'wrong-value', message }]
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** A moment at the place that the source names, `2026-11-23T12:00:00.5+01:00`; `Z` where that is UTC. */
function rfc3339(moment: Date, source: JsonObject): string {
  const offset = offsetAt(moment, textOf(source, 'location') ?? 'UTC')
  const sign = offset.startsWith('-') ? -1 : 1
  const minutes = sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)))
  const local = new Date(moment.getTime() + minutes * 60_000).toISOString().slice(0, -1)
  // Go leaves out what is zero at the end of a fraction.
  return `${local.replace(/\.?0+$/, '')}${minutes === 0 ? 'Z' : offset}`
}

/** `+01:00` */
function offsetAt(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(moment)
  const name = parts.find(part => part.type === 'timeZoneName')?.value ?? 'GMT'
  return name === 'GMT' ? '+00:00' : name.replace('GMT', '')
}

/** As Go prints a time by its default layout: `2026-11-23 12:00:00.5 +0100 +0100`. */
function goTime(given: string): string {
  const [, day = '', clock = '', zone = ''] = /^(\S+)T([\d:.]+)(Z|[+-]\d\d:\d\d)$/.exec(given) ?? []
  const offset = zone.replace(':', '')
  return `${day} ${clock} ${zone === 'Z' ? '+0000 UTC' : `${offset} ${offset}`}`
}
