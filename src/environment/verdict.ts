import { isRecord, parseJson } from '../tools/table.ts'

/** Whether an environment may go back to its pool, and why. */
export interface Verdict {
  readonly clean: boolean
  readonly reason: string
}

/** `verdict.json`. */
export function formatVerdict(verdict: Verdict): string {
  return `${JSON.stringify({ clean: verdict.clean, reason: verdict.reason }, null, 2)}\n`
}

/** Reads `verdict.json`. What is missing or can't be read is not clean: nothing was proved. */
export function readVerdict(text: string | undefined): Verdict {
  if (text === undefined) return { clean: false, reason: 'the run ended before anything was proved' }
  const parsed = parseJson(text)
  if (!isRecord(parsed) || typeof parsed['clean'] !== 'boolean') {
    return { clean: false, reason: 'the verdict could not be read' }
  }
  const reason = parsed['reason']
  return { clean: parsed['clean'], reason: typeof reason === 'string' ? reason : 'no reason was given' }
}
