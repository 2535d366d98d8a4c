import { describe, expect, it } from 'vitest'
import { isPassing } from '../../../src/environment/teardown/failures.ts'
import { ProgramFailed } from '../../../src/tools/exec.ts'

/** A failed deletion; bosh tells of the Director's task on standard output, and of its own troubles on standard error. */
function failed(stderr: string, stdout = ''): ProgramFailed {
  return new ProgramFailed('bosh -d cf delete-deployment', 'exit code 1', 1, stderr, undefined, stdout)
}

describe('what passes by itself when a deployment is deleted', () => {
  it('is told by the Director’s task', () => {
    const said =
      "Error: Failed to acquire lock for lock:deployment:cf uid: 1. Locking task id is 2, description: 'create deployment'"
    expect(isPassing(failed('Exit code 1', said))).toBe(true)
  })

  it('is told by bosh itself', () => {
    expect(isPassing(failed('dial tcp 10.0.0.6:25555: connection refused'))).toBe(true)
  })

  it('is nothing else', () => {
    expect(isPassing(failed('Exit code 1', "Error: Deployment 'cf' is in use"))).toBe(false)
    expect(isPassing(new Error('connection refused'))).toBe(false)
  })
})
