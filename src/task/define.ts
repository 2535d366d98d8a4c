import type {
  InputDefinition,
  OutputDefinition,
  ParamDefinition,
  ParamValue,
  TaskSignature
} from '../concourse/signature.ts'
import type { Duration } from '../core/duration.ts'
import type { Log } from '../core/log.ts'
import type { Tools } from '../tools/tools.ts'

/** What a task is handed, and all that it may use. */
export interface TaskContext<T extends TaskSignature> {
  /** Absolute path of each input; undefined for an optional one that the plan does not bring. */
  readonly inputs: {
    readonly [K in keyof T['inputs']]: T['inputs'][K] extends { optional: true } ? string | undefined : string
  }
  /** Absolute path of each output, an empty folder at the start. An output named as an input begins as its copy. */
  readonly outputs: { readonly [K in keyof T['outputs']]: string }
  readonly params: { readonly [K in keyof T['params']]: ParamValue<T['params'][K]> }
  /** Absolute path of what was published beside the task programs: `ops/`, `tasks/` … */
  readonly published: string
  readonly tools: Tools
  readonly log: Log
  /** Aborted when the task is told to end, or when its own deadline is over. */
  readonly signal: AbortSignal
}

type Inputs = Readonly<Record<string, InputDefinition>>
type Outputs = Readonly<Record<string, OutputDefinition>>
type Params = Readonly<Record<string, ParamDefinition>>

interface Signature<I extends Inputs, O extends Outputs, P extends Params> extends TaskSignature {
  readonly inputs: I
  readonly outputs: O
  readonly params: P
}

interface Definition<Image extends string, I extends Inputs, O extends Outputs, P extends Params> {
  /** Verb-noun; the name of the file. */
  readonly name: string
  /** One or two sentences: what it does and when it fails. */
  readonly doc: string
  /** A name in `images/`. */
  readonly image: Image
  readonly inputs?: I
  readonly outputs?: O
  readonly params?: P
  readonly caches?: readonly string[]
  /** When the task ends itself; the step that runs it waits a little longer. */
  readonly timeout: Duration
  run(context: TaskContext<Signature<I, O, P>>): Promise<void>
}

type Defined<Image extends string, I extends Inputs, O extends Outputs, P extends Params> = Signature<
  I,
  O,
  P
> & {
  readonly image: Image
  run(context: TaskContext<Signature<I, O, P>>): Promise<void>
}

/**
 * Defines a task. From the one object come its task file, its bundled program, its page in docs/tasks.md and the
 * compile-time check of every step that uses it.
 *
 * @example
 * export default defineTask({
 *   name: 'run-errand',
 *   doc: 'Runs one BOSH errand and fails when the errand fails.',
 *   image: 'toolbox',
 *   inputs: { state: { doc: 'State of the environment.' } },
 *   params: { ERRAND: { doc: 'Errand of the deployment.', default: 'smoke-tests' } },
 *   timeout: Duration.minutes(30),
 *   async run({ inputs, params, tools }) { … }
 * })
 */
export function defineTask<
  const Image extends string,
  const I extends Inputs = Readonly<Record<never, never>>,
  const O extends Outputs = Readonly<Record<never, never>>,
  const P extends Params = Readonly<Record<never, never>>
>(definition: Definition<Image, I, O, P>): Defined<Image, I, O, P> {
  const { inputs, outputs, params } = definition
  return {
    ...definition,
    // Absent means none; the defaults of I, O and P are exactly that.
    inputs: inputs ?? ({} as I),
    outputs: outputs ?? ({} as O),
    params: params ?? ({} as P)
  }
}
