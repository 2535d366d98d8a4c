import fc from 'fast-check'
import type { Pipeline } from '../../src/concourse/model.ts'
import { awkwardTexts } from './awkward.ts'
import { pipeline } from './pipelines.ts'

const texts = awkwardTexts.filter(text => text !== '<<')

/** Awkward texts as items, keys and values. Each key in a map of its own, for fly has no one order of all of them. */
export const awkwardPipeline: Pipeline = {
  resources: [{ name: 'a', type: 'b', source: { texts: texts.map(text => [text, { [text]: text }]) } }],
  jobs: [{ name: 'j', plan: [] }]
}

const intervals = [
  '',
  'never',
  '0s',
  '1m',
  '90s',
  '1h30m',
  '36h',
  '1.5h',
  '100ms',
  '5us',
  '7ns',
  '1h1ms',
  '-2m'
]

/** Letters that came after Unicode 15, which is Go's, and all others beyond the basic plane. */
const newLetter = /(?=\p{L})[\u{10000}-\u{10ffff}]|[\u088f\u0c5c\u0cdc\u1c89\u1c8a\ua7cb-\ua7dc\ua7f1]/gu

/** Pipelines that fly can read, if only to print them: lengths of time are some, and limits are not below 0. */
export const keptPipeline: fc.Arbitrary<Pipeline> = fc
  .tuple(pipeline, fc.nat())
  .map(([value, seed]) => readable(value, seed) as Pipeline)

function readable(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => readable(item, seed + 1))
  if (typeof value !== 'object' || value === null) return value
  const entries: [string, unknown][] = Object.entries(value)
  return Object.fromEntries(
    entries.map(([name, item], index) => {
      const key = name.replace(newLetter, 'x')
      if (key === 'check_every' && typeof item === 'string')
        return [key, intervals[(seed + index) % intervals.length]]
      if (key === 'ttl' && typeof item === 'string') return [key, '5s']
      if ((key === 'cpu' || key === 'memory') && typeof item === 'number') return [key, Math.abs(item)]
      return [key, readable(item, seed + index)]
    })
  )
}
