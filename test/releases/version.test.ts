import { compareBuild, parse, valid } from 'semver'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions, isSame, orderOf, riskOf } from '../../src/releases/order.ts'
import { identityOf, isFinal, readVersion, type Scheme, type Version } from '../../src/releases/version.ts'

const read = (text: string, scheme: Scheme = 'loose'): Version => {
  const version = readVersion(text, scheme)
  if (version === undefined) throw new Error(`${text} is no version`)
  return version
}

describe('order of versions', () => {
  it.each([
    ['v54.9.0', 'v54.10.0', 'cf-deployment: by number, not by text'],
    ['456.3', '456.30', 'stemcells: 456.30 is not 456.3'],
    ['1.9', '1.10', 'stemcells of jammy'],
    ['250.199', '315.2', 'lines of xenial'],
    ['9', '28', 'docker-boshrelease: one number'],
    ['28', 'v30.0.0-rc.1', 'docker-boshrelease: one number, then three'],
    ['v30.0.0-rc.2', 'v30.0.0', 'a candidate before its final version'],
    ['v30.0.0-rc.9', 'v30.0.0-rc.10', 'candidates by number'],
    ['36.0.0', '36.0.2', 'docker-boshrelease: .1 is missing'],
    ['0.3.0', '2.0.0', 'silk-release jumped'],
    ['v0.31.11', 'v0.32.0', 'kubo-release: two tags on one commit are two versions'],
    ['0.10.0-alpha', '0.10.0-beta.1', 'alpha before beta'],
    ['0.10.0-beta.1', '0.10.0-beta.2', 'beta by number'],
    ['0.10.0-beta.9', '0.10.0-build.1', 'beta before build'],
    ['0.10.0-build.1', '0.10.0', 'build before final'],
    ['v9.0.46', 'v9.0.48', 'bbl: 9.0.47 is missing'],
    ['v1.9.5', 'v1.10.0', 'cfcr-etcd-release: two tags on one commit'],
    ['0.1.0', '20241124093015123456789.0.0', 'more digits than a number holds'],
    ['20241124093015123456788', '20241124093015123456789', 'and they differ in the last one']
  ])('%s < %s (%s)', (earlier, later) => {
    expect(orderOf(read(earlier), read(later))).toBeLessThan(0)
    expect(orderOf(read(later), read(earlier))).toBeGreaterThan(0)
  })

  it.each([
    ['v3.9.0', '3.9.0', true],
    ['v3.23.0', '3.23.0', true],
    ['25', 'v25', true],
    ['1.1', 'v1.1.0', false],
    ['1.0', '1', false],
    ['0.44.0', '0.44.0+silk.1', false],
    ['01.1', '1.1', false]
  ])('%s and %s: none is later; one version: %s', (one, other, same) => {
    expect(orderOf(read(one), read(other))).toBe(0)
    expect(isSame(read(one), read(other))).toBe(same)
    expect(compareVersions(read(one), read(other)) === 0).toBe(same)
  })

  it('puts the customized release above the one that it is made of', () => {
    expect(compareVersions(read('0.44.0+silk.1'), read('0.44.0'))).toBeGreaterThan(0)
    expect(compareVersions(read('0.44.0+silk.10'), read('0.44.0+silk.9'))).toBeGreaterThan(0)
  })

  it.each([
    ['1.2.3', '2.0.0', 'major'],
    ['621.76', '621.77', 'minor'],
    ['1.2', '1.2.0.1', 'patch'],
    ['0.31.1', '0.32.0', 'minor'],
    ['1.2.3-rc.1', '1.2.3', 'patch']
  ])('from %s to %s is %s', (from, to, risk) => expect(riskOf(read(from), read(to))).toBe(risk))

  it('takes commits for the most, and says nothing of their order', () => {
    const [one, other] = [read('a'.repeat(40), 'commit'), read('b'.repeat(40), 'commit')]
    expect(riskOf(one, other)).toBe('major')
    expect(orderOf(one, other)).toBe(0)
    expect(isSame(one, other)).toBe(false)
  })
})

