import { expect, it } from 'vitest'
import type { JsonObject, Step } from '../../../src/concourse/model.ts'
import { refused, resource, run, sh } from '../bench.ts'

async function seen(moment: string, source: JsonObject): Promise<readonly string[]> {
  const steps: Step[] = [
    { kind: 'get', name: 'timer', trigger: true },
    sh('look', 'cat timer/timestamp; echo; cat timer/epoch; echo; cat timer/input', { inputs: ['timer'] })
  ]
  const resources = [resource('timer', 'time', source)]
  const told = await run(steps, { resources, now: () => new Date(moment) })
  return told.output('look')
}

it.each([
  ['2026-11-23T12:00:00.500Z', {}, '2026-11-23 12:00:00.5 +0000 UTC', '2026-11-23T12:00:00.5Z'],
  ['2026-11-23T12:00:00.000Z', { interval: '24h' }, '2026-11-23 12:00:00 +0000 UTC', '2026-11-23T12:00:00Z'],
  [
    '2026-11-23T23:30:10.120Z',
    { location: 'Asia/Kolkata' },
    '2026-11-24 05:00:10.12 +0530 +0530',
    '2026-11-24T05:00:10.12+05:30'
  ],
  [
    '2026-11-23T02:00:00.000Z',
    { location: 'America/New_York' },
    '2026-11-22 21:00:00 -0500 -0500',
    '2026-11-22T21:00:00-05:00'
  ]
])('at %s with %j leaves the time as Go prints it', async (moment, source, printed, version) => {
  const [timestamp, epoch, input] = await seen(moment, source)
  expect(timestamp).toBe(printed)
  expect(Number(epoch)).toBe(Math.floor(Date.parse(moment) / 1000))
  expect(JSON.parse(input ?? '')).toEqual({ source, version: { time: version }, params: {} })
})

it('makes the time of a put its version', async () => {
  const steps: Step[] = [{ kind: 'put', name: 'timer' }, sh('look', 'cat timer/epoch', { inputs: ['timer'] })]
  const resources = [resource('timer', 'time', {})]
  const told = await run(steps, { resources, now: () => new Date(1000) })
  expect(told.output('look')).toEqual(['1'])
})

it('knows its time zones', async () => {
  const found = await refused([{ kind: 'get', name: 'timer' }], {
    resources: [resource('timer', 'time', { location: 'Middle/Earth' })]
  })
  expect(found.map(({ path }) => path)).toEqual(['jobs.job.plan[0].get(timer).source.location'])
})
