import { messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Tools } from '../tools/tools.ts'

/**
 * Does work that changes the cloud, and commits the state branch afterwards, whatever happened: what lies on the disk
 * at that point is the truth. A failed commit never hides the failure of the work itself.
 */
export async function keepingState(
  { tools, log }: { readonly tools: Tools; readonly log: Log },
  state: string,
  message: string,
  work: () => Promise<void>
): Promise<void> {
  const branch = await tools.afterwards().git.openOrBegin(state)
  try {
    await work()
  } catch (thrown) {
    await branch.commitAll(`${message}: failed`).catch((failure: unknown) => {
      log.warn(`${state}: the state was not committed: ${messageOf(failure)}`)
    })
    throw thrown
  }
  await branch.commitAll(message)
}
