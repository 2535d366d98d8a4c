import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { clusterOf } from '../../src/environment/cluster.ts'
import { Cloud } from '../../src/lab/cloud/cloud.ts'
import { kubectl } from '../../src/lab/programs/kubectl/main.ts'
import { createFiles } from '../../src/tools/files.ts'
import { kubeconfigText } from '../../src/tools/kubectl.ts'
import { cfcrManifest } from './platform/manifests.ts'
import { openPlayground, type Playground } from './platform/playground.ts'
import { run, start, succeed, type Ran, type RunOptions } from './programs/run-program.ts'

const server = 'https://master.cfcr.internal:8443'
const image = 'registry.test/probe:1'
let playground: Playground
let kubeconfig: string

beforeAll(async () => {
  playground = await openPlayground()
  await playground.deploy(cfcrManifest('unused', { ops: [] }))
  kubeconfig = join(playground.folder, 'kubeconfig')
  writeFileSync(
    kubeconfig,
    kubeconfigText('cfcr', {
      server,
      certificateAuthority: await playground.credential('/bosh-test/cfcr/tls-kubernetes', 'ca'),
      user: 'admin',
      token: await playground.credential('/bosh-test/cfcr/kubo-admin-password')
    })
  )
})
afterAll(() => playground.close())

it("takes a kubeconfig as upstream's set_kubeconfig makes it, which has the same in it as ours", async () => {
  const ca = join(playground.folder, 'ca.pem')
  writeFileSync(ca, await playground.credential('/bosh-test/cfcr/tls-kubernetes', 'ca'))
  const token = await playground.credential('/bosh-test/cfcr/kubo-admin-password')
  const [theirs, cluster] = [join(playground.folder, 'theirs'), 'cfcr/bosh-test/cfcr']
  const user = `${cluster}/cfcr-admin`
  const inTheirs = { env: { KUBECONFIG: theirs } }
  const authority = `--certificate-authority=${ca}`
  await works(
    ['config', 'set-cluster', cluster, `--server=${server}`, authority, '--embed-certs=true'],
    inTheirs
  )
  await works(['config', 'set-credentials', user, `--token=${token}`], inTheirs)
  await works(['config', 'set-context', cluster, `--cluster=${cluster}`, `--user=${user}`], inTheirs)
  await works(['config', 'use-context', cluster], inTheirs)
  expect(await works(['get', 'nodes', '-o', 'name'], inTheirs)).toContain('node/')
  const credhub = {
    password: () => Promise.resolve(token),
    certificate: () => Promise.resolve({ ca: readFileSync(ca, 'utf8') })
  }
  const folder = playground.folder
  const ours = await clusterOf({ credhub, files: createFiles(), prefix: '/bosh-test/cfcr', server, folder })
  const config = (path: string): unknown => parse(readFileSync(path, 'utf8'))
  expect(config(ours)).toEqual(config(theirs))
  expect(statSync(ours).mode & 0o077).toBe(0)
})

function options(more: RunOptions = {}): RunOptions {
  return { cwd: playground.folder, ...more, env: { ...playground.env, KUBECONFIG: kubeconfig, ...more.env } }
}

function attempt(args: readonly string[], more?: RunOptions): Promise<Ran> {
  return run(kubectl, args, options(more))
}

function works(args: readonly string[], more?: RunOptions): Promise<string> {
  return succeed(kubectl, args, options(more))
}

function nameOf(object: Record<string, unknown>): string {
  return (object['metadata'] as { name: string }).name
}

async function items(...args: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const list = JSON.parse(await works(['get', ...args, '-o', 'json'])) as { items: Record<string, unknown>[] }
  return list.items
}

const pod = (name: string, more: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'work', labels: { app: name } },
  spec: { containers: [{ name: 'probe', image, ports: [{ containerPort: 8080 }] }], ...more }
})
const documents = (...objects: readonly object[]): string =>
  objects.map(object => `---\n${JSON.stringify(object)}\n`).join('')

