import { bucc } from './bucc.ts'
import { cfDeployment } from './cf-deployment.ts'
import { kuboDeployment } from './kubo-deployment.ts'
import { kuboRelease } from './kubo-release.ts'
import type { UpstreamRepository } from './repository.ts'
import { silkRelease } from './silk-release.ts'

/** Every repository that the pipelines take from github.com. */
export const upstreamRepositories: readonly UpstreamRepository[] = [
  bucc,
  cfDeployment,
  kuboDeployment,
  kuboRelease,
  silkRelease
]
