import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imageKind, isImage } from '../../src/lab/platform/images.ts'
import { kindNamed, kindOf, kinds, pathOf, qualifiedName } from '../../src/lab/platform/kubernetes/kinds.ts'
import { mergePatch, parseSelector } from '../../src/lab/platform/kubernetes/object.ts'
import { readUrl } from '../../src/lab/platform/request.ts'
import { isMap, type Value } from '../../src/manifest/value.ts'

const json = fc.jsonValue({ maxDepth: 3 }).map(value => value as Value)
const object = fc.dictionary(fc.string(), json)

function hasNull(value: Value): boolean {
  return value === null || (isMap(value) && Object.values(value).some(hasNull))
}

describe('mergePatch', () => {
  it('changes nothing by an empty patch, and makes the patch by a patch without nulls of nothing', () => {
    fc.assert(
      fc.property(object, target => {
        expect(mergePatch(target, {})).toEqual(target)
      })
    )
    const whole = object.filter(patch => !hasNull(patch))
    fc.assert(
      fc.property(whole, patch => {
        expect(mergePatch(null, patch)).toEqual(patch)
      })
    )
  })

  it('is done once it is done', () => {
    fc.assert(
      fc.property(object, object, (target, patch) => {
        const once = mergePatch(target, patch)
        expect(mergePatch(once, patch)).toEqual(once)
      })
    )
  })

  it('takes keys away by null, and replaces lists whole', () => {
    const target = { a: { b: 1, c: [1, 2] }, d: 1 }
    expect(mergePatch(target, { a: { b: null, c: [3] } })).toEqual({ a: { c: [3] }, d: 1 })
  })
})

describe('parseSelector', () => {
  const labels = { app: 'web', tier: 'front' }
  it.each([
    ['app=web', true],
    ['app==web', true],
    ['app=db', false],
    ['app!=db', true],
    ['app!=web', false],
    ['app', true],
    ['none', false],
    ['!none', true],
    ['!app', false],
    ['app=web,tier=front', true],
    ['app=web,tier=back', false],
    ['', true]
  ])('%s: %s', (selector, expected) => {
    expect(parseSelector(selector)(labels)).toBe(expected)
  })

  it('refuses what it cannot read', () => {
    expect(() => parseSelector('app in (web)')).toThrow(/unable to parse/)
  })
})

describe('kinds', () => {
  it('are found by each of their names, and lie at paths of their own', () => {
    for (const kind of kinds) {
      for (const name of [kind.plural, kind.kind, qualifiedName(kind), ...kind.shortNames]) {
        expect(kindNamed(name)).toBe(kind)
      }
      expect(kindOf(kind.apiVersion, kind.kind)).toBe(kind)
    }
    expect(new Set(kinds.map(kind => pathOf(kind))).size).toBe(kinds.length)
  })
})

describe('images', () => {
  it.each([
    ['probe', true],
    ['lab/probe:1', true],
    ['registry.test:5000/causeway/probe@sha256:abc', true],
    ['lab/probe-other:1', false],
    ['probe/other', false]
  ])('%s is a probe: %s', (image, expected) => {
    expect(imageKind(image).isProbe).toBe(expected)
  })

  it.each(['', 'Upper/case', 'a b', '-x', 'a//'])('%j is none', text => expect(isImage(text)).toBe(false))
})

describe('readUrl', () => {
  it.each([
    ['http://a:8080/x?y=1', { host: 'a', port: 8080, path: '/x?y=1' }],
    ['https://a', { host: 'a', port: 443, path: '/' }],
    ['10.0.0.1:81', { host: '10.0.0.1', port: 81, path: '/' }],
    ['http://', undefined],
    ['', undefined]
  ])('%s', (text, expected) => {
    expect(readUrl(text)).toEqual(expected)
  })
})
