import { createHash } from 'node:crypto'
import { UserError } from '../core/errors.ts'
import { readYaml } from '../manifest/read-yaml.ts'
import { isRecord, parseJson } from '../tools/table.ts'
import type { CustomizedFile } from './customize.ts'

/** All that a customized release was made of. */
export interface Making {
  /** `0.44.0+silk.1`. */
  readonly version: string
  /** Name of the tarball, without its folder, and the SHA-256 of its bytes. */
  readonly tarball: { readonly name: string; readonly sha256: string }
  readonly upstream: {
    readonly version: string
    readonly commit: string
    /** Where it was cloned from; undefined where the checkout does not say. */
    readonly origin: string | undefined
    /** `config/blobs.yml` of upstream. */
    readonly blobs: string
  }
  readonly revision: number
  /** Every file that differs from upstream. */
  readonly files: readonly CustomizedFile[]
  /** Program → what it says of its version. */
  readonly tools: Readonly<Record<string, string>>
  /** ISO 8601, UTC. */
  readonly time: string
}

const statementType = 'https://in-toto.io/Statement/v1'
const predicateType = 'https://slsa.dev/provenance/v1'
const buildType = 'https://causeway.internal/cfcr-release/v1'

/**
 * What a release was made of, as an in-toto statement with SLSA's provenance (https://slsa.dev/spec/v1.0/provenance). It is not
 * signed: it tells a tarball that was swapped or spoiled from the one that was made, not a liar from an honest maker.
 */
export function provenanceOf(making: Making): string {
  const { version, tarball, upstream, revision, files, tools, time } = making
  const uri =
    upstream.origin === undefined ? {} : { uri: `git+${upstream.origin}@refs/tags/v${upstream.version}` }
  const statement = {
    _type: statementType,
    subject: [{ name: tarball.name, digest: { sha256: tarball.sha256 } }],
    predicateType,
    predicate: {
      buildDefinition: {
        buildType,
        externalParameters: { version, upstream: upstream.version, revision },
        resolvedDependencies: [
          { name: 'kubo-release', ...uri, digest: { gitCommit: upstream.commit } },
          ...files.map(({ path, content, edits }) => ({
            name: path,
            digest: { sha256: createHash('sha256').update(content).digest('hex') },
            ...(edits.length === 0 ? {} : { annotations: { edits } })
          })),
          ...blobsOf(upstream.blobs)
        ]
      },
      runDetails: {
        builder: { id: 'https://causeway.internal/create-cfcr-release', version: tools },
        metadata: { finishedOn: time }
      }
    }
  }
  return `${JSON.stringify(statement, null, 2)}\n`
}

/** Blobs by the digests that upstream names: SHA-1 in old versions, `sha256:…` in later ones. */
function blobsOf(text: string) {
  const blobs = readYaml(text, 'config/blobs.yml')
  if (!isRecord(blobs)) return []
  return Object.entries(blobs).map(([path, blob]) => {
    const said = at(blob, 'sha')
    const sha = typeof said === 'string' ? said : ''
    const [, algorithm = 'sha1', value = ''] = /^(?:(sha\d+):)?(.*)$/.exec(sha) ?? []
    return { name: `blobs/${path}`, digest: { [algorithm]: value } }
  })
}

/** What a statement says of one tarball. */
export interface Provenance {
  readonly version: string
  readonly upstream: string
  readonly commit: string
}

/**
 * Proves that a tarball is the one that a statement tells of, and of the version that is wanted. Throws a UserError
 * (refused, exit code 7) that says what differs; nothing is deployed then.
 */
export function verifyProvenance(
  statement: string,
  found: { readonly name: string; readonly sha256: string },
  wanted: { readonly upstream?: string } = {}
): Provenance {
  const read = readStatement(statement)
  const problems = [
    ...(read.sha256 === found.sha256 ? [] : [`found sha256 ${found.sha256}, expected ${read.sha256}`]),
    ...(wanted.upstream === undefined || wanted.upstream === read.upstream
      ? []
      : [`found one of kubo-release ${read.upstream}, expected ${wanted.upstream}`])
  ]
  if (problems.length > 0) {
    throw new UserError('refused', problems.map(problem => `${found.name}: ${problem}`).join('\n'), {
      hint: 'create the release anew: causeway release create'
    })
  }
  return { version: read.version, upstream: read.upstream, commit: read.commit }
}

function readStatement(text: string): Provenance & { readonly sha256: string } {
  const statement = parseJson(text)
  const subject = first(at(statement, 'subject'))
  const definition = at(at(statement, 'predicate'), 'buildDefinition')
  const parameters = at(definition, 'externalParameters')
  const source = first(at(definition, 'resolvedDependencies'))
  const values = {
    sha256: at(at(subject, 'digest'), 'sha256'),
    version: at(parameters, 'version'),
    upstream: at(parameters, 'upstream'),
    commit: at(at(source, 'digest'), 'gitCommit')
  }
  const isOurs = at(statement, 'predicateType') === predicateType && at(definition, 'buildType') === buildType
  const missing = Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [] : [name]))
  if (!isOurs || missing.length > 0) {
    const found = isOurs ? `nothing of ${missing.join(', ')}` : 'another thing'
    throw new UserError('refused', `provenance: found ${found}, expected a statement of ${buildType}`, {
      hint: 'take the statement that was made with the tarball'
    })
  }
  return values as Provenance & { readonly sha256: string }
}

function at(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined
}
