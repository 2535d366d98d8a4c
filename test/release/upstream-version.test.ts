import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { customizedVersion, upstreamVersion } from '../../src/release/upstream-version.ts'

function refusalOf(work: () => unknown): UserError {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown
    throw thrown
  }
  throw new Error('it was not refused')
}

describe('the version of a commit of kubo-release', () => {
  it.each([
    [['v0.44.0'], undefined, '0.44.0'],
    [['v0.32.0', 'v0.32.0-beta.1'], undefined, '0.32.0'],
    [['v0.31.11', 'v0.32.0'], '0.32.0', '0.32.0'],
    [['v0.31.11', 'v0.32.0'], 'v0.31.11', '0.31.11'],
    [['v0.32.0-beta.0'], '0.32.0-beta.0', '0.32.0-beta.0'],
    [['something', '0.9.0'], undefined, '0.9.0']
  ])('with tags %j and the name %j is %s', (tags, named, version) => {
    expect(upstreamVersion(tags, named)).toBe(version)
  })

  it.each([
    ['no tag', [], undefined, /found no tag on the commit/],
    ['only tags that are not final', ['v0.32.0-beta.0'], undefined, /expected the tag of a final version/],
    [
      'two tags and nobody says which',
      ['v0.31.11', 'v0.32.0'],
      undefined,
      /expected one of them to be named/
    ],
    [
      'another than the one that is named',
      ['v0.44.0'],
      '0.43.0',
      /found v0.44.0 on the commit, expected v0.43.0/
    ],
    ['a name that YAML takes for a number', ['v0.44.0'], '0.44', /found "0.44", expected three numbers/]
  ])('is not told by %s', (_, tags, named, message) => {
    const refusal = refusalOf(() => upstreamVersion(tags, named))
    expect(refusal.outcome).toBe('findings')
    expect(refusal.message).toMatch(message)
    expect(refusal.hint).toMatch(/\w/)
  })

  it('of a customized release is later than upstream’s, and an own one', () => {
    expect(customizedVersion('0.44.0', 3)).toBe('0.44.0+silk.3')
  })
})
