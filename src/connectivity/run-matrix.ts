import { messageOf } from '../core/errors.ts'
import type { CellResult } from '../core/matrix-results.ts'
import type { Cell, Endpoint, NetworkKind } from './matrix.ts'

/** The address that the peer saw, as the probe answered it. */
export interface Answer {
  readonly peer: string
}

/** How the ends of the flows are reached; a task gives it in terms of cf and kubectl. */
export interface Prober {
  addressOf(endpoint: Endpoint): string
  /** The command that asks, as a person can paste it. */
  commandOf(from: Endpoint, to: Endpoint): string
  /** Sends one request. Throws where no answer came. */
  ask(from: Endpoint, to: Endpoint): Promise<Answer>
  allow(from: Endpoint, to: Endpoint): Promise<void>
  forbid(from: Endpoint, to: Endpoint): Promise<void>
  nowMillis(): number
}

/** Tries every cell, one after the other: a policy of one must not open another. No failure is tried again. */
export async function runMatrix(
  cells: readonly Cell[],
  network: NetworkKind,
  prober: Prober
): Promise<CellResult[]> {
  const results: CellResult[] = []
  for (const cell of cells) {
    if (cell.policy === true) await prober.allow(cell.from, cell.to)
    try {
      results.push(await tryCell(cell, network, prober))
    } finally {
      if (cell.policy === true) await prober.forbid(cell.from, cell.to)
    }
  }
  return results
}

async function tryCell(cell: Cell, network: NetworkKind, prober: Prober): Promise<CellResult> {
  const start = prober.nowMillis()
  const expected = cell.expected[network]
  const common = {
    id: cell.id,
    from: cell.from,
    to: cell.to,
    proves: cell.proves,
    command: prober.commandOf(cell.from, cell.to),
    expected
  }
  try {
    const { peer } = await prober.ask(cell.from, cell.to)
    const own = prober.addressOf(cell.from)
    const took = prober.nowMillis() - start
    if (expected === 'fails') {
      return {
        ...common,
        verdict: 'fail',
        source: peer,
        tookMillis: took,
        detail: 'it was answered, expected no answer'
      }
    }
    // An answer from behind another address would hide that the flow is translated on its way.
    const detail = peer === own ? `answered, seen as ${peer}` : `seen as ${peer}, expected ${own}`
    return { ...common, verdict: peer === own ? 'pass' : 'fail', source: peer, tookMillis: took, detail }
  } catch (thrown) {
    const took = prober.nowMillis() - start
    const detail = reasonIn(messageOf(thrown))
    return { ...common, verdict: expected === 'fails' ? 'pass' : 'fail', tookMillis: took, detail }
  }
}

/** What the program in the app or pod said, which comes first: below it ssh and kubectl say that it failed. */
function reasonIn(message: string): string {
  const [command = '', said] = message.trimEnd().split('\n')
  return said ?? command
}
