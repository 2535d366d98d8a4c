import { describe, expect, it } from 'vitest'
import { FindingsError } from '../../src/core/finding.ts'
import type { OpsFile } from '../../src/manifest/ops-file.ts'
import { readYaml } from '../../src/manifest/read-yaml.ts'
import { at, listAt, type Value } from '../../src/manifest/value.ts'
import { jobOf } from '../../src/ops/look.ts'
import { makeCf } from '../../src/ops/make-cf.ts'
import { cfManifest, noMore, ourOps } from './manifests.ts'

const wanted = {
  systemDomain: 'x',
  share: true,
  overlay: '10.250.0.0/16',
  subnetPrefix: 25,
  small: true
}

function made(manifest: Value, wishes = wanted) {
  const files = ourOps('cf')
  const ours = (name: string): OpsFile => files.get(name) ?? { name, operations: [] }
  return makeCf({ file: 'cf.yml', manifest, upstream: [], ...noMore, ours }, wishes, {})
}

describe('our ops files for a manifest of cf-deployment', () => {
  it.each([
    [[], ['10', '11', '20']],
    [['adapter'], ['10', '11', '20', '21']],
    [['log-cache'], ['10', '11', '20', '22']]
  ])('with %j besides', (more, numbers) => {
    const { chosen, document } = made(cfManifest(...more))
    expect(chosen.map(({ file }) => file.slice(0, 2))).toEqual(numbers)
    const sizes = listAt(document, 'instance_groups').map(group => [at(group, 'instances'), at(group, 'azs')])
    expect(new Set(sizes.map(size => JSON.stringify(size)))).toEqual(new Set(['[1,["z1"]]']))
  })

  it('tell silk-controller of the overlay that CFCR is told of, and leave it alone where nobody joins', () => {
    const controller = (wishes: typeof wanted) =>
      jobOf(made(cfManifest(), wishes).document, 'diego-api', 'silk-controller')
    expect(at(controller(wanted), 'properties')).toEqual({
      network: '10.250.0.0/16',
      subnet_prefix_length: 25
    })
    expect(controller({ ...wanted, share: false })).toEqual({ name: 'silk-controller', properties: {} })
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
