import { existsSync } from 'node:fs'
import { BblError } from './bbl-error.ts'
import type { Session } from './session.ts'

export type Machine = 'jumpbox' | 'director'

const ops: Readonly<Record<Machine, readonly string[]>> = {
  jumpbox: ['jumpbox-deployment/lab/cpi.yml'],
  director: [
    'bosh-deployment/lab/cpi.yml',
    'bosh-deployment/jumpbox-user.yml',
    'bosh-deployment/uaa.yml',
    'bosh-deployment/credhub.yml'
  ]
}

const manifests = { jumpbox: 'jumpbox-deployment/jumpbox.yml', director: 'bosh-deployment/bosh.yml' } as const
const states = { jumpbox: 'vars/jumpbox-state.json', director: 'vars/bosh-state.json' } as const

/** `create-director.sh` and its like, as bbl writes them (bbl v9.0.48, bosh/executor.go, formatScript). */
export function machineScript(machine: Machine, command: 'create-env' | 'delete-env'): string {
  const dir = '${BBL_STATE_DIR}'
  const args = [
    `${dir}/${manifests[machine]}`,
    `--state  ${dir}/${states[machine]}`,
    `--vars-store  ${dir}/vars/${machine}-vars-store.yml`,
    `--vars-file  ${dir}/vars/${machine}-vars-file.yml`,
    ...ops[machine].map(path => `-o  ${dir}/${path}`)
  ]
  return `#!/bin/sh\nbosh ${command} \\\n${args.map(arg => `  ${arg}`).join(' \\\n')} \n`
}

/** Runs the script that creates a machine: the user's override where there is one, even where it came from a plan-patch. */
export async function createMachine(session: Session, machine: Machine): Promise<void> {
  const script = scriptOf(session, `create-${machine}`)
  const env = { BBL_STATE_DIR: session.dir.path, BBL_IAAS: session.state.iaas }
  try {
    await session.run(script, [], env)
  } catch (thrown) {
    throw failed(thrown, `${session.version === '8.4.40' ? 'Running' : 'running'} ${script}`)
  }
}

/** Runs the script that deletes a machine, where there is a state of it. */
export async function deleteMachine(session: Session, machine: Machine): Promise<void> {
  if (!existsSync(session.dir.file(states[machine]))) return
  const script = scriptOf(session, `delete-${machine}`)
  try {
    await session.run(script, [], { BBL_STATE_DIR: session.dir.path })
  } catch (thrown) {
    throw failed(thrown, `Run bosh delete-env ${machine}`)
  }
}

/** `existsSync` follows links: an override that leads nowhere is passed over without a word, as by bbl. */
function scriptOf({ dir }: Session, name: string): string {
  const override = dir.file(`${name}-override.sh`)
  return existsSync(override) ? override : dir.file(`${name}.sh`)
}

function failed(thrown: unknown, what: string): unknown {
  return thrown instanceof BblError ? new BblError(`${what}: ${thrown.message}`) : thrown
}
