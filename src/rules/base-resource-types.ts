import { isBefore, type Release } from '../concourse/release.ts'

/** What a worker on Linux brings along (https://github.com/concourse/ci, tasks/build-resource-types-image/Dockerfile). */
const current = [
  'bosh-io-release',
  'bosh-io-stemcell',
  'docker-image',
  'git',
  'github-release',
  'hg',
  'mock',
  'pool',
  'registry-image',
  's3',
  'semver',
  'time'
]

/** What some release before 8.0 brought along, too. */
const former = ['archive', 'bosh-deployment', 'cf', 'tracker', 'vagrant-cloud']

/** The types that need no declaration. */
export function baseResourceTypes(target: Release): readonly string[] {
  return isBefore(target, '8.0') ? [...current, ...former] : current
}
