import { describe, expect, it } from 'vitest'
import { FindingsError } from '../../src/core/finding.ts'
import { isAtLeast, releaseVersion, versionIn } from '../../src/core/version.ts'

describe('a version of a release', () => {
  it.each([
    ['v0.44.0', '0.44.0'],
    ['2.30.0', '2.30.0'],
    ['v0.32.0-beta.1', '0.32.0-beta.1'],
    ['0.44.0+silk.3', '0.44.0+silk.3'],
    ['1.1', undefined],
    ['0.44.0.1', undefined],
    ['vv1.2.3', undefined],
    ['1.2.3+', undefined],
    ['latest', undefined]
  ])('in %j is %j', (text, version) => {
    expect(versionIn(text)).toBe(version)
  })

  it('is refused with its place where it is none', () => {
    expect(() => releaseVersion('0.44', 'params.KUBO_VERSION')).toThrow(FindingsError)
    expect(() => releaseVersion('0.44', 'params.KUBO_VERSION')).toThrow('params.KUBO_VERSION: found "0.44"')
  })

  it.each([
    ['0.20.0', '0.20.0', true],
    ['0.19.9', '0.20.0', false],
    ['0.100.0', '0.20.0', true],
    ['1.0.0', '0.20.0', true],
    ['0.20.0+silk.1', '0.20.0', true],
    ['v3.1.9', '3.2.0', false]
  ])('%s is at least %s: %j', (version, other, expected) => {
    expect(isAtLeast(version, other)).toBe(expected)
  })
})
