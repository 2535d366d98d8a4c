import { UserError } from '../../core/errors.ts'
import type { ResourceKind } from '../../tools/clouds/cloud.ts'
import type { Files } from '../../tools/files.ts'
import { isRecord, parseJson } from '../../tools/table.ts'
import { briefly } from './failures.ts'

/**
 * The stages of a teardown, in the order in which they are tried, and what each leaves behind where it fails. A stage is
 * tried whatever became of the one before; what one could not do, a later one may, and the proof in the end decides.
 */
export const stages = {
  director: { what: 'the Director answers', leaves: [] },
  'kubernetes-objects': {
    what: 'Kubernetes objects are deleted',
    leaves: ['load-balancer', 'disk', 'firewall']
  },
  deployments: { what: 'deployments are deleted', leaves: ['vm', 'disk'] },
  infrastructure: {
    what: 'Director, jumpbox and network are destroyed',
    leaves: ['vm', 'disk', 'load-balancer', 'firewall', 'network']
  },
  leftovers: { what: 'leftovers are swept', leaves: [] }
} as const satisfies Record<string, { readonly what: string; readonly leaves: readonly ResourceKind[] }>

export type Stage = keyof typeof stages

/** How a stage ended. `nothing`: there was nothing to do. */
export interface StageVerdict {
  readonly stage: Stage
  readonly outcome: 'done' | 'nothing' | 'failed' | 'refused' | 'missing'
  readonly reason: string
}

/** What a stage says of its work: that it was done, or that there was nothing to do, and in what words. */
export interface StageResult {
  readonly outcome: 'done' | 'nothing'
  readonly reason: string
}

/** The output of the task of a stage, and the input of the task that joins them. */
export const stageFile = 'stage.json'

/** Does the work of a stage and writes down how it ended, whatever happened; a failure is thrown on. */
export async function asStage(
  files: Files,
  folder: string,
  stage: Stage,
  work: () => Promise<StageResult>
): Promise<void> {
  const write = (verdict: StageVerdict) =>
    files.writeText(`${folder}/${stageFile}`, `${JSON.stringify(verdict, null, 2)}\n`)
  try {
    await write({ stage, ...(await work()) })
  } catch (thrown) {
    const outcome = thrown instanceof UserError && thrown.outcome === 'refused' ? 'refused' : 'failed'
    await write({ stage, outcome, reason: briefly(thrown) })
    throw thrown
  }
}

/** Reads what a stage wrote; one that wrote nothing was not tried, or ended before it could say how. */
export function readStage(stage: Stage, text: string | undefined): StageVerdict {
  const parsed = text === undefined ? undefined : parseJson(text)
  const missing = { stage, outcome: 'missing', reason: 'it did not run to its end' } as const
  if (!isRecord(parsed) || typeof parsed['reason'] !== 'string') return missing
  const outcome = outcomes.find(known => known === parsed['outcome'])
  return outcome === undefined ? missing : { stage, outcome, reason: parsed['reason'] }
}

const outcomes = ['done', 'nothing', 'failed', 'refused'] as const
