import { existsSync } from 'node:fs'
import { chmod, cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { visitSteps } from '../../src/concourse/walk.ts'
import { messageOf } from '../../src/core/errors.ts'
import type { AnyTask } from '../../src/task/run-task.ts'
import { CommandLine, root } from '../cli/command-line.ts'
import { deployment, group, natsUrl, stemcellUrl } from '../lab/director/manifests.ts'
import { openBblLab, type BblLab, type BblLabOptions } from '../lab/bbl/bbl-lab.ts'
import { pipelines } from '../pipelines/load.ts'
import { Workbench } from '../tasks/workbench.ts'

/** Those steps of the teardown pipeline that are no stage: they are about the lease, or told what has failed. */
const others = ['guard-teardown', 'claim-environment', 'collect-evidence', 'release-environment']

/** The stages of the lab's teardown pipeline, and the proof, in its order. */
async function stagesOfTeardown(): Promise<readonly AnyTask[]> {
  const names: string[] = []
  for (const { environment, name, pipeline } of await pipelines()) {
    if (environment !== 'lab' || name !== 'teardown') continue
    for (const job of pipeline.jobs) {
      visitSteps(job, step => {
        if (step.kind === 'task' && !others.includes(step.name)) names.push(step.name)
      })
    }
  }
  expect(names.at(-1)).toBe('prove-empty')
  const modules = names.map(name => import(join(root, 'tasks', `${name}.ts`)))
  return (await Promise.all(modules)).map((module: { default: AnyTask }) => module.default)
}

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
  /** What `causeway state log` says of the teardown, the newest checkpoint first. */
  trail(): Promise<readonly Checkpointed[]>
}

export interface Checkpointed {
  readonly serial: number
  readonly reason: string
  readonly files: Readonly<Record<'added' | 'changed' | 'removed', readonly string[]>>
}

export async function openPavedLab(options: BblLabOptions = {}): Promise<PavedLab> {
  const lab = await openBblLab(options)
  const bench = await Workbench.open()
  for (const name of ['bbl', 'bosh', 'credhub', 'kubectl', 'labcloud']) {
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
      // Once a task has run there, the state is on its branch.
      if (!existsSync(bench.path('state', 'checkpoint.json')))
        await cp(lab.stateDir, bench.path('state', 'bbl'), { recursive: true })
      const failures: Record<string, string> = {}
      const given = { ENVIRONMENT: 'lab', IAAS: 'lab' }
      const run = async (task: AnyTask): Promise<void> => {
        const quick = 'RETRY_PAUSE_SECONDS' in task.params ? { RETRY_PAUSE_SECONDS: '0' } : {}
        const wait = 'LOCK_WAIT_MINUTES' in task.params ? { LOCK_WAIT_MINUTES: '0' } : {}
        await bench
          .run(task, { ...given, ...quick, ...wait }, AbortSignal.timeout(60_000))
          .catch((thrown: unknown) => {
            failures[task.name] = messageOf(thrown)
          })
      }
      for (const task of await stagesOfTeardown()) await run(task)
      return { failures, verdict: JSON.parse(await bench.read('emptiness/verdict.json')) as unknown }
    },
    async trail() {
      const line = await CommandLine.open()
      // A record of another IaaS, since no lab is needed to look at a branch.
      await bench.write(
        'records/lab.yml',
        `name: lab
iaas: gcp
region: europe-west1
system_domain: cf.example.com
versions: lab
state: { uri: 'file://${bench.path('state.git')}', branch: state }
locks: { uri: 'file:///none', branch: locks }
publish: { uri: 'file:///none' }
`
      )
      const versions = await readFile(join(root, 'env/versions/lab.yml'), 'utf8')
      await bench.write('records/versions/lab.yml', versions)
      line.env['CAUSEWAY_RECORDS'] = bench.path('records')
      const { code, out, err } = await line.run('state', 'log', 'lab', '--format', 'json')
      expect(code, err).toBe(0)
      return (JSON.parse(out) as { checkpoints: Checkpointed[] }).checkpoints
    }
  }
}
