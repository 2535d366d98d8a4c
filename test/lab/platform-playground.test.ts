import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cf } from '../../src/lab/programs/cf/main.ts'
import { kubectl } from '../../src/lab/programs/kubectl/main.ts'
import { nodePortRules } from '../../src/environment/security-rules.ts'
import { kubeconfigText } from '../../src/tools/kubectl.ts'
import type { Row } from '../../src/tools/table.ts'
import { cfcrManifest, cfManifest } from './platform/manifests.ts'
import { openPlayground, type Playground } from './platform/playground.ts'
import { run, succeed, type Ran } from './programs/run-program.ts'

const silkDaemon = '/bosh-test/cf/silk_daemon'
const image = 'registry.test/probe:1'
let playground: Playground
let env: Record<string, string>
const addresses = new Map<string, string>()

beforeAll(async () => {
  playground = await openPlayground()
  const home = join(playground.folder, 'cf')
  mkdirSync(home)
  env = { ...playground.env, CF_HOME: home, KUBECONFIG: join(playground.folder, 'kubeconfig') }
  // The customized release, by its name and version alone: what is in it is none of these tests.
  const url = 'https://bosh.io/d/github.com/cloudfoundry-incubator/kubo-release?v=0.44.0+silk.1'
  expect((await playground.bosh('upload-release', url)).exitCode).toBe(0)
  await playground.deploy(cfManifest())
  await playground.deploy(cfcrManifest(silkDaemon))
  await pushApps()
  await runPods()
})
afterAll(() => playground.close())

const inCf = (...args: readonly string[]): Promise<string> => succeed(cf, args, { env })
const inKubernetes = (...args: readonly string[]): Promise<string> => succeed(kubectl, args, { env })

async function pushApps(): Promise<void> {
  const password = await playground.credential('/bosh-test/cf/cf_admin_password')
  await inCf('api', 'https://api.lab.test', '--skip-ssl-validation')
  await inCf('auth', 'admin', password)
  await inCf('enable-feature-flag', 'diego_docker')
  await inCf('create-org', 'o')
  await inCf('create-space', 's', '-o', 'o')
  await inCf('target', '-o', 'o', '-s', 's')
  for (const app of ['app-a', 'app-b']) {
    await inCf('push', app, '--docker-image', image, '--no-manifest')
    addresses.set(app, (await inCf('ssh', app, '-c', 'printenv CF_INSTANCE_INTERNAL_IP')).trim())
  }
}

async function runPods(): Promise<void> {
  const access = {
    server: 'https://master.cfcr.internal:8443',
    certificateAuthority: await playground.credential('/bosh-test/cfcr/tls-kubernetes', 'ca'),
    user: 'admin',
    token: await playground.credential('/bosh-test/cfcr/kubo-admin-password')
  }
  writeFileSync(env['KUBECONFIG'] ?? '', kubeconfigText('cfcr', access))
  const nodes = (await inKubernetes('get', 'nodes', '-o', 'name')).trim().split('\n')
  const places = { 'pod-a': nodes[0], 'pod-b': nodes[0], 'pod-c': nodes[1] }
  const manifests = Object.entries(places).map(([name, node = '']) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { nodeName: node.replace('node/', ''), containers: [{ name: 'probe', image }] }
  }))
  const input = manifests.map(manifest => `---\n${JSON.stringify(manifest)}\n`).join('')
  await succeed(kubectl, ['apply', '-f', '-'], { env, input })
  await learnAddresses(Object.keys(places))
}

async function learnAddresses(pods: readonly string[]): Promise<void> {
  for (const name of pods) {
    const pod = JSON.parse(await inKubernetes('get', 'pod', name, '-o', 'json')) as {
      status: { podIP?: string }
    }
    addresses.set(name, pod.status.podIP ?? '')
  }
}

/** Whom the probe at `to` sees when `from` asks; empty where no answer comes. */
async function seen(from: string, to: string): Promise<string> {
  const wget = ['wget', '-T', '5', '-qO-', `http://${addresses.get(to) ?? ''}:8080/`]
  const ran: Ran = from.startsWith('app-')
    ? await run(cf, ['ssh', from, '-c', wget.join(' ')], { env })
    : await run(kubectl, ['exec', from, '--', ...wget], { env })
  if (ran.exitCode !== 0) return ''
  return (JSON.parse(ran.stdout) as { peer: string }).peer
}

