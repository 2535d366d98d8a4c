import { createHash } from 'node:crypto'
import type { Value, ValueMap } from '../../manifest/value.ts'
import { scriptFile, textFile, yamlFile, type RepositoryFile } from './repository.ts'

/** A job of a release, as far as its spec says it. */
export interface JobSkeleton {
  readonly name: string
  readonly description: string
  /** It has `bin/run`, and is run on demand. */
  readonly isErrand?: true
  readonly packages?: readonly string[]
  readonly provides?: readonly ValueMap[]
  readonly consumes?: readonly ValueMap[]
  /** Name → what it is for, and its default where it has one. */
  readonly properties?: Readonly<Record<string, { readonly description: string; readonly default?: Value }>>
}

export interface ReleaseSkeleton {
  readonly name: string
  readonly version: string
  readonly jobs: readonly JobSkeleton[]
  readonly packages: readonly string[]
}

/** The files of a release's repository: configuration, jobs, packages, and the index of its final version. */
export function releaseFiles(release: ReleaseSkeleton): Readonly<Record<string, RepositoryFile>> {
  return Object.fromEntries([
    ['config/final.yml', yamlFile('What the release is called.', { name: release.name })],
    ['config/blobs.yml', textFile('{}\n')],
    // Empty, but there: without it no release is created.
    ['src/.gitkeep', textFile('')],
    ...release.jobs.flatMap(jobFiles),
    ...release.packages.flatMap(packageFiles),
    [`releases/${release.name}/${release.name}-${release.version}.yml`, finalVersion(release)]
  ])
}

function jobFiles(job: JobSkeleton): [string, RepositoryFile][] {
  const { name, description, isErrand, packages = [], provides, consumes, properties = {} } = job
  const spec: Value = {
    name,
    description,
    templates: { 'ctl.erb': isErrand === true ? 'bin/run' : 'bin/ctl' },
    packages: [...packages],
    ...(provides === undefined ? {} : { provides: [...provides] }),
    ...(consumes === undefined ? {} : { consumes: [...consumes] }),
    properties: Object.fromEntries(
      Object.entries(properties).map(([key, property]) => [key, { ...property }])
    )
  }
  return [
    [`jobs/${name}/spec`, yamlFile('What the job takes and gives.', spec)],
    [`jobs/${name}/monit`, textFile('')],
    [
      `jobs/${name}/templates/ctl.erb`,
      scriptFile(`#!/bin/sh\n# The lab runs no jobs; this one is ${name}.\n`)
    ]
  ]
}

function packageFiles(name: string): [string, RepositoryFile][] {
  return [
    [
      `packages/${name}/spec`,
      yamlFile('What the package is made of.', { name, dependencies: [], files: [] })
    ],
    [`packages/${name}/packaging`, scriptFile('#!/bin/sh\nset -eu\n# Nothing to compile in the lab.\n')]
  ]
}

function finalVersion({ name, version, jobs, packages }: ReleaseSkeleton): RepositoryFile {
  const entry = (kind: string, part: string): Value => {
    const fingerprint = createHash('sha256').update(`${name}/${version}/${kind}/${part}`).digest('hex')
    return { name: part, version: fingerprint, fingerprint, sha1: `sha256:${fingerprint}` }
  }
  return yamlFile('A final version: what it was made of.', {
    name,
    version,
    commit_hash: 'lab',
    uncommitted_changes: false,
    jobs: jobs.map(job => entry('job', job.name)),
    packages: packages.map(part => entry('package', part))
  })
}
