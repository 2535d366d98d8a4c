import type { ValueMap } from '../../../src/manifest/value.ts'

export const stemcellUrl = 'https://bosh.io/d/stemcells/bosh-lab-ubuntu-jammy?v=1.100'
export const natsUrl = 'https://bosh.io/d/github.com/cloudfoundry/nats-release?v=56.21.0'
export const silkUrl = 'https://bosh.io/d/github.com/cloudfoundry/silk-release?v=3.53.0'

/** An instance group with one small VM; `more` is laid over it. */
export function group(name: string, more: ValueMap = {}): ValueMap {
  return {
    name,
    azs: ['z1'],
    instances: 1,
    vm_type: 'minimal',
    stemcell: 'default',
    networks: [{ name: 'default' }],
    jobs: [{ name: 'nats', release: 'nats', properties: {} }],
    ...more
  }
}

/** A deployment of some instance groups; `more` is laid over it. */
export function deployment(name: string, groups: readonly ValueMap[], more: ValueMap = {}): ValueMap {
  return {
    name,
    releases: [{ name: 'nats', version: '56.21.0' }],
    stemcells: [{ alias: 'default', os: 'ubuntu-jammy', version: '1.100' }],
    update: { canaries: 1, max_in_flight: 1, canary_watch_time: '1-2', update_watch_time: '1-2' },
    instance_groups: [...groups],
    ...more
  }
}

/** The network of a Cloud Foundry: its controller, and a job that consumes its link. */
export function silkGroups(consumes: ValueMap, provides: ValueMap): { cf: ValueMap; cfcr: ValueMap } {
  const daemon = { name: 'silk-daemon', release: 'silk', consumes: { ...consumes, vpa: 'nil' } }
  return {
    cf: group('diego-api', { jobs: [{ name: 'silk-controller', release: 'silk', provides }] }),
    cfcr: group('worker', { jobs: [daemon] })
  }
}

export const silkRelease: ValueMap = { releases: [{ name: 'silk', version: '3.53.0' }] }
