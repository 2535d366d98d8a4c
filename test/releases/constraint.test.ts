import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { readConstraint } from '../../src/releases/constraint.ts'
import { readVersion } from '../../src/releases/version.ts'

const broken = (constraint: string, text: string): string | undefined => {
  const version = readVersion(text, text.length === 40 ? 'commit' : 'loose')
  if (version === undefined) throw new Error(`${text} is no version`)
  return readConstraint(constraint).brokenBy(version)
}

describe('constraints', () => {
  it.each([
    ['621.x', '621.76'],
    ['621.x', '621'],
    ['0.31.x', 'v0.31.11'],
    ['1.*', '1.425'],
    ['>=2.11.0 <4', '2.11.0'],
    ['>=2.11.0 <4', '3.9.0'],
    ['>=2.11.0 <4', '3.99.99.99'],
    ['<3.27.0', 'v3.26.0'],
    ['>=54.10', 'v54.10.0'],
    ['1.1', '1.1.0'],
    ['<=1.1', '1.1.0'],
    ['<4.0.0-rc.2', '4.0.0-rc.1'],
    ['456.3.x', '456.3.1']
  ])('%s takes %s', (constraint, version) => expect(broken(constraint, version)).toBeUndefined())

  it.each([
    ['621.x', '621.x', '6210.1'],
    ['621.x', '621.x', '622.1'],
    ['0.31.x', '0.31.x', 'v0.32.0'],
    ['456.3.x', '456.3.x', '456.30.1'],
    ['>=2.11.0 <4', '<4', '4.0.0'],
    ['>=2.11.0 <4', '<4', '4.0.0-rc.1'],
    ['>=2.11.0 <4', '>=2.11.0', '2.11.0-rc.1'],
    ['>=2.11.0 <4', '>=2.11.0', '2.9.0'],
    ['>1.1', '>1.1', '1.1.0'],
    ['>=0', '>=0', 'a'.repeat(40)],
    ['1.x', '1.x', 'a'.repeat(40)]
  ])('%s refuses by its part %s the version %s', (constraint, part, version) =>
    expect(broken(constraint, version)).toBe(part)
  )

  it.each(['latest', '~1.2', '>=', '', '1.x.2', '>=1 || <0'])('can not read %j', text =>
    expect(() => readConstraint(text)).toThrow(UserError)
  )
})