describe('kubectl, on its way to a cluster', () => {
  it('is a program of its own', async () => {
    const version = await start('kubectl', ['version', '--client', '-o', 'json'])
    expect(version.exitCode).toBe(0)
    expect(JSON.parse(version.stdout)).toMatchObject({ clientVersion: { gitVersion: 'v1.17.9' } })
    const applied = await start('kubectl', ['apply', '-f', '-'], options({ input: '' }))
    expect(applied).toMatchObject({ exitCode: 1, stderr: 'error: no objects passed to apply\n' })
  })

  it('makes a kubeconfig, and hides the secrets in it', async () => {
    const env = { KUBECONFIG: join(playground.folder, 'made') }
    const file = join(playground.folder, 'ca.pem')
    writeFileSync(file, await playground.credential('/bosh-test/cfcr/tls-kubernetes', 'ca'))
    const token = await playground.credential('/bosh-test/cfcr/kubo-admin-password')
    const set = (...args: readonly string[]): Promise<string> => works(['config', ...args], { env })
    expect((await attempt(['config', 'use-context', 'c'], { env })).stderr).toMatch(/no context exists/)
    await set('set-cluster', 'c', '--server', server, '--certificate-authority', file, '--embed-certs')
    await set('set-credentials', 'admin', '--token', token)
    expect(await set('set-context', 'c', '--cluster', 'c', '--user', 'admin')).toBe('Context "c" created.\n')
    expect(await set('set-context', 'c', '--namespace', 'kube-system')).toBe('Context "c" modified.\n')
    await set('use-context', 'c')
    expect(await works(['cluster-info'], { env })).toContain(server)
    expect(await set('view')).not.toContain(token)
    expect(await set('view', '--raw')).toContain(token)
  })

  it.each<[string, Record<string, string>, readonly string[], RegExp]>([
    ['without a kubeconfig', { KUBECONFIG: '/nowhere' }, [], /server localhost:8080 was refused/],
    ['with a wrong token', {}, ['--token', 'wrong'], /You must be logged in to the server/],
    ['under a wrong name', {}, ['--server', 'https://other.cfcr.internal:8443'], /no such host/],
    ['without its authority', {}, ['--certificate-authority', '/dev/null'], /x509/]
  ])('fails %s', async (_, env, args, stderr) => {
    const ran = await attempt(['get', 'nodes', ...args], { env })
    expect(ran).toMatchObject({ exitCode: 1, stdout: '' })
    expect(ran.stderr).toMatch(stderr)
  })

  it.each<[readonly string[], RegExp]>([
    [['nope'], /^error: unknown command "nope" for "kubectl"/],
    [['get', '--nope'], /^error: unknown flag: --nope\nSee 'kubectl get --help'/],
    [['get', '-z'], /^error: unknown shorthand flag: 'z' in -z/],
    [['get', 'pods', '-n'], /^error: flag needs an argument: --namespace/],
    [['get'], /You must specify the type of resource/],
    [['get', 'things'], /doesn't have a resource type "things"/],
    [['get', 'pods', '-o', 'nope'], /unable to match a printer/],
    [['get', 'pod', 'nope'], /^Error from server \(NotFound\): pods "nope" not found\n$/],
    [['delete', 'deploy', 'nope'], /^Error from server \(NotFound\): deployments.apps "nope" not found\n$/],
    [['delete', 'pods'], /no name, label selector, or --all flag/],
    [['apply', '-f', 'nope.yml'], /the path "nope.yml" does not exist/],
    [['exec', 'x'], /must specify at least one command/],
    [['wait', 'pod/x', '--for=nope'], /unrecognized condition/]
  ])('refuses %j', async (args, stderr) => {
    const ran = await attempt(args)
    expect(ran.exitCode).toBe(1)
    expect(ran.stderr).toMatch(stderr)
  })
})

describe('kubectl, on a cluster', () => {
  beforeAll(() => works(['create', 'namespace', 'work']))

  it('finds a node for every worker, under its address', async () => {
    const nodes = await items('nodes')
    const vms = JSON.parse((await playground.bosh('-d', 'cfcr', 'vms', '--json')).stdout) as {
      Tables: { Rows: { instance: string; ips: string }[] }[]
    }
    const rows = vms.Tables[0]?.Rows ?? []
    const workers = rows.filter(row => row.instance.startsWith('worker/')).map(row => row.ips)
    expect(nodes.map(node => nameOf(node)).sort()).toEqual(workers.sort())
    expect(await works(['get', 'nodes'])).toMatch(/Ready\s+<none>/)
  })

  it('applies, changes, and takes away what is no longer wanted', async () => {
    const labelled = (labels: object): string =>
      documents({ ...pod('changes'), metadata: { ...named, labels } })
    const named = { name: 'changes', namespace: 'work' }
    const apply = (input: string): Promise<string> => works(['apply', '-f', '-'], { input })
    expect(await apply(labelled({ a: '1', b: '2' }))).toBe('pod/changes created\n')
    expect(await apply(labelled({ a: '1', b: '2' }))).toBe('pod/changes unchanged\n')
    await works(['label', '-n', 'work', 'pod', 'changes', 'own=1'])
    expect(await apply(labelled({ a: '3' }))).toBe('pod/changes configured\n')
    const [changed] = await items('pods', '-n', 'work', '-l', 'own=1')
    expect(changed).toMatchObject({ metadata: { labels: { a: '3', own: '1' } } })
    expect(JSON.stringify(changed?.['metadata'])).not.toContain('"b":')
  })

  it('leaves a list alone that is wanted as before', async () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'listed', namespace: 'work' },
      spec: { type: 'NodePort', selector: { app: 'listed' }, ports: [{ port: 80 }] }
    }
    const apply = (): Promise<string> => works(['apply', '-f', '-'], { input: documents(service) })
    await apply()
    const [before] = await items('svc', '-n', 'work')
    expect(before).toMatchObject({ spec: { ports: [{ port: 80, nodePort: 30_000 }] } })
    expect(await apply()).toBe('service/listed unchanged\n')
  })

  it('refuses what the server does not know, and namespaces that disagree', async () => {
    const strange = documents({ apiVersion: 'v2', kind: 'Strange', metadata: { name: 'x' } })
    expect((await attempt(['apply', '-f', '-'], { input: strange })).stderr).toMatch(
      /no matches for kind "Strange" in version "v2"/
    )
    const elsewhere = await attempt(['apply', '-n', 'default', '-f', '-'], { input: documents(pod('x')) })
    expect(elsewhere.stderr).toMatch(/"work" does not match the namespace "default"/)
    expect((await attempt(['apply', '-f', '-'], { input: 'a: [' })).stderr).toMatch(
      /^error: error parsing STDIN/
    )
  })

  it('puts pods where they are bound to, and the others where there is room', async () => {
    const [first] = await items('nodes')
    const nodeName = nameOf(first ?? {})
    const input = documents(pod('bound', { nodeName }), pod('free-a'), pod('free-b'))
    await works(['apply', '-f', '-'], { input })
    for (const name of ['bound', 'free-a', 'free-b']) {
      await works(['wait', '-n', 'work', `pod/${name}`, '--for=condition=Ready', '--timeout=60s'])
    }
    const placed = new Map(
      (await items('pods', '-n', 'work')).map(each => [
        nameOf(each),
        (each['spec'] as { nodeName: string }).nodeName
      ])
    )
    expect(placed.get('bound')).toBe(nodeName)
    expect(placed.get('free-a')).not.toBe(placed.get('free-b'))
  })

  it('waits in the time of the lab, and says what did not come', async () => {
    await works(['apply', '-f', '-'], { input: documents(pod('stuck', { nodeName: 'nowhere' })) })
    const ran = await attempt(['wait', '-n', 'work', 'pod/stuck', '--for=condition=Ready', '--timeout=5m'])
    expect(ran).toMatchObject({
      exitCode: 1,
      stderr: 'error: timed out waiting for the condition on pods/stuck\n'
    })
    const events = await works([
      'get',
      'events',
      '-n',
      'work',
      '--field-selector',
      'involvedObject.name=stuck'
    ])
    expect(events).toMatch(/node nowhere does not exist/)
    await works(['delete', '-n', 'work', 'pod', 'stuck'])
    expect(await works(['wait', '-n', 'work', 'pod/stuck', '--for=delete'])).toBe('pod/stuck deleted\n')
  })

  it('runs commands in pods, and ends as they end', async () => {
    await works(['apply', '-f', '-'], { input: documents(pod('runs')) })
    const exec = (...command: string[]): Promise<Ran> =>
      attempt(['exec', '-n', 'work', 'runs', '--', ...command])
    expect(await exec('hostname')).toEqual({ exitCode: 0, stdout: 'runs\n', stderr: '' })
    expect(await exec('sh', '-c', 'exit 3')).toMatchObject({
      exitCode: 3,
      stderr: 'command terminated with exit code 3\n'
    })
    expect((await exec('nope')).exitCode).toBe(126)
    expect((await attempt(['exec', '-n', 'work', 'gone', '--', 'true'])).exitCode).toBe(1)
  })

  it('keeps deployments at their number, follows their template, and gives services their pods', async () => {
    const web = (replicas: number, version: string): object => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'work' },
      spec: {
        replicas,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'probe', image: `probe:${version}` }] }
        }
      }
    })
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'work' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }
    }
    const images = async (): Promise<string> =>
      JSON.stringify((await items('pods', '-n', 'work', '-l', 'app=web')).map(each => each['spec']))
    await works(['apply', '-f', '-'], { input: documents(web(2, 'one'), service, pod('asks')) })
    expect(await works(['rollout', 'status', 'deployment/web', '-n', 'work'])).toMatch(
      /successfully rolled out/
    )
    expect(await items('pods', '-n', 'work', '-l', 'app=web')).toHaveLength(2)
    const services = await items('svc', '-n', 'work')
    const found = services.find(each => nameOf(each) === 'web') as { spec: { clusterIP: string } } | undefined
    const url = `http://${found?.spec.clusterIP ?? ''}/`
    const asked = await works(['exec', '-n', 'work', 'asks', '--', 'wget', '-qO-', url])
    expect(JSON.parse(asked)).toHaveProperty('peer')
    await works(['apply', '-f', '-'], { input: documents(web(3, 'two')) })
    expect(await items('pods', '-n', 'work', '-l', 'app=web')).toHaveLength(3)
    expect(await images()).not.toContain('probe:one')
    await works(['delete', 'deployment', 'web', '-n', 'work'])
    expect(await items('pods', '-n', 'work', '-l', 'app=web')).toEqual([])
  })

  it('shows people what there is', async () => {
    await works(['apply', '-f', '-'], { input: documents(pod('shown')) })
    expect(await works(['get', 'pods', '-n', 'work', '-l', 'app=shown'])).toMatch(
      /^NAME\s+READY\s+STATUS\s+RESTARTS\s+AGE\nshown\s+1\/1\s+Running\s+0\s+\d+s\n$/
    )
    expect(await works(['get', 'pods', '-A', '-o', 'wide'])).toMatch(/^NAMESPACE\s+NAME.*NODE/)
    expect(await works(['get', 'pod/shown', '-n', 'work', '-o', 'name'])).toBe('pod/shown\n')
    expect(await works(['get', 'pod', 'shown', '-n', 'work', '-o', 'yaml'])).toMatch(/^ {2}podIP: 10\.200\./m)
    const none = await attempt(['get', 'pods', '-n', 'default'])
    expect(none).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No resources found in default namespace.\n'
    })
  })

  it('leaves load balancers and claims waiting where nobody can make them', async () => {
    const input = documents(
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'outside', namespace: 'work' },
        spec: { type: 'LoadBalancer', selector: { app: 'x' }, ports: [{ port: 80 }] }
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'claim', namespace: 'work' },
        spec: { resources: { requests: { storage: '1Gi' } } }
      }
    )
    await works(['apply', '-f', '-'], { input })
    expect(await works(['get', 'svc', 'outside', '-n', 'work'])).toContain('<pending>')
    expect(await works(['get', 'pvc', 'claim', '-n', 'work'])).toContain('Pending')
  })

  it('keeps objects and addresses over a restart, and nothing over the end of their namespace', async () => {
    await works(['create', 'ns', 'kept'])
    const inKept = { ...pod('kept'), metadata: { name: 'kept', namespace: 'kept' } }
    await works(['apply', '-f', '-'], { input: documents(inKept) })
    const addressOf = async (): Promise<unknown> => (await items('pods', '-n', 'kept'))[0]?.['status']
    const before = await addressOf()
    await playground.restart()
    expect(await addressOf()).toEqual(before)
    await works(['delete', 'namespace', 'kept'])
    expect(await items('pods', '-n', 'kept')).toEqual([])
    expect(await works(['delete', 'namespace', 'kept', '--ignore-not-found'])).toBe('')
  })
})

