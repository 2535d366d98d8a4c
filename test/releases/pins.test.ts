import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FindingsError } from '../../src/core/finding.ts'
import { readVersionSet } from '../../src/environment/read-version-set.ts'
import { readWatchers } from '../../src/environment/read-watchers.ts'
import { readConstraint } from '../../src/releases/constraint.ts'
import { pinsOf } from '../../src/releases/pins.ts'
import { readVersion } from '../../src/releases/version.ts'

const env = new URL('../../env/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, env), 'utf8')

const watchers = readWatchers(read('watchers/upstreams.yml'), 'env/watchers/upstreams.yml')
const sets = readdirSync(new URL('versions/', env)).map(file =>
  readVersionSet(read(`versions/${file}`), file)
)

describe.each(sets.map(set => [set.name, set] as const))('version set %s', (_, set) => {
  const pins = pinsOf(set, watchers)

  it('has a watcher for all that it pins', () => {
    expect(pins.filter(({ upstream }) => upstream === undefined).map(({ path }) => path)).toEqual([])
  })

  it('pins versions that the scheme of their upstream reads, and that are within what the set can use', () => {
    const wrong = pins.filter(({ upstream = '', version: text }) => {
      const watcher = watchers.upstreams[upstream]
      if (watcher === undefined || watcher.signal === 'none') return false
      const version = readVersion(text, watcher.scheme)
      const within = watcher.within[set.name]
      if (version === undefined) return true
      return within !== undefined && readConstraint(within).brokenBy(version) !== undefined
    })
    expect(wrong).toEqual([])
  })
})

describe('watchers', () => {
  it('pin nothing twice, and are pinned or brought by another', () => {
    const all = Object.values(watchers.upstreams).flatMap(({ pins }) => pins)
    expect(all).toEqual([...new Set(all)])
    const loose = Object.entries(watchers.upstreams).filter(
      ([, { pins, brought_by: by }]) => pins.length === 0 && by === undefined
    )
    expect(loose).toEqual([])
  })

  it('name version sets that there are', () => {
    const names = [
      ...Object.keys(watchers.frozen),
      ...Object.values(watchers.upstreams).flatMap(({ within }) => Object.keys(within))
    ]
    expect(names.filter(name => !sets.some(set => set.name === name))).toEqual([])
  })

  it.each([
    [
      'a signal without what it needs',
      '{ doc: Manifest and ops files., signal: releases }',
      'watcher-incomplete'
    ],
    [
      'an upstream that is none',
      '{ doc: Manifest and ops files., signal: none, because: nobody knows, brought_by: cff }',
      'watcher-unknown'
    ],
    [
      'an unknown key',
      '{ doc: Manifest and ops files., signal: none, because: nobody knows, tag: v }',
      'unknown-key'
    ]
  ])('tell of %s', (_, upstream, code) => {
    let codes: readonly string[] = []
    try {
      readWatchers(`upstreams:\n  cf: ${upstream}\n`, 'w.yml')
    } catch (thrown) {
      if (thrown instanceof FindingsError) codes = thrown.findings.map(finding => finding.code)
    }
    expect(codes).toEqual([code])
  })
})
