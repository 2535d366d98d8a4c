import { describe, expect, it } from 'vitest'
import { FindingsError } from '../../src/core/finding.ts'
import type { OpsFile } from '../../src/manifest/ops-file.ts'
import { readYaml } from '../../src/manifest/read-yaml.ts'
import { at, listAt, type Value } from '../../src/manifest/value.ts'
import { jobOf } from '../../src/ops/look.ts'
import { makeCf } from '../../src/ops/make-cf.ts'
import { cfManifest, noMore, ourOps } from './manifests.ts'

function made(manifest: Value, wishes = { share: true, small: true }, values = { system_domain: 'x' }) {
  const files = ourOps('cf')
  const ours = (name: string): OpsFile => files.get(name) ?? { name, operations: [] }
  return makeCf({ file: 'cf.yml', manifest, upstream: [], ...noMore, ours }, wishes, values)
}

describe('our ops files for a manifest of cf-deployment', () => {
  it.each([
    [[], ['10', '20']],
    [['adapter'], ['10', '20', '21']],
    [['log-cache'], ['10', '20', '22']]
  ])('with %j besides', (more, numbers) => {
    const { chosen, document } = made(cfManifest(...more))
    expect(chosen.map(({ file }) => file.slice(0, 2))).toEqual(numbers)
    const sizes = listAt(document, 'instance_groups').map(group => [at(group, 'instances'), at(group, 'azs')])
    expect(new Set(sizes.map(size => JSON.stringify(size)))).toEqual(new Set(['[1,["z1"]]']))
  })

  it('share the network', () => {
    expect(at(jobOf(made(cfManifest()).document, 'diego-api', 'silk-controller'), 'provides')).toEqual({
      cf_network: { as: 'cf_network', shared: true }
    })
  })

  it('refuse a manifest of unknown shape, with all that was looked for', () => {
    const other = readYaml(
      'instance_groups: [{name: control, jobs: [{name: silk-controller}]}, {name: diego-cell, jobs: []}]'
    )
    expect(() => made(other)).toThrow(
      'found silk-controller on control, expected silk-controller on diego-api'
    )
    expect(() => made(other)).toThrow('/variables: found no silk_daemon')
  })

  it('leave no var without a value', () => {
    const manifest = readYaml('x: ((y))')
    const withVar = { ...(cfManifest() as Record<string, Value>), more: manifest }
    expect(() => made(withVar)).toThrow(FindingsError)
    expect(() => made(withVar)).toThrow('((y))')
  })
})
