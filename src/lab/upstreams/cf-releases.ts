import type { Value } from '../../manifest/value.ts'

interface PinnedRelease {
  readonly name: string
  readonly version: string
  /** Repository on GitHub, where it is not `cloudfoundry/<name>-release`. */
  readonly repository?: string
}

/** Releases of the instance groups, at the versions of cf-deployment v13.5.0. */
const pinned: readonly PinnedRelease[] = [
  { name: 'bosh-dns-aliases', version: '0.0.3', repository: 'cloudfoundry/bosh-dns-aliases-release' },
  { name: 'bpm', version: '1.1.8' },
  { name: 'capi', version: '1.95.0' },
  { name: 'cf-cli', version: '1.26.0', repository: 'bosh-packages/cf-cli-release' },
  { name: 'cf-networking', version: '2.30.0' },
  { name: 'cf-smoke-tests', version: '40.0.128' },
  { name: 'cflinuxfs3', version: '0.195.0' },
  { name: 'credhub', version: '2.6.0', repository: 'pivotal-cf/credhub-release' },
  { name: 'diego', version: '2.47.0' },
  { name: 'garden-runc', version: '1.19.12' },
  { name: 'log-cache', version: '2.7.1' },
  { name: 'loggregator', version: '106.3.10' },
  { name: 'nats', version: '34' },
  { name: 'pxc', version: '0.27.0', repository: 'cloudfoundry-incubator/pxc-release' },
  { name: 'routing', version: '0.201.0' },
  { name: 'silk', version: '2.30.0' },
  { name: 'uaa', version: '74.21.0' }
]

export function cfReleases(): Value[] {
  return pinned.map(({ name, version, repository = `cloudfoundry/${name}-release` }) => ({
    name,
    version,
    url: `https://bosh.io/d/github.com/${repository}?v=${version}`
  }))
}

/** The same releases, compiled already for one stemcell. */
export function cfCompiledReleases(stemcell: { readonly os: string; readonly version: string }): Value[] {
  return pinned.map(({ name, version }) => ({
    name,
    version,
    url: `https://storage.googleapis.com/cf-deployment-compiled-releases/${name}-${version}-${stemcell.os}-${stemcell.version}.tgz`,
    stemcell: { ...stemcell }
  }))
}
