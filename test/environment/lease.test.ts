import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  formatLease,
  formatQuarantine,
  parseLease,
  parseQuarantine,
  type Lease
} from '../../src/environment/lease.ts'

const time = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map(date => date.toISOString())
const text = fc.string({ unit: 'grapheme' })

const leases = fc.record(
  {
    environment: text,
    holder: text,
    pipeline: text,
    run: text,
    acquired_at: time,
    expires_at: time,
    grace: fc.constantFrom('30m', '0s', '1h30m'),
    lock: text
  },
  { requiredKeys: ['environment', 'holder', 'acquired_at', 'expires_at', 'grace'] }
)

it('what is written is read again, whatever the texts are', () => {
  fc.assert(
    fc.property(leases, lease => {
      expect(parseLease(formatLease(lease))).toEqual(lease)
    })
  )
  const quarantines = fc.record({
    environment: text,
    reason: text,
    holder: text,
    quarantined_at: time,
    lock: text
  })
  fc.assert(
    fc.property(quarantines, one => {
      expect(parseQuarantine(formatQuarantine(one))).toEqual(one)
    })
  )
})

it('looks the same each time, and reads well', () => {
  const lease: Lease = {
    grace: '5m',
    expires_at: '2026-11-22T12:33:11.000Z',
    acquired_at: '2026-11-22T12:03:11.000Z',
    run: '20261122-120311',
    holder: 'alice@desk',
    environment: 'lab'
  }
  expect(formatLease(lease)).toBe(
    `environment: "lab"
holder: "alice@desk"
run: "20261122-120311"
acquired_at: "2026-11-22T12:03:11.000Z"
expires_at: "2026-11-22T12:33:11.000Z"
grace: "5m"
`
  )
})

it.each([
  ['nothing', ''],
  ['metadata of a pool', 'director: 10.0.0.6\n'],
  ['text', 'claimed'],
  ['no YAML', '{'],
  ['a time that is none', 'environment: a\nholder: b\nacquired_at: x\nexpires_at: y\ngrace: 5m\n'],
  [
    'a grace that is none',
    'environment: a\nholder: b\nacquired_at: "2026-11-22"\nexpires_at: "2026-11-22"\ngrace: 1d\n'
  ]
])('%s is no lease', (_, found) => {
  expect(parseLease(found)).toBeUndefined()
})
