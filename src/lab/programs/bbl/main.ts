import { FaultStruck } from '../../faults.ts'
import { UserError } from '../../../core/errors.ts'
import { readSettings, type BblVersion } from '../../pace.ts'
import type { ProgramEdge } from '../common/program.ts'
import { BblError } from './bbl-error.ts'
import { destroy } from './destroy.ts'
import { readGlobals, type Globals } from './global-flags.ts'
import { validateIaas } from './iaas.ts'
import { cleanUpLeftovers } from './leftovers.ts'
import { plan } from './plan.ts'
import { printEnv } from './print-env.ts'
import { printLatestError, printLoadBalancers, printOutputs, printQuery, printSshKey } from './queries.ts'
import { rotate } from './rotate.ts'
import { createSession, type Session } from './session.ts'
import { StateDir, type BblState } from './state.ts'
import { up } from './up.ts'
import { commandUsage, usage } from './usage.ts'

type Command = (session: Session) => void | Promise<void>

const commands: Readonly<Record<string, Command>> = {
  up,
  plan,
  rotate,
  destroy,
  down: destroy,
  'cleanup-leftovers': cleanUpLeftovers,
  leftovers: cleanUpLeftovers,
  'print-env': printEnv,
  lbs: printLoadBalancers,
  outputs: printOutputs,
  'latest-error': printLatestError,
  'ssh-key': printSshKey('jumpbox'),
  'director-ssh-key': printSshKey('director')
}

/** These check the credentials of the IaaS before anything else (bbl v9.0.48, config/load_state.go). */
const modifying = ['up', 'down', 'plan', 'destroy', 'leftovers', 'cleanup-leftovers', 'rotate']

/** The lab's `bbl`: the real one's commands, files and exit codes, for the IaaS `lab`. */
export async function bbl(edge: ProgramEdge): Promise<number> {
  try {
    await run(edge)
    return 0
  } catch (thrown) {
    if (thrown instanceof FaultStruck) {
      edge.err(`${thrown.message}\n`)
      return thrown.exitCode
    }
    if (!(thrown instanceof BblError) && !(thrown instanceof UserError)) throw thrown
    edge.err(`\n\n${thrown.message}\n`)
    return thrown instanceof BblError ? thrown.exitCode : 1
  }
}

async function run(edge: ProgramEdge): Promise<void> {
  const version = versionOf(edge)
  const { globals, rest } = readGlobals(edge)
  const [command = 'help', ...args] = rest
  if (globals.version || command === 'version') {
    edge.out(`bbl ${version} (${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch})\n`)
    return
  }
  if (command === 'help' || globals.help) {
    const subject = command === 'help' ? args[0] : command
    if (subject !== undefined) mustKnow(edge, subject)
    edge.out(`${subject === undefined ? usage() : commandUsage(subject)}\n`)
    return
  }
  const state = mergeIaas(new StateDir(globals.stateDir).load(), globals)
  if (modifying.includes(command)) validateIaas(state.iaas, globals.credentials)
  const work = mustKnow(edge, command)
  const named = ['plan', 'up'].includes(command) && globals.name !== '' ? ['--name', globals.name] : []
  await work(createSession(edge, globals, [...args, ...named], state, version))
}

/** The version that the lab says; without a lab the newer one. */
function versionOf({ env }: ProgramEdge): BblVersion {
  const lab = env['CAUSEWAY_LAB'] ?? ''
  return (lab === '' ? undefined : readSettings(lab).bbl) ?? '9.0.48'
}

function mustKnow(edge: ProgramEdge, command: string): Command {
  const known = commands[command] ?? printQuery(command)
  if (known !== undefined) return known
  edge.out(`${usage()}\n`)
  throw new BblError(`unknown command: ${command}`)
}

function mergeIaas(state: BblState, { iaas }: Globals): BblState {
  if (iaas === '' || iaas === state.iaas) return state
  if (state.iaas === '') return { ...state, iaas }
  throw new BblError(
    `The iaas type cannot be changed for an existing environment. The current iaas type is ${state.iaas}.`
  )
}
