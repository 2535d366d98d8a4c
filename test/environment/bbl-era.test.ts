import { describe, expect, it } from 'vitest'
import { eraOf } from '../../src/environment/bbl-era.ts'
import { guardEra } from '../../src/environment/place-files.ts'

describe('the era of a bbl', () => {
  it.each([
    ['bbl 6.10.46 (linux/amd64)', '0.11'],
    ['bbl 8.4.9 (linux/amd64)', '0.11'],
    ['bbl 8.4.40 (linux/amd64)', '0.11'],
    ['bbl 8.4.41 (linux/amd64)', '1'],
    ['bbl 8.4.41-rc.1 (linux/amd64)', '1'],
    ['bbl 8.5.0 (darwin/arm64)', '1'],
    ['bbl 9.0.48 (linux/amd64)', '1'],
    ['10.0.0', '1']
  ])('%s has terraform %s', (printed, era) => {
    expect(eraOf(printed)).toBe(era)
  })

  it('is not guessed where bbl names no version', () => {
    expect(() => eraOf('bbl dev (linux/amd64)')).toThrow('expected a version like 8.4.40')
  })

  it('that has no load balancers for Azure is refused there, and nowhere else', () => {
    expect(() => guardEra('0.11', 'azure')).toThrow(expect.objectContaining({ outcome: 'refused' }))
    expect(() => guardEra('0.11', 'gcp')).not.toThrow()
    expect(() => guardEra('1', 'azure')).not.toThrow()
  })
})
