import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Duration } from '../../src/core/duration.ts'

describe('Duration', () => {
  it.each([
    ['1h30m', 5_400_000],
    ['90s', 90_000],
    ['300ms', 300],
    ['1.5h', 5_400_000],
    ['.5m', 30_000],
    ['2h45m10.5s', 9_910_500],
    ['0', 0]
  ])('reads %s as Go does', (text, milliseconds) => {
    expect(Duration.parse(text).milliseconds).toBeCloseTo(milliseconds, 6)
  })

  it.each(['', '5', '1d', 'banana', '1h banana', '-1h', '1 h', 'h', '1hh'])('refuses %j', text => {
    expect(Duration.tryParse(text)).toBeUndefined()
    expect(() => Duration.parse(text)).toThrow(
      `duration: found ${JSON.stringify(text)}, expected e.g. 1h30m, 90s or 300ms`
    )
  })

  it('prints what it reads', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e10 }), milliseconds => {
        const text = Duration.milliseconds(milliseconds).toString()
        expect(Duration.parse(text).milliseconds).toBe(milliseconds)
      })
    )
  })

  it.each([
    [Duration.hours(1.5), '1h30m'],
    [Duration.milliseconds(0), '0s'],
    [Duration.milliseconds(1250), '1s250ms']
  ])('prints the shortest of Go notations', (duration, text) => {
    expect(duration.toString()).toBe(text)
  })

  it.each([
    [Duration.milliseconds(420), '0.4 s'],
    [Duration.seconds(12), '12 s'],
    [Duration.seconds(200), '3 min 20 s'],
    [Duration.minutes(4), '4 min'],
    [Duration.seconds(9.96), '10 s'],
    [Duration.seconds(59.7), '1 min'],
    [Duration.seconds(239.6), '4 min']
  ])('has words for people', (duration, words) => {
    expect(duration.toWords()).toBe(words)
  })

  it('refuses what is no length of time', () => {
    expect(() => Duration.seconds(-1)).toThrow('expected a number of at least 0')
    expect(() => Duration.hours(Number.NaN)).toThrow('expected a number of at least 0')
  })
})
