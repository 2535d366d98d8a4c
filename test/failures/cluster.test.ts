import { cp, readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Value } from '../../src/manifest/value.ts'
import applyAddons from '../../tasks/apply-addons.ts'
import collectEvidence from '../../tasks/collect-evidence.ts'
import deleteKubernetesObjects from '../../tasks/delete-kubernetes-objects.ts'
import { cfcrManifest, type Changes } from '../lab/platform/manifests.ts'
import { builtService } from '../lab/programs/built.ts'
import { openPavedLab, type PavedLab } from './torn-down-lab.ts'

/** One lab with a cluster for all of it: each test begins with what the one before it left. */
let lab: PavedLab

beforeAll(async () => {
  lab = await openPavedLab({ service: builtService })
  expect((await lab.bbl('up')).code).toBe(0)
  await cp(lab.stateDir, lab.bench.path('state', 'bbl'), { recursive: true })
  await lab.bosh(
    'upload-stemcell',
    'https://bosh.io/d/stemcells/bosh-warden-boshlite-ubuntu-xenial-go_agent?v=621.76'
  )
}, 120_000)
afterAll(() => lab.close())

const params = { ENVIRONMENT: 'lab', IAAS: 'lab' }

async function deploy(changes: Changes): Promise<void> {
  lab.put('../cfcr.json', JSON.stringify(cfcrManifest('unused', { ops: [], changes })))
  await lab.bosh('-d', 'cfcr', 'deploy', `${lab.lab}/cfcr.json`)
}

async function evidence(file: string): Promise<readonly Value[]> {
  return JSON.parse(await lab.bench.read(`evidence/${file}`)) as readonly Value[]
}

describe('a cluster', { timeout: 120_000 }, () => {
  it('failure 24: whose network does not work fails its addons twice, and the evidence has nodes, pods, events and the logs of the CNI', async () => {
    const path = '/instance_groups/name=worker/jobs/name=kubelet/properties/k8s-args/cni-conf-dir?'
    await deploy([{ type: 'replace', path, value: '/var/vcap/nowhere' }])
    const applying = lab.bench.run(applyAddons, { ...params, RETRY_PAUSE_SECONDS: '0' })
    await expect(applying).rejects.toMatchObject({ outcome: 'program' })
    expect(lab.bench.logged).toContain('exceeded its progress deadline')
    expect(lab.bench.logged.match(/run-errand/g)).toHaveLength(2)

    await lab.bench.run(collectEvidence, params)
    expect(await lab.bench.read('evidence/not-collected.txt')).toBe('connectivity: the matrix did not run\n')
    const reason = 'cni config uninitialized: nothing in /var/vcap/nowhere'
    expect(JSON.stringify(await evidence('cluster/nodes.json'))).toContain(reason)
    const pods = await evidence('cluster/pods.json')
    expect(pods).toContainEqual(
      expect.objectContaining({
        namespace: 'kube-system',
        status: expect.objectContaining({ phase: 'Pending' }) as unknown
      })
    )
    expect(JSON.stringify(pods)).not.toContain('"containers"')
    expect(await evidence('cluster/events.json')).not.toEqual([])
    const logs = await readdir(lab.bench.path('evidence/logs/cfcr'), { recursive: true })
    expect(logs.filter(file => /worker\.[^/]+\/flanneld\/flanneld\.stdout\.log$/.test(file))).not.toEqual([])
  })

  it('failure 16: loses its load balancers and disks while its API works, so that the network can go', async () => {
    const provider = {
      name: 'cloud-provider',
      release: 'kubo',
      properties: { 'cloud-provider': { type: 'aws' } }
    }
    await deploy([{ type: 'replace', path: '/instance_groups/name=master/jobs/-', value: provider }])
    const before = lab.cloud.all('load-balancer')
    const objects = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] }
      }
    ]
    lab.put('../objects.yml', objects.map(object => `---\n${JSON.stringify(object)}\n`).join(''))
    const kubeconfig = lab.bench.path('scratch/kube/kubeconfig')
    const applied = await lab.run('kubectl', [
      '--kubeconfig',
      kubeconfig,
      'apply',
      '-f',
      `${lab.lab}/objects.yml`
    ])
    expect(applied).toMatchObject({ code: 0 })
    const made = lab.cloud.all('load-balancer').filter(({ cid }) => !before.some(old => old.cid === cid))
    expect(made).toHaveLength(1)
    await lab.bench.run(deleteKubernetesObjects, params)
    expect(lab.cloud.all('load-balancer')).toEqual(before)
    const { failures, verdict } = await lab.tearDown()
    expect(failures).toEqual({})
    expect(verdict).toMatchObject({ clean: true, left: [] })
    expect(lab.cloud.list()).toEqual([])
  })
})
