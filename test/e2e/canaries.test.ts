import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { provenRelease } from '../release/proven-release.ts'
import { generatedSecrets, leaksOf } from './playground-secrets.ts'
import { openWorkshop, TaskLab, type Workshop } from './task-lab.ts'

let workshop: Workshop
let lab: TaskLab
/** What a paving has generated, and what decrypts it. */
let secrets: readonly string[]

/** All that a run leaves: what it said, its files, its output, and the arguments of each program, which the shims wrote down. */
function leaks(said = ''): string[] {
  return leaksOf({ state: lab.folder, lab: `${lab.folder}/lab` }, secrets, [said])
}

beforeAll(async () => {
  workshop = await openWorkshop()
  lab = await TaskLab.open(workshop)
  const paved = await lab.run('pave-infrastructure')
  expect(paved.code, paved.said).toBe(0)
  const identity = workshop.params.get('pave-infrastructure')?.['STATE_IDENTITY'] ?? ''
  secrets = await generatedSecrets({ state: lab.folder, lab: `${lab.folder}/lab` }, identity)
  expect(secrets.length).toBeGreaterThan(20)
  expect(leaks(paved.said)).toEqual([])
}, 120_000)
afterAll(async () => {
  await lab.close()
  await workshop.close()
})

const stemcells = 'stemcells: [{alias: default, os: ubuntu-xenial, version: "621.76"}]\n'
const files = {
  'manifest/cf.yml': `name: cf\n${stemcells}`,
  'manifest/cfcr.yml': `name: cfcr\n${stemcells}`,
  'cf-manifest/cf.yml': `name: cf\n${stemcells}`,
  'cf-deployment/cf-deployment.yml': 'name: cf\n',
  'cfcr-manifest/cfcr.yml': `name: cfcr\n${stemcells}`,
  ...provenRelease
}

/** What breaks in each task that has the state in plain: where the lab's programs were asked; what destroys comes last. */
const steps: readonly (readonly [task: string, program: string, args: string])[] = [
  ['upload-stemcells', 'bosh', 'upload-stemcell'],
  ['deploy-cf', 'bosh', '-d cf deploy '],
  ['upload-cfcr-release', 'bosh', 'upload-release'],
  ['deploy-cfcr', 'credhub', ''],
  ['apply-addons', 'bosh', 'run-errand'],
  ['run-errand', 'bosh', 'run-errand'],
  ['configure-cf', 'bosh', 'vms'],
  ['wait-until-stable', 'credhub', ''],
  ['test-connectivity', 'credhub', ''],
  ['collect-evidence', 'bosh', ''],
  ['delete-kubernetes-objects', 'credhub', ''],
  ['delete-deployments', 'bosh', 'clean-up'],
  ['pave-infrastructure', 'terraform', ''],
  ['pave-infrastructure', 'create-env', ''],
  ['revive-director', 'bosh', 'environment'],
  ['sweep-leftovers', 'labcloud', 'list'],
  ['prove-empty', 'labcloud', 'list'],
  ['destroy-infrastructure', 'delete-env', ''],
  ['destroy-infrastructure', 'terraform', 'destroy']
]

describe('what a paving has generated', { timeout: 300_000 }, () => {
  it.each(steps)('is seen nowhere when %s fails, where %s %s shouts it', async (task, program, args) => {
    const message = secrets.flatMap(secret => [secret, Buffer.from(secret).toString('base64')]).join('\n')
    await lab.break({ program, args, action: 'exit', message })
    const { said } = await lab.run(task, { files })
    expect(await lab.hasBroken(), said).toBe(true)
    expect(leaks(said)).toEqual([])
  })

  it('breaks in every task that is given the identity of the state', () => {
    const given = [...workshop.params].filter(([, params]) => 'STATE_IDENTITY' in params)
    const names = given.map(([name]) => name).filter(name => name !== 'guard-teardown')
    // guard-teardown asks nobody.
    expect([...new Set(steps.map(([task]) => task))].sort()).toEqual(names.sort())
  })
})
