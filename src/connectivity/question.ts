import { isRecord, parseJson } from '../tools/table.ts'
import { probePort, type Cell } from './matrix.ts'
import type { Places } from './places.ts'

/** How long a request may take before it counts as unanswered. */
const answerWithinSeconds = '5'
const nameOfApi = 'kubernetes.default.svc.cluster.local'

/** What came back: that there was an answer, and the address that it was asked from, where the other side tells it. */
export interface Answer {
  readonly said: string
  readonly source?: string
}

/** What is asked for a cell: a command for the place that asks, and how to read what it put out. */
export interface Question {
  readonly argv: readonly string[]
  /** Undefined where the text is no answer. */
  readonly read: (output: string) => Answer | undefined
  /** Reads what a command said that failed: some failures are an answer. */
  readonly readFailure?: (message: string) => Answer | undefined
}

/** The question of a cell. The probe's image has busybox's wget and nslookup, and no curl. */
export function questionOf({ question = 'probe', to }: Cell, places: Places): Question {
  const address = places.addressOf(to)
  switch (question) {
    case 'probe':
      return { argv: wget(`http://${address}:${probePort}/`), read: readProbe }
    case 'api':
      // Nobody logs in: that it says so is the answer. busybox may not know its ciphers, and gets told that by the server.
      return {
        argv: wget(`https://${address}/`),
        read: output => ({ said: output.trim().slice(0, 80) }),
        readFailure: message => {
          const said = /HTTP\/1\.\d 40[13][^\n]*|TLS error from peer[^\n]*/.exec(message)?.[0]
          return said === undefined ? undefined : { said: said.trim() }
        }
      }
    case 'name':
      return {
        argv: ['nslookup', nameOfApi],
        read: output =>
          output.split(/\s+/).includes(address) ? { said: `${nameOfApi} is ${address}` } : undefined
      }
  }
}

function wget(url: string): readonly string[] {
  return ['wget', '-T', answerWithinSeconds, '-qO-', url]
}

/** The probe answers `{"peer":"10.255.1.2"}`: the address that it was asked from. */
function readProbe(output: string): Answer | undefined {
  const parsed = parseJson(output)
  const peer = isRecord(parsed) ? parsed['peer'] : undefined
  return typeof peer === 'string' ? { said: `seen as ${peer}`, source: peer } : undefined
}
