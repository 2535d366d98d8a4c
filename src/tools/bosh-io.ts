import { malformed, type Http } from './http.ts'

/** A final release, as https://bosh.io tells of it. */
export interface BoshIoRelease {
  readonly version: string
  /** Of the tarball. */
  readonly url: string
  /** Absent in old entries. */
  readonly sha256: string | undefined
}

/** A variant of a stemcell: light ones only name an image that the IaaS has, and may come hours later. */
export interface BoshIoStemcellFile {
  readonly url: string
  readonly sha256: string | undefined
}

export interface BoshIoStemcell {
  readonly version: string
  readonly regular: BoshIoStemcellFile | undefined
  readonly light: BoshIoStemcellFile | undefined
}

/** The index of final releases and stemcells. It has no pages and promises no ETags; every failure is an UpstreamError. */
export interface BoshIo {
  /** By the path of the repository: `github.com/cloudfoundry/bpm-release`. */
  releases(path: string): Promise<readonly BoshIoRelease[]>
  /** By the full name: `bosh-google-kvm-ubuntu-jammy-go_agent`. */
  stemcells(name: string): Promise<readonly BoshIoStemcell[]>
}

export function createBoshIo(http: Http, baseUrl: string): BoshIo {
  const listAt = async (url: string): Promise<readonly Fields[]> => {
    const { data } = await http.json(url)
    if (!Array.isArray(data)) throw malformed(url, 'other JSON', 'a list of versions')
    return data.map(fieldsOf)
  }
  return {
    async releases(path) {
      const url = `${baseUrl}/api/v1/releases/${path}`
      return (await listAt(url)).map(({ version, url: tarball, sha256 }) => {
        if (typeof version !== 'string' || typeof tarball !== 'string')
          throw malformed(url, 'a release without version or address', 'both')
        return { version, url: tarball, sha256: textOf(sha256) }
      })
    },
    async stemcells(name) {
      const url = `${baseUrl}/api/v1/stemcells/${name}?all=1`
      return (await listAt(url)).map(({ version, regular, light }) => {
        if (typeof version !== 'string') throw malformed(url, 'a stemcell without version', 'one')
        return { version, regular: stemcellFile(regular), light: stemcellFile(light) }
      })
    }
  }
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function stemcellFile(value: unknown): BoshIoStemcellFile | undefined {
  const { url, sha256 } = fieldsOf(value)
  return typeof url === 'string' ? { url, sha256: textOf(sha256) } : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
