import { find } from '../../../../manifest/find.ts'
import { PatchError } from '../../../../manifest/patch-error.ts'
import { parsePointer, PointerError, type Pointer } from '../../../../manifest/pointer.ts'
import { renderYaml } from '../../../../manifest/render-yaml.ts'
import type { Value } from '../../../../manifest/value.ts'
import { UsageError } from '../../common/go-flags.ts'
import { argument, readFileArgument } from '../arguments.ts'
import { BoshError } from '../bosh-error.ts'
import type { Session } from '../session.ts'
import { evaluate } from '../template.ts'

/** `bosh interpolate`: a document with ops files and variables applied, or one value of it. */
export async function interpolateCommand(session: Session): Promise<void> {
  const { flags } = session.line
  const path = pathOf(flags.text('path'))
  const text = await readFileArgument(session, argument(session))
  const { document, missing, unused } = await evaluate(session, text)
  const problems = [
    ...(flags.has('var-errs') && missing.length > 0 ? [named('Expected to find variables', missing)] : []),
    ...(flags.has('var-errs-unused') && unused.length > 0 ? [named('Expected to use variables', unused)] : [])
  ]
  if (problems.length > 0) throw new BoshError('', problems)
  const shown = path === undefined ? document : valueAt(document, path)
  // A text alone is wanted as it is: a key or a certificate is to be written to a file.
  session.ui.block(path !== undefined && typeof shown === 'string' ? `${shown}\n` : renderYaml(shown))
}

function pathOf(given: string | undefined): Pointer | undefined {
  if (given === undefined) return undefined
  try {
    return parsePointer(given)
  } catch (thrown) {
    if (!(thrown instanceof PointerError)) throw thrown
    throw new UsageError(`invalid argument for flag \`--path' (expected patch.Pointer): ${thrown.message}`)
  }
}

function valueAt(document: Value, path: Pointer): Value {
  try {
    return find(document, path)
  } catch (thrown) {
    throw thrown instanceof PatchError ? new BoshError(thrown.message) : thrown
  }
}

function named(message: string, names: readonly string[]): BoshError {
  return new BoshError(message, [
    new BoshError(
      '',
      names.map(name => new BoshError(name))
    )
  ])
}
