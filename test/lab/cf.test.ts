import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cf } from '../../src/lab/programs/cf/main.ts'
import { cfManifest } from './platform/manifests.ts'
import { openPlayground, type Playground } from './platform/playground.ts'
import { run, start, succeed, type Ran } from './programs/run-program.ts'

const api = 'https://api.lab.test'
const image = 'registry.test/probe:1'
let playground: Playground
let password: string
let home: string

beforeAll(async () => {
  playground = await openPlayground()
  await playground.deploy(cfManifest())
  password = await playground.credential('/bosh-test/cf/cf_admin_password')
  home = homeNamed('home')
})
afterAll(() => playground.close())

function homeNamed(name: string): string {
  const folder = join(playground.folder, name)
  mkdirSync(folder, { recursive: true })
  return folder
}

interface More {
  readonly home?: string
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

function optionsOf(more: More): { env: Record<string, string>; cwd: string } {
  const env = { ...playground.env, CF_HOME: more.home ?? home, ...more.env }
  return { env, cwd: more.cwd ?? playground.folder }
}

function attempt(args: readonly string[], more: More = {}): Promise<Ran> {
  return run(cf, args, optionsOf(more))
}

function works(args: readonly string[], more: More = {}): Promise<string> {
  return succeed(cf, args, optionsOf(more))
}

async function logIn(org: string, at = home): Promise<void> {
  const env = { CF_USERNAME: 'admin', CF_PASSWORD: password }
  await works(['api', api, '--skip-ssl-validation'], { home: at })
  await works(['auth'], { home: at, env })
  await works(['create-org', org], { home: at })
  await works(['create-space', 'space', '-o', org], { home: at })
  await works(['target', '-o', org, '-s', 'space'], { home: at })
}

describe('cf, before anybody is logged in', () => {
  it('says what is missing, step by step', async () => {
    const more = { home: homeNamed('nobody') }
    const steps: [readonly string[], RegExp][] = [
      [['apps'], /No API endpoint set/],
      [['api', api], /Invalid SSL Cert for api.lab.test/],
      [['api', 'https://nowhere.test'], /no such host/]
    ]
    for (const [args, stderr] of steps) {
      const ran = await attempt(args, more)
      expect(ran).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/FAILED\n$/) as string })
      expect(ran.stderr).toMatch(stderr)
    }
    await works(['api', api, '--skip-ssl-validation'], more)
    expect((await attempt(['apps'], more)).stderr).toMatch(/Not logged in/)
    const wrong = { CF_USERNAME: 'admin', CF_PASSWORD: 'wrong' }
    expect((await attempt(['auth'], { ...more, env: wrong })).stderr).toMatch(/Credentials were rejected/)
    await works(['auth', 'admin', password], more)
    expect((await attempt(['apps'], more)).stderr).toMatch(/No org targeted/)
    expect((await attempt(['target', '-o', 'nope'], more)).stderr).toBe("Organization 'nope' not found.\n")
  })

  it('verifies the API against the authority that it is given', async () => {
    const file = join(playground.folder, 'router-ca.pem')
    writeFileSync(file, await playground.credential('/bosh-test/cf/router_ssl', 'ca'))
    const more = { home: homeNamed('verified'), env: { SSL_CERT_FILE: file } }
    expect(await works(['api', api], more)).toMatch(/API version/)
  })

  it.each<[readonly string[], RegExp]>([
    [['nope'], /not a registered command/],
    [['push', '--nope'], /Incorrect Usage: unknown flag `nope'/],
    [['create-org'], /Incorrect Usage: the required argument `ORG_NAME` was not provided/],
    [['create-org', 'a', 'b'], /Incorrect Usage: unexpected argument/]
  ])('refuses %j', async (args, stderr) => {
    const ran = await attempt(args)
    expect(ran.exitCode).toBe(1)
    expect(ran.stderr).toMatch(stderr)
  })

  it('keeps the login for its user only, in CF_HOME', async () => {
    const more = { home: homeNamed('kept') }
    await logIn('kept', more.home)
    const path = join(more.home, '.cf', 'config.json')
    expect(statSync(path).mode & 0o077).toBe(0)
    expect(readFileSync(path, 'utf8')).not.toContain(password)
    await works(['logout'], more)
    expect((await attempt(['orgs'], more)).stderr).toMatch(/Not logged in/)
  })

  it('renews a token that is no longer good', async () => {
    const more = { home: homeNamed('stale') }
    await logIn('stale', more.home)
    const path = join(more.home, '.cf', 'config.json')
    const config = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    writeFileSync(path, JSON.stringify({ ...config, AccessToken: 'bearer stale' }))
    expect(await works(['orgs'], more)).toContain('stale')
    expect(readFileSync(path, 'utf8')).not.toContain('bearer stale')
  })
})

describe('cf, with a space to work in', () => {
  beforeAll(() => logIn('org'))

  it('is a program of its own', async () => {
    const ran = await start('cf', ['version'])
    expect(ran).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^cf version 7\./) as string,
      stderr: ''
    })
    const failed = await start('cf', ['target', '-o', 'nope'], optionsOf({}))
    expect(failed).toMatchObject({ exitCode: 1, stderr: "Organization 'nope' not found.\n" })
  })

  it('makes what is there already without a failure, and deletes what is not', async () => {
    for (const args of [
      ['create-org', 'org'],
      ['create-space', 'space', '-o', 'org'],
      ['delete-org', 'gone', '-f'],
      ['delete', 'gone', '-f'],
      ['delete-space', 'gone', '-f']
    ]) {
      expect(await works(args)).toMatch(/OK\n$/)
    }
  })

  it('pushes images only where somebody allows them', async () => {
    await works(['disable-feature-flag', 'diego_docker'])
    const refused = await attempt(['push', 'early', '--docker-image', image, '--no-manifest'])
    expect(refused).toMatchObject({ exitCode: 1, stderr: 'Docker support has not been enabled.\n' })
    await works(['enable-feature-flag', 'diego_docker'])
    await works(['push', 'early', '--docker-image', image, '--no-manifest', '-m', '64M'])
    await works(['delete', 'early', '-f', '-r'])
  })

  it('pushes what a manifest asks for', async () => {
    const cwd = homeNamed('app')
    writeFileSync(
      join(cwd, 'manifest.yml'),
      'applications:\n- {name: listed, instances: 2, memory: ((memory)), env: {A: 1}, docker: {image: ((image))}}\n'
    )
    const more = { cwd }
    expect((await attempt(['push'], more)).stderr).toMatch(/Expected to find variables: image, memory/)
    const vars = ['--var', `image=${image}`, '--var', 'memory=1G']
    expect(await works(['push', ...vars], more)).toMatch(/instances:\s+2\/2/)
    expect(await works(['app', 'listed'])).toMatch(/memory usage:\s+1024M/)
    expect(await works(['ssh', 'listed', '-i', '1', '-c', 'printenv A'])).toBe('1\n')
    expect((await attempt(['push', '-f', 'nope.yml'], more)).stderr).toMatch(/Could not find manifest/)
    expect((await attempt(['push', 'x', '-m', '5', ...vars], more)).stderr).toMatch(/memory: found 5/)
  })

  it('shows apps, their guids and states', async () => {
    await works(['push', 'shown', '--docker-image', image, '--no-manifest', '--no-start'])
    expect(await works(['apps'])).toMatch(/^shown\s+stopped\s+web:0\/1\s+shown.lab.test$/m)
    expect(await works(['app', 'shown', '--guid'])).toMatch(/^[\da-f-]{36}\n$/)
    expect((await attempt(['ssh', 'shown', '-c', 'true'])).stderr).toMatch(/not in the STARTED state/)
    await works(['start', 'shown'])
    expect(await works(['apps'])).toMatch(/^shown\s+started\s+web:1\/1/m)
    expect((await attempt(['app', 'nope'])).stderr).toBe("App 'nope' not found.\n")
  })

  it('runs commands in apps, and ends as they end', async () => {
    await works(['push', 'runs', '--docker-image', image, '--no-manifest'])
    expect((await works(['ssh', 'runs', '-c', 'printenv CF_INSTANCE_INTERNAL_IP'])).trim()).toMatch(
      /^10\.255\.\d+\.\d+$/
    )
    expect(await attempt(['ssh', 'runs', '-c', 'echo out; nope'])).toMatchObject({
      exitCode: 127,
      stdout: 'out\n',
      stderr: expect.stringMatching(/nope: not found/) as string
    })
    expect((await attempt(['ssh', 'runs', '-c', 'exit 7'])).exitCode).toBe(7)
  })

  it('opens apps to each other by policies, and closes them again', async () => {
    for (const app of ['from', 'to']) await works(['push', app, '--docker-image', image, '--no-manifest'])
    const to = (await works(['ssh', 'to', '-c', 'printenv CF_INSTANCE_INTERNAL_IP'])).trim()
    const from = (await works(['ssh', 'from', '-c', 'printenv CF_INSTANCE_INTERNAL_IP'])).trim()
    const ask = ['ssh', 'from', '-c', `curl -sf -m 5 http://${to}:8080/`]
    const policy = ['from', 'to', '--protocol', 'tcp', '--port', '8080']
    expect((await attempt(ask)).exitCode).toBe(7)
    await works(['add-network-policy', ...policy])
    expect(JSON.parse(await works(ask))).toMatchObject({ peer: from })
    expect(await works(['network-policies'])).toMatch(/^from\s+to\s+tcp\s+8080\s+space\s+org$/m)
    await works(['remove-network-policy', ...policy])
    expect((await attempt(ask)).exitCode).toBe(7)
    expect(await works(['remove-network-policy', ...policy])).toMatch(/does not exist/)
    expect((await attempt(['add-network-policy', 'from', 'nope'])).stderr).toBe("App 'nope' not found.\n")
  })

  it('asks the API as it is told', async () => {
    expect(JSON.parse(await works(['curl', '/v3/organizations?names=org']))).toMatchObject({
      resources: [{ name: 'org' }]
    })
    expect((await attempt(['curl', '/v3/apps/nope', '--fail'])).exitCode).toBe(22)
  })

  it('keeps all of it over a restart, and nothing over an end of the organization', async () => {
    await logIn('kept-org')
    await works(['push', 'kept', '--docker-image', image, '--no-manifest'])
    const before = await works(['ssh', 'kept', '-c', 'printenv CF_INSTANCE_INTERNAL_IP'])
    await playground.restart()
    expect(await works(['ssh', 'kept', '-c', 'printenv CF_INSTANCE_INTERNAL_IP'])).toBe(before)
    await works(['delete-org', 'kept-org', '-f'])
    expect((await attempt(['apps'])).stderr).toMatch(/No org targeted/)
    expect(await works(['orgs'])).not.toContain('kept-org')
  })
})

describe('the deployment', () => {
  it('has smoke tests that push for themselves', async () => {
    const ran = await playground.bosh('-d', 'cf', 'run-errand', 'smoke_tests', '--json')
    expect(ran.exitCode).toBe(0)
    expect(ran.stdout).toContain('SUCCESS')
  })
})