describe('what is no version', () => {
  it.each([
    ['upstream', 'loose'],
    ['last-xenial', 'loose'],
    ['', 'loose'],
    ['v', 'loose'],
    ['1..2', 'loose'],
    ['vv1', 'loose'],
    ['1.0.x', 'loose'],
    ['1.0-', 'loose'],
    ['1.0\n', 'loose'],
    ['1.0', 'semver'],
    ['1.02.0', 'semver'],
    ['1.0.0-01', 'semver'],
    ['1.0.0.0', 'semver'],
    ['abc1234', 'commit'],
    ['v58.0.0', 'commit']
  ] as const)('%j is none of %s', (text, scheme) => expect(readVersion(text, scheme)).toBeUndefined())

  it('reads junk that has the shape of a candidate as one, so that it is no final version', () => {
    expect(isFinal(read('v0.0.1-cli', 'semver'))).toBe(false)
  })
})

const digits = fc.oneof(fc.nat(30).map(String), fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String))
const words = fc.array(
  fc.oneof(fc.nat(12).map(String), fc.constantFrom('alpha', 'beta', 'rc', 'build', 'x-1')),
  {
    minLength: 1,
    maxLength: 3
  }
)
const suffixes = fc
  .tuple(fc.option(words, { nil: undefined }), fc.option(words, { nil: undefined }))
  .map(
    ([pre, build]) =>
      `${pre === undefined ? '' : `-${pre.join('.')}`}${build === undefined ? '' : `+${build.join('.')}`}`
  )
const looseTexts = fc
  .tuple(fc.boolean(), fc.array(digits, { minLength: 1, maxLength: 4 }), suffixes)
  .map(([v, numbers, suffix]) => `${v ? 'v' : ''}${numbers.join('.')}${suffix}`)
const semverTexts = fc
  .tuple(fc.nat(3), fc.nat(30), fc.nat(3), suffixes)
  .map(([major, minor, patch, suffix]) => `${major}.${minor}.${patch}${suffix}`)

describe('properties', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(looseTexts, text => {
        const version = read(text)
        expect(version.text).toBe(text)
        const again = [
          version.numbers.join('.'),
          version.prerelease.length === 0 ? '' : `-${version.prerelease.join('.')}`,
          version.build.length === 0 ? '' : `+${version.build.join('.')}`
        ].join('')
        expect(again).toBe(identityOf(version))
      })
    )
  })

  it('is a total order, in which only spellings of one version are equal', () => {
    fc.assert(
      fc.property(looseTexts, looseTexts, looseTexts, (...texts) => {
        const [a, b, c] = texts.map(text => read(text))
        if (a === undefined || b === undefined || c === undefined) return
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0)
        expect(compareVersions(a, b) === 0).toBe(isSame(a, b))
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
        // What is later comes later in the total order too.
        if (orderOf(a, b) !== 0) expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(orderOf(a, b)))
      }),
      { numRuns: 300 }
    )
  })

  it('orders and reads as the package semver does', () => {
    fc.assert(
      fc.property(semverTexts, semverTexts, (a, b) => {
        expect(Math.sign(compareVersions(read(a, 'semver'), read(b, 'semver')))).toBe(compareBuild(a, b))
        const parsed = parse(a)
        expect(read(a, 'semver').prerelease).toEqual(parsed?.prerelease.map(String))
      }),
      { numRuns: 300 }
    )
    fc.assert(
      fc.property(
        looseTexts.map(text => text.replace(/^v/, '')),
        text => {
          // The package refuses numbers that it can't hold.
          if (/\d{16}/.test(text)) return
          expect(readVersion(text, 'semver') !== undefined).toBe(valid(text) !== null)
        }
      )
    )
  })
})
