import type { CliContext } from '../context.ts'
import { loadEnvironment } from '../environments.ts'
import { labIfNeeded } from '../lab.ts'
import { releaseRun } from '../lease.ts'
import { openTools } from '../open-tools.ts'

/** Gives back what a killed run holds. Refuses (exit code 7) where another run holds it. */
export async function leaseRelease(
  context: CliContext,
  name: string,
  options: { readonly run: string }
): Promise<void> {
  const environment = await loadEnvironment(context, name)
  const { env } = await labIfNeeded(context, environment)
  context.out(`${await releaseRun(environment, options.run, openTools(context, env))}\n`)
}
