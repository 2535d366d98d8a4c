import fc from 'fast-check'
import type { RunEvent } from '../../src/core/run-event.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"\'&<>',
    '\u001b[2J\u001b[31mred',
    'a\r\nb',
    ']]>',
    '\u202eabc',
    '日本語テキスト',
    '👩‍👩‍👧'
  )
)
const at = fc.oneof(
  fc
    .date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
    .map(date => date.toISOString()),
  fc.constantFrom('', 'never')
)
const step = fc.integer({ min: 0, max: 6 })
const millis = fc.oneof(fc.nat(10_000_000), fc.constantFrom(-1, 0, 0.5, 1e15))
const outcome = fc.constantFrom('succeeded', 'failed', 'errored', 'aborted', 'timed-out' as const)
const stepKind = fc.oneof(
  fc.constantFrom('get', 'put', 'task', 'do', 'in_parallel', 'try', 'attempts', 'ensure', 'on_failure'),
  text
)
const optional = { noNullPrototype: true }

/** Any event at all, in no order that makes sense: what a report must survive. */
const event: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('run-started' as const),
      at,
      run: text,
      pipeline: text,
      job: text,
      environment: text,
      pid: fc.nat(),
      host: text
    },
    { ...optional, requiredKeys: ['kind', 'at', 'run', 'pipeline', 'job', 'pid', 'host'] }
  ),
  fc.record(
    {
      kind: fc.constant('step-started' as const),
      at,
      step,
      path: text,
      stepKind,
      name: text,
      parent: step,
      attempt: fc.nat(3)
    },
    { ...optional, requiredKeys: ['kind', 'at', 'step', 'path', 'stepKind', 'name'] }
  ),
  fc.record({ kind: fc.constant('step-output' as const), at, step, text }, optional),
  fc.record(
    {
      kind: fc.constant('step-finished' as const),
      at,
      step,
      outcome,
      tookMillis: millis,
      exitCode: fc.nat(255),
      message: text
    },
    { ...optional, requiredKeys: ['kind', 'at', 'step', 'outcome', 'tookMillis'] }
  ),
  fc.record(
    { kind: fc.constant('notice' as const), at, message: text, step },
    { ...optional, requiredKeys: ['kind', 'at', 'message'] }
  ),
  fc.record({ kind: fc.constant('artifact' as const), at, step, name: text }, optional),
  fc.record(
    {
      kind: fc.constant('run-finished' as const),
      at,
      outcome,
      exitCode: fc.nat(255),
      tookMillis: millis,
      firstFailure: text
    },
    { ...optional, requiredKeys: ['kind', 'at', 'outcome', 'exitCode', 'tookMillis'] }
  )
)

export const anyEvents = fc.array(event, { maxLength: 40 })
export const anyText = text
