import { UserError } from '../core/errors.ts'
import { orderOf } from './order.ts'
import { isFinal, readVersion, type Version } from './version.ts'

/** Which versions are wanted: `>=2.11.0 <4`, `621.x`, `0.31.x`. All that its text says must hold. */
export interface Constraint {
  readonly text: string
  /** The first part of the text that a version does not keep; undefined where it keeps all. */
  brokenBy(version: Version): string | undefined
}

/** Throws a UserError (findings, exit code 3) where a part of the text is neither a line nor a bound. */
export function readConstraint(text: string): Constraint {
  const parts = text.trim().split(/\s+/)
  const held = parts.map(part => ({ part, holds: lineOf(part) ?? boundOf(part) }))
  const unread = held.find(({ holds }) => holds === undefined)
  if (unread !== undefined) {
    throw new UserError(
      'findings',
      `constraint: found ${JSON.stringify(unread.part)}, expected a line or bounds of versions`,
      { hint: 'write a line like 621.x, or bounds like >=2.11.0 <4' }
    )
  }
  return {
    text: parts.join(' '),
    brokenBy: version => held.find(({ holds }) => holds?.(version) === false)?.part
  }
}

type Holds = (version: Version) => boolean

/** `0.31.x`: the numbers begin so, whatever follows. */
function lineOf(part: string): Holds | undefined {
  const line = /^v?(\d+(?:\.\d+)*)\.[x*]$/.exec(part)?.[1]?.split('.')
  if (line === undefined) return undefined
  return version => {
    const begin = line.map((_, index) => version.numbers[index] ?? '0')
    return version.scheme !== 'commit' && orderOf(numbered(begin), numbered(line)) === 0
  }
}

/** `<4`, `>=2.11.0`; a version alone is that one. */
function boundOf(part: string): Holds | undefined {
  const [, operator = '=', text = ''] = /^([<>]=?|=)?(.+)$/.exec(part) ?? []
  const bound = readVersion(text, 'loose')
  if (bound === undefined) return undefined
  return version => {
    if (version.scheme === 'commit') return false
    // 4.0.0-rc.1 comes before 4.0.0 and is a 4 all the same: it is not what a person means by `<4`.
    const order = orderOf(operator === '<' && isFinal(bound) ? numbered(version.numbers) : version, bound)
    switch (operator) {
      case '<':
        return order < 0
      case '<=':
        return order <= 0
      case '>':
        return order > 0
      case '>=':
        return order >= 0
      default:
        return order === 0
    }
  }
}

function numbered(numbers: readonly string[]): Version {
  return { text: numbers.join('.'), scheme: 'loose', numbers, prerelease: [], build: [] }
}