describe('the deployment', () => {
  it('brings its addons up, and tests itself', async () => {
    const addons = await playground.bosh('-d', 'cfcr', 'run-errand', 'apply-specs')
    expect(addons.exitCode).toBe(0)
    expect(await works(['get', 'deploy', '-n', 'kube-system'])).toMatch(/^coredns\s+(\d)\/\1/m)
    const smoke = await playground.bosh('-d', 'cfcr', 'run-errand', 'smoke-tests', '--instance', 'master/0')
    expect(smoke.exitCode).toBe(0)
    expect(await works(['get', 'ns', '-o', 'name'])).not.toContain('smoke')
  })

  it('makes load balancers and disks where it has a cloud provider, and leaves them behind at its end', async () => {
    const provider = {
      name: 'cloud-provider',
      release: 'kubo',
      properties: { 'cloud-provider': { type: 'aws' } }
    }
    const path = '/instance_groups/name=master/jobs/-'
    const changes = [{ type: 'replace', path, value: provider }] as const
    await playground.deploy(cfcrManifest('unused', { ops: [], changes }))
    const cloud = new Cloud(playground.lab)
    const made = (): string[] =>
      [...cloud.all('load-balancer'), ...cloud.all('disk')]
        .map(({ name }) => name)
        .filter(name => /^(?:a[\da-f]{31}|kubernetes-dynamic-pvc-.*)$/.test(name))
    expect(await works(['get', 'svc', 'outside', '-n', 'work'])).not.toContain('<pending>')
    expect(await works(['get', 'pvc', 'claim', '-n', 'work'])).toContain('Bound')
    expect(made()).toHaveLength(2)
    await works(['delete', '-n', 'work', 'pvc', 'claim'])
    expect(made()).toHaveLength(1)
    expect(await playground.bosh('-d', 'cfcr', 'delete-deployment')).toMatchObject({ exitCode: 0 })
    expect(made()).toHaveLength(1)
  })
})
