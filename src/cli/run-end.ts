import { relative } from 'node:path'
import type { Environment } from '../environment/environment.ts'
import type { RunResult } from '../runner/run-job.ts'
import type { CliContext } from './context.ts'
import { leaseFate } from './lease.ts'
import { openTools } from './open-tools.ts'
import type { RunOptions } from './options.ts'

/** Says how a job has ended: what failed, where its evidence and its report are, and where the lease is. */
export async function sayEnd(
  context: CliContext,
  environment: Environment,
  result: RunResult,
  { folder, report, env, options, isLast }: EndOptions
): Promise<void> {
  const shown = (path: string): string =>
    path.startsWith(context.root) ? relative(context.root, path) : path
  // A signal that ended the run must not keep us from looking where the lease is.
  const fate = await leaseFate(
    environment,
    openTools({ ...context, signal: new AbortController().signal }, env)
  ).catch((thrown: unknown) => `lease: could not be looked up: ${String(thrown)}`)
  const { failure } = result
  if (failure !== undefined) {
    const hint = failure.hint === undefined ? '' : `hint: ${failure.hint}\n`
    context.err(`\nerror: ${failure.path}: ${failure.message}\n${hint}`)
  }
  const evidence = result.artifacts['evidence']
  if (evidence !== undefined) context.err(`evidence: ${shown(evidence)}\n`)
  // Between two jobs the second may well hold what the first has claimed.
  if (isLast) context.err(`${fate}\n`)
  if (options.format === 'json') {
    const { run, outcome, exitCode, took, artifacts } = result
    const data = {
      run,
      outcome,
      exitCode,
      tookMillis: took.milliseconds,
      folder,
      report,
      artifacts,
      lease: fate
    }
    context.out(`${JSON.stringify({ ...data, ...(failure === undefined ? {} : { failure }) }, null, 2)}\n`)
  } else {
    context.out(`${result.outcome} in ${result.took.toWords()}, report: ${shown(report)}\n`)
  }
}

interface EndOptions {
  readonly folder: string
  readonly report: string
  readonly env: Readonly<Record<string, string>>
  readonly options: RunOptions
  /** Whether no job follows. */
  readonly isLast: boolean
}
