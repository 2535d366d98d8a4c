import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareKeys } from '../../src/manifest/compare-keys.ts'
import { readYaml, YamlError } from '../../src/manifest/read-yaml.ts'
import { renderYaml } from '../../src/manifest/render-yaml.ts'
import { corpus } from './corpus.ts'

describe('renderYaml', () => {
  it.each(corpus)('reads back what it wrote: $name', ({ manifest }) => {
    const value = readYaml(manifest)
    expect(readYaml(renderYaml(value))).toEqual(value)
  })

  it('reads back any document', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.stringMatching(/^[-?:,[\]{}#&*!|>'"%@` \n\ta0~.y]{0,8}$/)
    )
    const { value } = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.boolean(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(text, tie('value'), { maxKeys: 3, noNullPrototype: true })
      )
    }))
    fc.assert(
      fc.property(value, document => {
        const written = renderYaml(readYaml(JSON.stringify(document)))
        expect(readYaml(written)).toEqual(readYaml(JSON.stringify(document)))
      }),
      { numRuns: 500 }
    )
  })
})

it('compareKeys puts numbers in order and letters last', () => {
  expect(['z10', 'b', 'z9', '_', '2', 'a01', 'a1', '10'].sort(compareKeys)).toEqual([
    '_',
    '2',
    '10',
    'a1',
    'a01',
    'b',
    'z9',
    'z10'
  ])
})

it('readYaml says the line of a mistake', () => {
  expect(() => readYaml('a: 1\nb: [', 'manifest.yml')).toThrow(YamlError)
  expect(() => readYaml('a: 1\na: 2', 'manifest.yml')).toThrow(/^manifest\.yml:\d/)
})
