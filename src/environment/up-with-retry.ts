import { UserError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Bbl } from '../tools/bbl.ts'
import { ProgramFailed } from '../tools/exec.ts'
import type { Files } from '../tools/files.ts'
import { readBblState } from './identity.ts'

/**
 * Faults of the way to jumpbox or Director that pass by themselves: a machine that does not answer yet, a tunnel that broke
 * (bosh-bootloader#589). In the words of bosh-cli's agent client and of socks5-proxy.
 */
const passing = [
  /Post "?https:\/\/mbus[^\s"]*:6868\/agent"?: .*(i\/o timeout|connection (refused|reset)|EOF|deadline exceeded)/,
  /Creating SOCKS5 dialer: .*(i\/o timeout|connection (refused|reset)|no route to host)/,
  /get host key: dial tcp [^\s]+: (i\/o timeout|connect: (connection refused|no route to host))/,
  /TLS handshake timeout/
]

/** What the IaaS has no room for: another try finds no more of it, and costs as long as the first. */
const exhausted = [
  /Quota '[\w-]+' exceeded/,
  /ZONE_RESOURCE_POOL_EXHAUSTED/,
  /\b(QUOTA_EXCEEDED|quotaExceeded|RESOURCE_EXHAUSTED)\b/,
  /\b(VcpuLimitExceeded|AddressLimitExceeded|VpcLimitExceeded|InstanceLimitExceeded|InsufficientInstanceCapacity)\b/,
  /Operation could not be completed as it results in exceeding approved .*quota/i,
  /Quota exceeded for/
]

export type Fault = 'passing' | 'exhausted' | 'other'

/** What kind of fault a failed `bbl up` had, by what it printed. A quota counts even where a time-out is named beside it. */
export function classifyFault(text: string): Fault {
  if (exhausted.some(pattern => pattern.test(text))) return 'exhausted'
  return passing.some(pattern => pattern.test(text)) ? 'passing' : 'other'
}

interface UpOptions {
  readonly bbl: Bbl
  readonly tools: { readonly files: Files }
  /** Root of the state. */
  readonly state: string
  /** Throws where the states of jumpbox and Director can't be trusted. */
  readonly proveMachines: () => Promise<void>
  readonly log: Log
  readonly signal: AbortSignal
}

/**
 * Goes up, and once more after a fault that passes, with the state looked at first. Throws the failure as it was; one for a
 * quota comes with a hint of its own.
 */
export async function upWithRetry(options: UpOptions): Promise<void> {
  const { bbl, log, signal, state, proveMachines } = options
  await proveMachines()
  try {
    await bbl.up()
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof ProgramFailed)) throw thrown
    const happened = await whatHappened(bbl, thrown)
    const fault = classifyFault(happened)
    if (fault === 'exhausted') {
      // Only the words that were known beforehand are shown: what terraform prints may hold secrets.
      const [word] = exhausted.flatMap(pattern => pattern.exec(happened)?.[0] ?? [])
      throw new UserError('program', `${thrown.message}\n${word ?? ''}`, {
        hint: 'free or raise the quota of the IaaS, then pave again: nothing was tried twice',
        cause: thrown
      })
    }
    if (fault === 'other') throw thrown
    log.warn('bbl up: the machine was not reached in time; going up once more')
    await readBblState(options.tools.files, state)
    await proveMachines()
    await bbl.up()
  }
}

/** What bbl printed, and what terraform did where bbl keeps that to itself. */
async function whatHappened(bbl: Bbl, failure: ProgramFailed): Promise<string> {
  if (!failure.stderr.includes('bbl latest-error')) return failure.stderr
  return `${failure.stderr}\n${await bbl.latestError().catch(() => '')}`
}