describe('a playground as our pipelines deploy it', () => {
  it.each([
    ['app-a', 'pod-a'],
    ['app-b', 'pod-c'],
    ['pod-a', 'pod-b'],
    ['pod-a', 'pod-c'],
    ['pod-c', 'pod-a']
  ])('%s reaches %s under its own address', async (from, to) => {
    expect(await seen(from, to)).toBe(addresses.get(from))
    expect(addresses.get(from)).toMatch(/^10\.255\./)
  })

  it('keeps apps to themselves, until a policy says otherwise', async () => {
    expect(await seen('pod-a', 'app-a')).toBe('')
    expect(await seen('app-a', 'app-b')).toBe('')
    await inCf('add-network-policy', 'app-a', 'app-b', '--protocol', 'tcp', '--port', '8080')
    expect(await seen('app-a', 'app-b')).toBe(addresses.get('app-a'))
    expect(await seen('app-b', 'app-a')).toBe('')
  })

  it("lets apps reach a service on a worker's port once a security group says so", async () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'probe' },
      spec: { type: 'NodePort', selector: { app: 'probe' }, ports: [{ port: 8080, nodePort: 30_080 }] }
    }
    await inKubernetes('label', 'pod', 'pod-c', 'app=probe')
    await succeed(kubectl, ['apply', '-f', '-'], { env, input: JSON.stringify(service) })
    const vms = JSON.parse((await playground.bosh('-d', 'cfcr', 'vms', '--json')).stdout) as {
      Tables: readonly [{ Rows: Row[] }]
    }
    const rules = nodePortRules(vms.Tables[0].Rows)
    const worker = rules[0]?.destination ?? ''
    const ask = (port: number): Promise<Ran> =>
      run(cf, ['ssh', 'app-a', '-c', `wget -T 5 -qO- http://${worker}:${port}/`], { env })
    expect(await ask(30_080)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('refused') as string
    })
    const path = join(playground.folder, 'rules.json')
    writeFileSync(path, JSON.stringify(rules))
    // As configure-cf does it, twice: what is there is replaced.
    for (const command of ['create', 'update', 'create', 'update'])
      await inCf(`${command}-security-group`, 'services', path)
    expect((await ask(30_080)).exitCode).toBe(1)
    await inCf('bind-running-security-group', 'services')
    expect(JSON.parse((await ask(30_080)).stdout)).toMatchObject({ peer: worker })
    expect((await ask(10_250)).exitCode).toBe(1)
  })

  it('is reached by the names of its certificates', () => {
    expect([...playground.names()].sort()).toEqual(['*.lab.test', 'master.cfcr.internal'])
  })

  it('brings its addons up: pods get out, and services answer', async () => {
    const errand = await playground.bosh('-d', 'cfcr', 'run-errand', 'apply-specs')
    expect(errand.exitCode).toBe(0)
    const ran = await run(kubectl, ['exec', 'pod-a', '--', 'nslookup', 'kubernetes.default'], { env })
    expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/10\.100\.200\.1/) as string })
  })
})

describe('the same playground, after a deploy without one of our ops files', () => {
  it('has no pods that apps could reach', async () => {
    await playground.deploy(cfcrManifest(silkDaemon, { ops: [] }))
    await learnAddresses(['pod-a', 'pod-c'])
    expect(addresses.get('pod-a')).toMatch(/^10\.200\./)
    expect(await seen('app-a', 'pod-a')).toBe('')
    expect(await seen('pod-a', 'pod-c')).toBe(addresses.get('pod-a'))
  })

  it('has pods without addresses, and says why', async () => {
    const path = '/instance_groups/name=worker/jobs/name=silk-daemon'
    await playground.deploy(cfcrManifest(silkDaemon, { changes: [{ type: 'remove', path }] }))
    await learnAddresses(['pod-a'])
    expect(addresses.get('pod-a')).toBe('')
    expect(await inKubernetes('get', 'events')).toMatch(/no silk-daemon runs/)
    const errand = await playground.bosh('-d', 'cfcr', 'run-errand', 'smoke-tests', '--instance', 'master/0')
    expect(errand.exitCode).toBe(1)
  })

  it('recovers with the next deploy', async () => {
    await playground.deploy(cfcrManifest(silkDaemon))
    await learnAddresses(['pod-a', 'pod-c'])
    expect(await seen('app-a', 'pod-c')).toBe(addresses.get('app-a'))
  })
})

describe('the end of the playground', () => {
  it('takes the APIs and their names along', async () => {
    for (const name of ['cfcr', 'cf']) {
      expect(await playground.bosh('-d', name, 'delete-deployment')).toMatchObject({ exitCode: 0 })
    }
    expect(playground.names()).toEqual([])
    expect((await run(cf, ['apps'], { env })).stderr).toMatch(/no such host/)
    expect((await run(kubectl, ['get', 'nodes'], { env })).stderr).toMatch(/no such host/)
  })
})
