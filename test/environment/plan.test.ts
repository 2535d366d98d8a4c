import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPlan } from '../../src/environment/format-plan.ts'
import { planRepave, type PlanInput } from '../../src/environment/plan.ts'
import { readRecord } from '../../src/environment/read-record.ts'
import { readVersionSet } from '../../src/environment/read-version-set.ts'
import { nothing, type Snapshot } from '../../src/environment/snapshot.ts'

const text = (file: string): string => readFileSync(new URL(`../../env/${file}`, import.meta.url), 'utf8')
const record = readRecord(text('play-fern.yml'), 'env/play-fern.yml')
const versions = readVersionSet(text('versions/last-cfcr.yml'), 'env/versions/last-cfcr.yml')

const existing: Snapshot = {
  state: { env_id: 'play-fern', serial: 7 },
  deployments: [
    { name: 'cf', releases: ['silk/2.30.0', 'capi/1.95.0'], stemcells: ['ubuntu-xenial/621.76'] },
    { name: 'minio', releases: [], stemcells: [] },
    { name: 'cfcr', releases: ['kubo/0.44.0+silk.1'], stemcells: ['ubuntu-xenial/621.76'] }
  ],
  vms: [
    { cid: 'vm-1', instance: 'director' },
    { cid: 'vm-2', instance: 'diego-cell/0', deployment: 'cf' },
    { cid: 'vm-3', instance: 'diego-cell/1', deployment: 'cf' },
    { cid: 'vm-4', instance: 'worker/0', deployment: 'cfcr' },
    { cid: 'vm-5', instance: 'compilation/x' },
    { cid: 'vm-0', instance: 'jumpbox' }
  ],
  disks: [{ cid: 'disk-2', deployment: 'cfcr' }, { cid: 'disk-9' }, { cid: 'disk-1' }],
  networks: ['play-fern-network'],
  load_balancers: ['play-fern-tcp', 'play-fern-http']
}

const plan = (changed: Partial<PlanInput> = {}) => planRepave({ record, versions, existing, ...changed })
const names = (items: readonly { kind: string; name: string }[]): string[] =>
  items.map(({ kind, name }) => `${kind} ${name}`)

it('destroys what depends before what it depends on', () => {
  expect(names(plan().destroys)).toEqual([
    'kubernetes objects cfcr',
    'deployment cfcr',
    'deployment minio',
    'deployment cf',
    'orphaned disk disk-1',
    'orphaned disk disk-9',
    'stray VM vm-5',
    'director bosh-play-fern',
    'jumpbox jumpbox-play-fern',
    'load balancer play-fern-http',
    'load balancer play-fern-tcp',
    'network play-fern-network'
  ])
})

it('reads well', async () => {
  await expect(formatPlan(plan())).toMatchFileSnapshot('../golden/environment/plan.txt')
  await expect(formatPlan(plan({ existing: nothing }))).toMatchFileSnapshot(
    '../golden/environment/plan-of-nothing.txt'
  )
})

it('names no release to customize on flannel', () => {
  const flannel = { ...record, network: { ...record.network, kind: 'flannel' } as const }
  expect(names(plan({ record: flannel }).creates)).not.toContain('release kubo')
})

describe('the digest', () => {
  it('is that of the plan, in whatever order the world was listed', () => {
    const { digest } = plan()
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...existing.vms], { minLength: existing.vms.length }),
        fc.shuffledSubarray([...existing.disks], { minLength: existing.disks.length }),
        fc.shuffledSubarray([...existing.deployments], { minLength: existing.deployments.length }),
        (vms, disks, deployments) => {
          expect(plan({ existing: { ...existing, vms, disks, deployments } }).digest).toBe(digest)
        }
      )
    )
  })

  it.each([
    ['a VM more', { existing: { ...existing, vms: existing.vms.slice(1) } }],
    ['another region', { record: { ...record, region: 'europe-west4' } }],
    ['a later state', { existing: { ...existing, state: { env_id: 'play-fern', serial: 8 } } }],
    ['another release', { existing: { ...existing, deployments: existing.deployments.slice(1) } }],
    ['another value of a var', { record: { ...record, cf: { ...record.cf, vars: { a: 1 } } } }],
    ['another version', { versions: { ...versions, programs: { bbl: '9.0.48' } } }],
    ['another scale', { record: { ...record, cf: { ...record.cf, scale: {} } } }]
  ])('%s changes it', (_, changed) => {
    expect(plan(changed).digest).not.toBe(plan().digest)
  })
})
