import { messageOf } from '../../core/errors.ts'
import { ProgramFailed } from '../../tools/exec.ts'

/** What a failure of `bbl down` means for what to do next. */
export type DownFailure = 'director' | 'in-use' | 'missing' | 'other'

/**
 * Classifies a failure of `bbl down`. bbl may keep what terraform said to itself, and name `bbl latest-error` instead;
 * `latestError` asks for that. `director`: it could not be asked, so bbl deleted nothing (bosh-bootloader#449). `in-use`: something that bbl did
 * not make stands in the network. `missing`: somebody else has deleted what delete-env wants to delete (bosh-bootloader#426).
 */
export async function classifyDown(
  thrown: unknown,
  latestError: () => Promise<string>
): Promise<DownFailure> {
  if (!(thrown instanceof ProgramFailed)) return 'other'
  const said = saidBy(thrown)
  // Asked only where bbl says so: what it kept may be of an earlier run.
  const kept = said.includes('latest-error') ? await latestError().catch(() => '') : ''
  if (isInUse(`${said}\n${kept}`)) return 'in-use'
  if (/delete-env|delete_(vm|disk|stemcell)|Run bosh delete/i.test(said)) return 'missing'
  return isUnhealthy(said) ? 'director' : 'other'
}

/** All that a failed program said. */
export function saidBy({ message, stderr, stdout }: ProgramFailed): string {
  return `${message}\n${stderr}\n${stdout}`
}

/** A failure in one line, for a person: without folders, and with what a program said last. */
export function briefly(thrown: unknown): string {
  const [first = '', ...more] = messageOf(thrown).split('\n')
  const command = first.replace(/^\(cd \S+ && (.*)\): /, '$1: ').replace(/ --state-dir \S+/, '')
  const last = more.findLast(line => line.trim() !== '')?.trim()
  return last === undefined ? command : `${command}: ${last}`
}

/** A Director that can't be asked, or whose UAA is sick. */
function isUnhealthy(said: string): boolean {
  return /Cleaning up resources|clean up director|\/cleanup|UAA responded|connection refused|i\/o timeout|no route to host|Fetching info|Finding deployments|status code '?5\d\d/i.test(
    said
  )
}

/** hashicorp/terraform-provider-google#89; AWS's DependencyViolation; bbl's own guard (bbl v9.0.48, aws/vpc_status_checker.go). */
function isInUse(said: string): boolean {
  return /already being used by|DependencyViolation|resourceInUse|is not safe to delete|InUseSubnetCannotBeDeleted|in use by/i.test(
    said
  )
}

/** What passes by itself when a deployment is deleted: locks of other tasks, agents and IaaSes that were slow. */
export function isPassing(thrown: unknown): boolean {
  return (
    thrown instanceof ProgramFailed &&
    /Timed out|Failed to acquire lock|connection (refused|reset)|i\/o timeout|Rate ?limit|Throttling/i.test(
      saidBy(thrown)
    )
  )
}
