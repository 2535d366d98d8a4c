import type { Step } from '../../src/concourse/model.ts'

/** What a leaf of a made-up plan does; its name begins with it. */
export type Deed = 'ok' | 'fail' | 'error' | 'abort' | 'hang'

/** Which errors an error holds: Concourse gathers several in one, and asks whether one of them is an abort. */
type Err = ReadonlySet<'canceled' | 'deadline' | 'other'>

/** What a step of Concourse gives back, in its own terms. */
export interface Verdict {
  readonly ok: boolean
  readonly err: Err | undefined
}

/** A context as Go has it: the first reason for which it or one round it is done. */
class Context {
  #own: 'canceled' | 'deadline' | undefined
  readonly #outer: Context | undefined

  constructor(outer?: Context) {
    this.#outer = outer
  }

  err(): 'canceled' | 'deadline' | undefined {
    return this.#own ?? this.#outer?.err()
  }

  end(reason: 'canceled' | 'deadline'): void {
    if (this.err() === undefined) this.#own = reason
  }
}

/**
 * Concourse's outcomes in a few lines, for steps that take no time but in `hang`, which takes more than any time-out. Written
 * after its sources alone (concourse v8.3, atc/exec), so that it can differ from the runner.
 */
export class Reference {
  readonly trace: string[] = []
  readonly #build = new Context()
  readonly #deadlines = new Set<Context>()

  run(step: Step): Verdict {
    return this.#run(step, this.#build)
  }

  #run(step: Step, context: Context): Verdict {
    switch (step.kind) {
      case 'get':
      case 'put':
      case 'task':
        return this.#leaf(step.name, context)
      case 'set_pipeline':
      case 'load_var':
      case 'run':
      case 'across':
        throw new Error(`${step.kind} is not run here`)
      case 'do':
        return this.#do(step.steps, context)
      case 'in_parallel':
        return this.#inParallel(step.steps, step.fail_fast === true, context)
      case 'try': {
        const { err } = this.#run(step.step, context)
        return err?.has('canceled') === true ? { ok: false, err } : { ok: true, err: undefined }
      }
      case 'timeout':
        return this.#timeout(step.step, context)
      case 'attempts':
        return this.#retry(step.step, step.attempts, context)
      case 'on_success': {
        const { ok, err } = this.#run(step.step, context)
        if (err !== undefined) return { ok: false, err }
        return ok ? this.#run(step.hook, context) : { ok: false, err: undefined }
      }
      case 'on_failure': {
        const { ok, err } = this.#run(step.step, context)
        if (err !== undefined || ok) return { ok: err === undefined, err }
        return { ok: false, err: this.#run(step.hook, context).err }
      }
      case 'on_abort': {
        const verdict = this.#run(step.step, context)
        if (verdict.err?.has('canceled') === true) this.#run(step.hook, new Context())
        return verdict
      }
      case 'on_error': {
        const verdict = this.#run(step.step, context)
        if (verdict.err === undefined || verdict.err.has('canceled')) return verdict
        return { ok: verdict.ok, err: union(verdict.err, this.#run(step.hook, new Context()).err) }
      }
      case 'ensure': {
        const step1 = this.#run(step.step, context)
        const hook = this.#run(step.hook, context.err() === undefined ? context : new Context())
        const err = union(step1.err, hook.err)
        const ended = context.err()
        if (ended !== undefined) return { ok: false, err: new Set([ended]) }
        return { ok: err === undefined && step1.ok && hook.ok, err }
      }
    }
  }

  #leaf(name: string, context: Context): Verdict {
    const before = context.err()
    if (before !== undefined) return { ok: false, err: new Set([before]) }
    this.trace.push(name)
    const deed = name.split('-')[0] as Deed
    if (deed === 'abort') this.#build.end('canceled')
    if (deed === 'hang') for (const deadline of this.#deadlines) deadline.end('deadline')
    if (deed === 'fail') return { ok: false, err: undefined }
    if (deed === 'error') return { ok: false, err: new Set(['other']) }
    const ended = context.err()
    if (ended === 'canceled') return { ok: false, err: new Set([ended]) }
    return { ok: ended === undefined, err: undefined }
  }

  #do(steps: readonly Step[], context: Context): Verdict {
    for (const step of steps) {
      const verdict = this.#run(step, context)
      if (verdict.err !== undefined || !verdict.ok) return { ok: false, err: verdict.err }
    }
    return { ok: true, err: undefined }
  }

  /** One at a time, as with `limit: 1`. */
  #inParallel(steps: readonly Step[], failFast: boolean, context: Context): Verdict {
    const inner = new Context(context)
    let failures = 0
    let errors: Err | undefined
    for (const step of steps) {
      if (inner.err() !== undefined) break
      const { ok, err } = this.#run(step, inner)
      if (!ok) failures += 1
      if (!ok && failFast) inner.end('canceled')
      if (err !== undefined && !err.has('canceled')) errors = union(errors, err)
    }
    const ended = context.err()
    if (ended !== undefined) return { ok: false, err: new Set([ended]) }
    return { ok: errors === undefined && failures === 0, err: errors }
  }

  #timeout(step: Step, context: Context): Verdict {
    const inner = new Context(context)
    this.#deadlines.add(inner)
    const { ok, err } = this.#run(step, inner)
    this.#deadlines.delete(inner)
    return err?.has('deadline') === true ? { ok: false, err: undefined } : { ok, err }
  }

  #retry(step: Step, tries: number, context: Context): Verdict {
    let verdict: Verdict = { ok: false, err: undefined }
    for (let number = 0; number < tries; number += 1) {
      verdict = this.#run(step, context)
      const ended = context.err()
      if (ended !== undefined) return { ok: false, err: new Set([ended]) }
      if (verdict.err === undefined && verdict.ok) break
    }
    return verdict
  }
}

function union(a: Err | undefined, b: Err | undefined): Err | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return new Set([...a, ...b])
}
