import type { Log } from '../core/log.ts'
import type { Bbl } from '../tools/bbl.ts'
import type { Tools } from '../tools/tools.ts'
import { eraOf } from './bbl-era.ts'
import { proveBucc, proveCpi, putBucc } from './bucc.ts'
import { directorName } from './director-name.ts'
import { bblFolder } from './iaas-params.ts'
import { guardEra, placeFiles } from './place-files.ts'
import { planEnvironment } from './plan-environment.ts'
import type { EnvironmentRecord, Iaas } from './record.ts'
import { checkTerraformOutputs, readTerraformOutputs } from './terraform-outputs.ts'
import { pinnedProviders } from './terraform-providers.ts'
import { upWithRetry } from './up-with-retry.ts'

export interface PaveOptions {
  readonly bbl: Bbl
  readonly tools: Tools
  readonly log: Log
  readonly signal: AbortSignal
  /** Root of the state, with bbl's state directory in it. */
  readonly state: string
  /** Brings what lies on the disk to where it can't be lost. */
  readonly checkpoint: (reason: string) => Promise<void>
  /** Throws where the states of jumpbox and Director can't be trusted. */
  readonly proveMachines: () => Promise<void>
  /** Root of what was published. */
  readonly published: string
  readonly environment: string
  readonly iaas: Iaas
  readonly director: EnvironmentRecord['director']
  /** Where BUCC lies, for a Director of that kind. */
  readonly bucc: string | undefined
  readonly systemDomain: string
  readonly patches: readonly string[]
  /** JSON: version by terraform provider. */
  readonly providers: string
}

/**
 * Plans, places what is ours, goes up, and proves that the Director answers. Whatever can be refused is refused before `up`.
 * What it leaves on the disk is the truth at any moment; whoever calls it keeps the state.
 */
export async function paveEnvironment(options: PaveOptions): Promise<void> {
  const { bbl, tools, log, state, environment, iaas, director } = options
  const { files } = tools
  const folder = bblFolder(state)
  const era = eraOf(await bbl.version())
  guardEra(era, iaas)
  const providers = pinnedProviders(iaas, era, options.providers)

  await planEnvironment({ bbl, files }, state, environment)
  const { published, patches, systemDomain } = options
  const placing = { published, iaas, director, era, patches, systemDomain, providers }
  const added = await placeFiles(files, state, placing)
  if (director === 'bucc') {
    await putBucc(files, options.bucc, folder)
    await proveBucc(files, folder)
  }
  // What the cloud is told to make from here on must be known elsewhere, too.
  await options.checkpoint('planned')
  await upWithRetry(options)
  await options.checkpoint('up')
  if (director === 'bucc') await proveCpi(files, state, iaas)
  checkTerraformOutputs(await readTerraformOutputs(files, state), {
    added,
    director: directorName(environment, iaas),
    log
  })
  const bosh = tools.bosh(await bbl.printEnv())
  log.info(`Director answers: ${(await bosh.deployments()).length} deployments`)
}
