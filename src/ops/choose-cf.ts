import type { CfShape } from './cf-shape.ts'
import type { ChosenOps } from './choose-cfcr.ts'

/** What an environment says of CF. */
export interface CfWishes {
  readonly systemDomain: string
  /** Whether other deployments join its SILK network. */
  readonly share: boolean
  /** That network, and the prefix length of a machine's part of it; cf-deployment's own where it is not shared. */
  readonly overlay: string
  readonly subnetPrefix: number
  /** One instance of each group, all in one zone. */
  readonly small: boolean
}

/** Our ops files for this manifest, in order. */
export function chooseCfOps(
  { groups }: CfShape,
  { share, small }: Pick<CfWishes, 'share' | 'small'>
): readonly ChosenOps[] {
  const chosen: (ChosenOps | false)[] = [
    share && { file: '10-share-cf-network.yml', why: 'workers of CFCR join the network' },
    share && { file: '11-overlay.yml', why: 'its range is agreed upon with CFCR' },
    small && { file: '20-one-of-each.yml', why: 'a small footprint' },
    small && groups.has('adapter') && { file: '21-one-adapter.yml', why: 'there is an adapter' },
    small && groups.has('log-cache') && { file: '22-one-log-cache.yml', why: 'there is a log-cache' }
  ]
  return chosen.filter(ops => ops !== false)
}
