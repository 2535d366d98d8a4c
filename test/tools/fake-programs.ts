import { join } from 'node:path'
import { Duration } from '../../src/core/duration.ts'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { createPrograms, type Programs } from '../../src/tools/exec.ts'

export interface FakePrograms {
  readonly programs: Programs
  readonly redactor: Redactor
  /** Everything that was logged so far. */
  readonly logged: () => string
}

/** Programs of test/fakes/bin, in front of those of this machine. */
export function fakePrograms(
  options: {
    signal?: AbortSignal
    bin?: string
    env?: Record<string, string>
    secretArguments?: 'refuse'
  } = {}
): FakePrograms {
  const redactor = new Redactor()
  let text = ''
  const log = createLog(
    line => (text += line),
    line => redactor.redact(line)
  )
  const path = [
    options.bin ?? join(import.meta.dirname, '..', 'fakes', 'bin'),
    process.env['PATH'] ?? ''
  ].join(':')
  const programs = createPrograms({
    env: { PATH: path, HOME: '/nonexistent', ...options.env },
    log,
    redactor,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.secretArguments === undefined ? {} : { secretArguments: options.secretArguments }),
    killAfter: Duration.milliseconds(300)
  })
  return { programs, redactor, logged: () => text }
}
