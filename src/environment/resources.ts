import type { Resource } from '../concourse/model.ts'
import { git, pool, registryImage, type GitSource } from '../concourse/resources.ts'
import type { Artifact } from '../concourse/artifact.ts'
import { variable } from '../concourse/variable.ts'
import { Duration } from '../core/duration.ts'
import type { Environment } from './environment.ts'
import type { GitPlace } from './record.ts'
import type { PinnedRepository } from './version-set.ts'

/** What the pipelines of an environment fetch and write. */
export interface EnvironmentResources {
  /** The published pipelines, task programs and ops files: this very pipeline's own resource. */
  readonly causeway: Resource
  /** The image that tasks run in. */
  readonly toolbox: Resource
  /** The environment's state branch. Nothing triggers on it: state changes while it is destroyed, too. */
  readonly state: Resource
  /** The lock of the environment, for pipelines that wait their turn. */
  readonly environment: Resource
  readonly bucc: Resource
  readonly cfDeployment: Resource
  readonly kuboDeployment: Resource
  readonly kuboRelease: Resource
}

/** What every plan of an environment begins with. */
export interface CommonArtifacts {
  readonly causeway: Artifact
  readonly toolbox: Artifact
  readonly state: Artifact
}

export function resourcesOf({ record, versions }: Environment): EnvironmentResources {
  const { repositories, images } = versions
  return {
    causeway: git('causeway', placeSource(record.publish), { icon: 'road-variant' }),
    toolbox: registryImage('toolbox', images.toolbox, { icon: 'docker' }),
    state: git('state', placeSource(record.state), { icon: 'database' }),
    environment: pool(
      'environment',
      {
        uri: record.locks.uri,
        branch: record.locks.branch,
        pool: record.locks.pool,
        ...(record.locks.private_key === undefined ? {} : { privateKey: variable(record.locks.private_key) })
      },
      { icon: 'lock' }
    ),
    bucc: pinned('bucc', repositories.bucc),
    cfDeployment: pinned('cf-deployment', repositories['cf-deployment']),
    kuboDeployment: pinned('kubo-deployment', repositories['kubo-deployment']),
    kuboRelease: pinned('kubo-release', repositories['kubo-release'])
  }
}

function placeSource(place: GitPlace): GitSource {
  return {
    uri: place.uri,
    branch: place.branch,
    ...(place.private_key === undefined ? {} : { privateKey: variable(place.private_key) })
  }
}

/** A repository at one version: its tag. What is pinned needs no frequent look. */
function pinned(name: string, { uri, version }: PinnedRepository): Resource {
  return git(name, { uri, tagFilter: version }, { icon: 'tag', checkEvery: Duration.hours(24) })
}
