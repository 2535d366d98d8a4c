import { UserError } from '../core/errors.ts'
import type { Programs } from './exec.ts'
import type { Files } from './files.ts'
import { isRecord, parseJson } from './table.ts'

interface ScriptOptions {
  readonly programs: Programs
  readonly files: Files
  /** A folder that goes with the task, for a key. */
  readonly scratch: string
  readonly stateDir: string
  /** `BBL_IAAS` and the credentials of that IaaS. */
  readonly iaas: Readonly<Record<string, string>>
}

/**
 * Runs `delete-<machine>-override.sh`, or `delete-<machine>.sh` where there is none, as bbl does (bbl v9.0.48,
 * bosh/executor.go, DeleteEnv), but inside the state directory, where BUCC's override has to be. Unlike bbl it also
 * hands over OpenStack's variables, and refuses an override that leads nowhere.
 */
export async function deleteByScript(
  options: ScriptOptions,
  machine: 'director' | 'jumpbox',
  access: Readonly<Record<string, string>>
): Promise<void> {
  const { programs, stateDir, iaas } = options
  const proxy = access['BOSH_ALL_PROXY']
  await programs.run({
    program: await scriptOf(options, machine),
    args: [],
    cwd: stateDir,
    env: {
      ...iaas,
      ...(await gcpVariables(options)),
      BBL_STATE_DIR: stateDir,
      ...(proxy === undefined ? {} : { BOSH_ALL_PROXY: proxy })
    }
  })
}

async function scriptOf({ files, stateDir }: ScriptOptions, machine: string): Promise<string> {
  const override = `delete-${machine}-override.sh`
  const name = (await files.list(stateDir)).includes(override) ? override : `delete-${machine}.sh`
  const path = `${stateDir}/${name}`
  if (await files.isExecutable(path)) return path
  throw new UserError(
    'program',
    `${path}: found no program, expected the script that deletes the ${machine}`,
    {
      hint: 'restore an earlier state, which has it'
    }
  )
}

/** On Google bbl tells its scripts the path of the key, the project and the zone. */
async function gcpVariables({
  files,
  scratch,
  stateDir,
  iaas
}: ScriptOptions): Promise<Record<string, string>> {
  const key = iaas['BBL_GCP_SERVICE_ACCOUNT_KEY']
  if (key === undefined) return {}
  const isPath = !key.trimStart().startsWith('{')
  const path = isPath ? key : `${scratch}/bbl-gcp-key.json`
  if (!isPath) await files.writeSecret(path, key)
  const account = parseJson((await files.readTextIfAny(path)) ?? '')
  const state = parseJson((await files.readTextIfAny(`${stateDir}/bbl-state.json`)) ?? '')
  const zone = isRecord(state) && isRecord(state['gcp']) ? state['gcp']['zone'] : undefined
  const project = isRecord(account) ? account['project_id'] : undefined
  return {
    BBL_GCP_SERVICE_ACCOUNT_KEY_PATH: path,
    ...(typeof zone === 'string' ? { BBL_GCP_ZONE: zone } : {}),
    ...(typeof project === 'string' ? { BBL_GCP_PROJECT_ID: project } : {})
  }
}
