import type { Value } from '../../manifest/value.ts'
import { CloudError } from '../cloud/cloud-error.ts'
import { Cloud } from '../cloud/cloud.ts'
import { contains } from '../cloud/ip.ts'
import type { Tags } from '../cloud/model.ts'
import { paceOf, readSettings, type Pace } from '../pace.ts'
import { CreateEnvStateFile } from './state.ts'

export interface CreateEnvOptions {
  readonly lab: string
  /** Interpolated: no `((variable))` is left in it. */
  readonly manifest: Value
  /** As it was given, for the first line of the output. */
  readonly manifestPath: string
  readonly statePath: string
  /** Makes a new VM although nothing has changed. */
  readonly recreate?: boolean
  /** Progress, as the real program prints it to standard output. */
  readonly print: (text: string) => void
}

/** What one create-env or delete-env works with. */
export interface Work {
  readonly options: CreateEnvOptions
  readonly cloud: Cloud
  readonly pace: Pace
  readonly file: CreateEnvStateFile
}

/** Says what it is about, and reads what an earlier one has made. */
export function begin(options: CreateEnvOptions): Work {
  const { lab, manifestPath, statePath, print } = options
  print(`Deployment manifest: '${manifestPath}'\nDeployment state: '${statePath}'\n`)
  return {
    options,
    cloud: new Cloud(lab),
    pace: paceOf(readSettings(lab)),
    file: new CreateEnvStateFile(statePath)
  }
}

/** Tags of the network in which an address lies: what is made in it belongs to the same environment. */
export function tagsAt(cloud: Cloud, ip: string): Tags {
  return cloud.all('network').find(({ cidr }) => contains(cidr, ip))?.tags ?? {}
}

export function ignoreMissing(call: () => void): void {
  try {
    call()
  } catch (thrown) {
    if (!(thrown instanceof CloudError && thrown.code === 'not-found')) throw thrown
  }
}

/** What a CPI says when the cloud refuses (bosh-cli v7.10, cloud/error.go). */
export function cpi<T>(method: string, call: () => T): T {
  try {
    return call()
  } catch (thrown) {
    if (!(thrown instanceof CloudError)) throw thrown
    const details = `{"type":"Bosh::Clouds::CloudError","message":${JSON.stringify(thrown.message)},"ok_to_retry":false}`
    throw new CloudError(thrown.code, `CPI '${method}' method responded with error: CmdError${details}`)
  }
}
