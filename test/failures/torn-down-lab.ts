import { chmod, cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import deleteDeployments from '../../tasks/delete-deployments.ts'
import deleteKubernetesObjects from '../../tasks/delete-kubernetes-objects.ts'
import destroyInfrastructure from '../../tasks/destroy-infrastructure.ts'
import proveEmpty from '../../tasks/prove-empty.ts'
import reviveDirector from '../../tasks/revive-director.ts'
import sweepLeftovers from '../../tasks/sweep-leftovers.ts'
import { messageOf } from '../../src/core/errors.ts'
import { deployment, group, natsUrl, stemcellUrl } from '../lab/director/manifests.ts'
import { openBblLab, type BblLab } from '../lab/bbl/bbl-lab.ts'
import { Workbench } from '../tasks/workbench.ts'

const stages = [
  reviveDirector,
  deleteKubernetesObjects,
  deleteDeployments,
  destroyInfrastructure,
  sweepLeftovers
]

export interface TornDown {
  /** Why a stage failed, by its task; a stage that did not fail is not there. */
  readonly failures: Readonly<Record<string, string>>
  readonly verdict: unknown
}

/** An environment that is paved in the lab, with a deployment; it is torn down by the task programs, as the pipeline does it. */
export interface PavedLab extends BblLab {
  readonly bench: Workbench
  /** Deploys one instance with a persistent disk. */
  deploy(name: string): Promise<void>
  bosh(...args: readonly string[]): Promise<void>
  /** Standard output of a question to the Director. */
  table(...args: readonly string[]): Promise<string>
  /** Asks until it is so. */
  until(isSo: () => Promise<boolean>): Promise<void>
  /** Tries every stage, and then the proof. */
  tearDown(): Promise<TornDown>
}

export async function openPavedLab(): Promise<PavedLab> {
  const lab = await openBblLab()
  const bench = await Workbench.open()
  for (const name of ['bbl', 'bosh', 'credhub', 'labcloud']) {
    const path = bench.path('bin', name)
    await writeFile(path, `#!/bin/sh\nCAUSEWAY_LAB='${lab.lab}' exec '${join(lab.lab, 'bin', name)}' "$@"\n`)
    await chmod(path, 0o755)
  }
  expect((await lab.bbl('plan', '--name', 'lab', '--lb-type', 'concourse')).code).toBe(0)
  const bosh = async (...args: readonly string[]): Promise<void> => {
    const ran = await lab.run('bosh', ['-n', ...args], await lab.printEnv())
    expect(ran, args.join(' ')).toMatchObject({ code: 0 })
  }
  return {
    ...lab,
    bench,
    bosh,
    table: async (...args) => (await lab.run('bosh', ['-n', ...args], await lab.printEnv())).stdout,
    async until(isSo) {
      while (!(await isSo()));
    },
    async deploy(name) {
      lab.put(
        '../manifest.json',
        JSON.stringify(deployment(name, [group('node', { persistent_disk: 1024 })]))
      )
      await bosh('upload-stemcell', stemcellUrl)
      await bosh('upload-release', natsUrl)
      await bosh('-d', name, 'deploy', join(lab.lab, 'manifest.json'))
    },
    async tearDown() {
      await cp(lab.stateDir, bench.path('state', 'bbl'), { recursive: true })
      const failures: Record<string, string> = {}
      const given = { ENVIRONMENT: 'lab', IAAS: 'lab' }
      const run = async (task: (typeof stages)[number] | typeof proveEmpty): Promise<void> => {
        const quick = 'RETRY_PAUSE_SECONDS' in task.params ? { RETRY_PAUSE_SECONDS: '0' } : {}
        const wait = 'LOCK_WAIT_MINUTES' in task.params ? { LOCK_WAIT_MINUTES: '0' } : {}
        await bench
          .run(task, { ...given, ...quick, ...wait }, AbortSignal.timeout(60_000))
          .catch((thrown: unknown) => {
            failures[task.name] = messageOf(thrown)
          })
      }
      for (const task of [...stages, proveEmpty]) await run(task)
      return { failures, verdict: JSON.parse(await bench.read('emptiness/verdict.json')) as unknown }
    }
  }
}
