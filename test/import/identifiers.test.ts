import { transformSync } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { camelCased, Identifiers } from '../../src/import/identifiers.ts'

describe('identifiers', () => {
  it('spells words as one name', () => {
    expect(camelCased('cf-deployment')).toBe('cfDeployment')
    expect(camelCased('CF_DEPLOY')).toBe('cfDeploy')
    expect(camelCased('Größe 2')).toBe('größe2')
  })

  it('keeps a letter as it is whose capital is newer than what compilers know', () => {
    // ƛ has a capital only since Unicode 16.
    expect(camelCased('a-ƛ')).toBe('aƛ')
  })

  it('makes names that a compiler takes, each but once', () => {
    const names = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(names, words => {
        const identifiers = new Identifiers([])
        const taken = words.map(word => identifiers.take(word, 'job'))
        expect(new Set(taken).size).toBe(taken.length)
        transformSync(taken.map(name => `const ${name} = 0`).join('\n'), { loader: 'ts' })
      })
    )
  })
})
