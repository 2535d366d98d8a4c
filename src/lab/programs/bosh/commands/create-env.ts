import { dirname, basename, extname, join } from 'node:path'
import { createEnv, deleteEnv, type CreateEnvOptions } from '../../../create-env.ts'
import { absolute, argument, readFileArgument } from '../arguments.ts'
import { attempt, BoshError } from '../bosh-error.ts'
import type { Session } from '../session.ts'
import { evaluate } from '../template.ts'

/** `bosh create-env`: makes or updates one machine of the lab's cloud, without a Director. */
export async function createEnvCommand(session: Session): Promise<void> {
  await createEnv({ ...(await optionsOf(session)), recreate: session.line.flags.has('recreate') })
}

/** `bosh delete-env`: deletes what create-env made. */
export async function deleteEnvCommand(session: Session): Promise<void> {
  await deleteEnv(await optionsOf(session))
}

async function optionsOf(session: Session): Promise<Omit<CreateEnvOptions, 'recreate'>> {
  const { edge, line, ui } = session
  const lab = edge.env['CAUSEWAY_LAB']
  if (lab === undefined) {
    throw new BoshError('Expected CAUSEWAY_LAB to name a lab folder: this bosh makes machines in a lab only')
  }
  const given = argument(session)
  const manifestPath = absolute(given, edge.cwd)
  const text = await readFileArgument(session, given)
  const { document, missing } = await attempt('Evaluating manifest', () => evaluate(session, text))
  if (missing.length > 0) {
    const names = missing.map(name => new BoshError(name))
    const cause = new BoshError('Expected to find variables', [new BoshError('', names)])
    throw new BoshError('Parsing deployment manifest', [cause])
  }
  return {
    lab,
    manifest: document,
    manifestPath,
    statePath: absolute(line.flags.text('state') ?? defaultState(manifestPath), edge.cwd),
    print: shown => ui.begin(shown)
  }
}

/** `bosh.yml` keeps its state in `bosh-state.json` beside it. */
function defaultState(manifest: string): string {
  return join(dirname(manifest), `${basename(manifest, extname(manifest))}-state.json`)
}
