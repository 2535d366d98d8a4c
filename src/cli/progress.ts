import type { RunEvent } from '../core/run-event.ts'
import { createLiveTree } from '../report/live-tree.ts'
import { createPlainLines } from '../report/plain-lines.ts'
import { abilitiesOf } from '../report/style.ts'
import type { CliContext } from './context.ts'

/** What a person sees of a run while it goes on. */
export interface Progress {
  event(event: RunEvent): void
  close(): void
}

/** A live tree on a terminal, plain lines elsewhere; both on standard error. */
export function openProgress(context: CliContext): Progress {
  const { live, ...abilities } = abilitiesOf(context.env, context.isTerminal)
  if (live) {
    return createLiveTree({ write: context.err, size: context.size, now: () => Date.now(), ...abilities })
  }
  const lines = createPlainLines()
  return { event: event => context.err(lines(event)), close: () => undefined }
}
