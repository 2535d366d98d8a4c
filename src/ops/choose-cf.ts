import type { CfShape } from './cf-shape.ts'
import type { ChosenOps } from './choose-cfcr.ts'

export interface CfWishes {
  /** Whether other deployments join its SILK network. */
  readonly share: boolean
  /** One instance of each group, all in one zone. */
  readonly small: boolean
}

/** Our ops files for this manifest, in order. */
export function chooseCfOps({ groups }: CfShape, { share, small }: CfWishes): readonly ChosenOps[] {
  const chosen: (ChosenOps | false)[] = [
    share && { file: '10-share-cf-network.yml', why: 'workers of CFCR join the network' },
    small && { file: '20-one-of-each.yml', why: 'a small footprint' },
    small && groups.has('adapter') && { file: '21-one-adapter.yml', why: 'there is an adapter' },
    small && groups.has('log-cache') && { file: '22-one-log-cache.yml', why: 'there is a log-cache' }
  ]
  return chosen.filter(ops => ops !== false)
}
