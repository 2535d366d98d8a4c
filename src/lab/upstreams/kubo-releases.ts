import type { Value } from '../../manifest/value.ts'

interface PinnedRelease {
  readonly name: string
  readonly version: string
  /** Where its source release is. */
  readonly source: string
}

/** Releases of CFCR, at the versions of kubo-deployment v0.44.0. */
const pinned: readonly PinnedRelease[] = [
  {
    name: 'kubo',
    version: '0.44.0',
    source:
      'https://github.com/cloudfoundry-incubator/kubo-release/releases/download/v0.44.0/kubo-release-0.44.0.tgz'
  },
  {
    name: 'cfcr-etcd',
    version: '1.12.4',
    source: 'https://bosh.io/d/github.com/cloudfoundry-incubator/cfcr-etcd-release?v=1.12.4'
  },
  {
    name: 'docker',
    version: '35.3.4',
    source: 'https://bosh.io/d/github.com/cloudfoundry-incubator/docker-boshrelease?v=35.3.4'
  },
  {
    name: 'bpm',
    version: '1.1.8',
    source: 'https://bosh.io/d/github.com/cloudfoundry/bpm-release?v=1.1.8'
  }
]

/** As the manifest has them: compiled for its stemcell. */
export function kuboReleases(): Value[] {
  return pinned.map(({ name, version }) => ({
    name,
    version,
    url: `https://storage.googleapis.com/kubo-precompiled-releases/${name}-${version}-ubuntu-xenial-621.76.tgz`,
    stemcell: { os: 'ubuntu-xenial', version: '621.76' }
  }))
}

export function kuboSourceReleases(): Value[] {
  return pinned.map(({ name, version, source }) => ({ name, version, url: source }))
}
