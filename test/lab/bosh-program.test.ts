import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bosh } from '../../src/lab/programs/bosh/main.ts'
import { textAt } from '../../src/manifest/value.ts'
import { deployment, group, natsUrl, stemcellUrl } from './director/manifests.ts'
import { cloudConfig, openTestLab, type TestLab } from './director/running-lab.ts'
import { certificate } from './platform/deployed.ts'
import { run, start, succeed, type Ran, type RunOptions } from './programs/run-program.ts'

let lab: TestLab
let folder: string

beforeAll(async () => {
  lab = await openTestLab()
  folder = join(lab.lab, 'test')
  mkdirSync(folder)
  await lab.create()
})
afterAll(() => lab.close())

function options(more: RunOptions = {}): RunOptions {
  return { cwd: folder, ...more, env: { ...lab.env, ...more.env } }
}

function attempt(args: readonly string[], more?: RunOptions): Promise<Ran> {
  return run(bosh, args, options(more))
}

function works(args: readonly string[], more?: RunOptions): Promise<string> {
  return succeed(bosh, args, options(more))
}

interface Output {
  readonly Tables:
    | {
        readonly Content: string
        readonly Header: Readonly<Record<string, string>>
        readonly Rows: readonly Readonly<Record<string, string>>[] | null
        readonly Notes: readonly string[] | null
      }[]
    | null
  readonly Blocks: readonly string[] | null
  readonly Lines: readonly string[] | null
}

async function json(...args: readonly string[]): Promise<Output> {
  return JSON.parse(await works([...args, '--json'])) as Output
}

async function rows(...args: readonly string[]): Promise<readonly Readonly<Record<string, string>>[]> {
  return (await json(...args)).Tables?.[0]?.Rows ?? []
}

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('bosh interpolate', () => {
  it('is a program of its own, and needs no Director', async () => {
    const ran = await start('bosh', ['int', file('m.yml', 'a: ((b))\n'), '-v', 'b=1'])
    expect(ran).toEqual({ exitCode: 0, stdout: 'a: 1\n', stderr: '' })
    const failed = await start('bosh', ['int', join(folder, 'm.yml'), '--path', '/nope'])
    expect(failed.exitCode).toBe(1)
    expect(failed.stderr).toMatch(/Expected to find a map key 'nope' for path '\/nope'/)
  })

  it('applies ops files and variables in order', async () => {
    file('base.yml', 'name: ((name))\nlist: [((one))]\nsecret: ((deep.key))\n')
    file('ops.yml', "- {type: replace, path: /list/-, value: ((two))}\n- {type: remove, path: '/nope?'}\n")
    file('vars.yml', 'name: from-file\ntwo: 2\ndeep: {key: k}\n')
    file('text', 'line\n')
    const args = [
      'int',
      'base.yml',
      '-o',
      'ops.yml',
      '-l',
      'vars.yml',
      '-v',
      'name=given',
      '--var-file',
      'one=text'
    ]
    expect(await works(args)).toBe('list:\n- |\n  line\n- 2\nname: given\nsecret: k\n')
  })

  it('names the operation and the path that do not fit', async () => {
    file('wrong.yml', '- {type: replace, path: /list/-, value: 1}\n- {type: replace, path: /a/b, value: 1}\n')
    const { exitCode, stderr } = await attempt(['int', 'base.yml', '-o', 'wrong.yml'])
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/Expected to find a map key 'a' for path '\/a'/)
  })

  it('finds variables that are missing, and those that are too many', async () => {
    const missing = await attempt(['int', 'base.yml', '--var-errs'])
    expect(missing.stderr).toMatch(/Expected to find variables:\n\s+- deep\n\s+- name\n\s+- one/)
    const unused = await attempt(['int', file('plain.yml', 'a: 1\n'), '-v', 'x=1', '--var-errs-unused'])
    expect(unused.stderr).toMatch(/Expected to use variables:\n\s+- x/)
  })
})

describe('the command line of bosh', () => {
  it.each<[readonly string[], RegExp]>([
    [['nope'], /^Unknown command `nope'/],
    [['deployment', '--nope'], /unknown flag `nope'/],
    [['deploy'], /the required argument `PATH` was not provided/],
    [['vms', '-d'], /expected argument for flag `-d, --deployment'/],
    [['ssh'], /not imitated/],
    [['deploy', 'm.yml'], /Expected non-empty deployment name/],
    [['interpolate', '/nowhere/m.yml'], /no such file or directory/]
  ])('refuses %j', async (args, stderr) => {
    const ran = await attempt(args)
    expect(ran.exitCode).toBe(1)
    expect(ran.stderr).toMatch(stderr)
  })

  it('says which Director it lacks, cannot reach, or does not trust', async () => {
    const other = await certificate({ is_ca: true, common_name: 'another' })
    const failures: [Record<string, string>, RegExp][] = [
      [{ BOSH_ENVIRONMENT: '' }, /Expected non-empty Director URL/],
      [{ BOSH_CA_CERT: '/nowhere' }, /\/nowhere: no such file/],
      [{ BOSH_CA_CERT: textAt(other, 'certificate') ?? '' }, /certificate signed by unknown authority/],
      [{ BOSH_CA_CERT: '' }, /Expected CA cert to be non-empty/],
      [{ BOSH_CLIENT_SECRET: 'wrong' }, /Requesting token via client credentials grant: .*'401'/],
      [{ BOSH_ENVIRONMENT: `https://${lab.ip}:1` }, /connect: connection refused/],
      [{ BOSH_ENVIRONMENT: `${lab.ip}:1` }, /first path segment in URL cannot contain colon/]
    ]
    for (const [env, stderr] of failures) {
      const ran = await attempt(['deployments'], { env })
      expect(ran.exitCode).toBe(1)
      expect(ran.stderr).toMatch(stderr)
      expect(ran.stderr).toMatch(/\nExit code 1\n$/)
    }
  })

  it('takes the authority as a path, and the Director as an address', async () => {
    const env = { BOSH_CA_CERT: lab.caFile, BOSH_ENVIRONMENT: lab.ip }
    expect(await works(['env', '--column', 'name'], { env })).toMatch(/^bosh-test/)
  })

  it('asks before it deletes, unless told not to', async () => {
    const ran = await attempt(['-d', 'x', 'delete-deployment'], { env: { BOSH_NON_INTERACTIVE: 'false' } })
    expect(ran.exitCode).toBe(1)
    expect(ran.stderr).toMatch(/Asking for confirmation/)
  })
})

describe('bosh and a Director', () => {
  beforeAll(async () => {
    await works(['update-cloud-config', file('cloud.yml', cloudConfig(lab.network, lab.ip))])
    await works(['upload-stemcell', stemcellUrl])
    await works(['upload-release', natsUrl])
  })

  const withErrand = deployment('demo', [
    group('nats', { jobs: [{ name: 'nats', release: 'nats', properties: { password: '((secret))' } }] }),
    group('checks', { lifecycle: 'errand', jobs: [{ name: 'smoke', release: 'nats' }] })
  ])
  const variables = { variables: [{ name: 'secret', type: 'password' }] }

  it('shows what is there as tables of JSON', async () => {
    const { Tables, Blocks, Lines } = await json('stemcells')
    expect(Tables).toEqual([
      {
        Content: 'stemcells',
        Header: { name: 'Name', version: 'Version', os: 'OS', cpi: 'CPI', cid: 'CID' },
        Rows: [
          {
            name: 'bosh-lab-ubuntu-jammy',
            version: '1.100',
            os: 'ubuntu-jammy',
            cpi: '',
            cid: expect.stringMatching(/./) as string
          }
        ],
        Notes: ['(*) Currently deployed']
      }
    ])
    expect(Blocks).toBeNull()
    expect(Lines).toEqual([expect.stringMatching(/^Using environment/), 'Succeeded'])
    expect((await json('deployments')).Tables?.[0]).toMatchObject({ Rows: [] })
    expect(await rows('releases')).toMatchObject([{ name: 'nats', version: '56.21.0' }])
  })

  it('skips an upload that the Director has', async () => {
    expect(await works(['upload-stemcell', stemcellUrl])).toMatch(/already exists/)
    const again = ['upload-release', natsUrl, '--name', 'nats', '--version', '56.21.0']
    expect(await works(again)).not.toMatch(/Task/)
  })

  it('deploys: shows the difference, the events, and then what runs', async () => {
    file('demo.yml', { ...withErrand, ...variables })
    const { Blocks } = await json('-d', 'demo', 'deploy', 'demo.yml')
    const text = (Blocks ?? []).join('')
    expect(text).toMatch(/\nTask \d+ \| \d\d:\d\d:\d\d \| Creating missing vms: nats\/[\da-f-]+ \(0\)/)
    expect(text).toMatch(/Updating instance nats: nats\/[\da-f-]+ \(0\) \(canary\) \(\d\d:\d\d:\d\d\)/)
    expect(await rows('deployments')).toMatchObject([{ name: 'demo', release_s: 'nats/56.21.0' }])
    const [vm] = await rows('-d', 'demo', 'vms')
    expect(vm).toMatchObject({ process_state: 'running', az: 'z1', vm_type: 'minimal', active: 'true' })
    expect(await rows('-d', 'demo', 'instances')).toHaveLength(2)
    expect(await rows('-d', 'demo', 'variables')).toMatchObject([{ name: '/bosh-test/demo/secret' }])
    expect(await works(['-d', 'demo', 'manifest'])).toContain('((secret))')
  })

  it('interpolates what it deploys, and hides or shows values in the difference', async () => {
    file(
      'more.yml',
      '- {type: replace, path: "/instance_groups/name=nats/env?/bosh?/keep", value: ((value))}\n'
    )
    const args = ['-d', 'demo', 'deploy', 'demo.yml', '-o', 'more.yml', '-v', 'value=seen']
    expect(await works([...args, '--dry-run', '--no-redact'], { env: { BOSH_TTY: 'true' } })).toMatch(
      /\+.*seen/
    )
    expect(await works([...args, '--dry-run'], { env: { BOSH_TTY: 'true' } })).toMatch(/\+.*<redacted>/)
  })

  it('ends in the words of the task that failed', async () => {
    const lacking = deployment('lacking', [group('nats', { vm_type: 'nope' })])
    const ran = await attempt(['-d', 'lacking', 'deploy', file('lacking.yml', lacking)])
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout).toMatch(/Error: Instance group 'nats' references an unknown vm type 'nope'/)
    expect(ran.stderr).toMatch(
      /^Updating deployment:\n {2}Expected task '\d+' to succeed but state is 'error'\n/
    )
    await works(['-d', 'lacking', 'delete-deployment', '--force'])
  })

  it('runs errands, and tells their output', async () => {
    expect(await rows('-d', 'demo', 'errands')).toMatchObject([{ name: 'checks' }])
    const { Tables } = await json('-d', 'demo', 'run-errand', 'checks')
    expect(Tables?.[0]?.Rows).toMatchObject([{ exit_code: '0' }])
    const unknown = await attempt(['-d', 'demo', 'run-errand', 'nope'])
    expect(unknown.stdout).toMatch(/Errand 'nope' doesn't exist/)
    expect(unknown.exitCode).toBe(1)
  })

  it('fetches logs into the working directory', async () => {
    const cwd = join(folder, 'logs')
    mkdirSync(cwd)
    await works(['-d', 'demo', 'logs', 'nats'], { cwd })
    const [name = ''] = readdirSync(cwd)
    expect(name).toMatch(/^demo\.nats-\d{8}-\d{6}-\d+\.tgz$/)
    expect(gunzipSync(readFileSync(join(cwd, name))).toString('latin1')).toContain('nats/nats.stdout.log')
  })

  it('keeps configs by type and name', async () => {
    const runtime = file('runtime.yml', { releases: [], addons: [] })
    await works(['update-runtime-config', '--name', 'dns', runtime])
    await works(['update-config', '--type', 'cpi', '--name', 'x', file('cpi.yml', { cpis: [] })])
    expect((await rows('configs')).map(({ type, name }) => `${type ?? ''}/${name ?? ''}`)).toEqual([
      'cloud/default',
      'cpi/x',
      'runtime/dns'
    ])
    expect(await works(['config', '--type', 'runtime', '--name', 'dns'])).toContain('addons')
    expect(await works(['cloud-config'])).toContain('vm_types')
  })

  it('tells of tasks, and shows one again', async () => {
    const tasks = await rows('tasks', '--recent')
    expect(tasks.length).toBeGreaterThan(5)
    const deploy = tasks.find(
      ({ description, state }) => description === 'create deployment' && state === 'done'
    )
    const id = deploy?.['id'] ?? ''
    expect(await works(['task', id])).toMatch(new RegExp(`Task ${id} \\| `))
    const events = (await works(['task', id, '--event'])).split('\n').filter(line => line.startsWith('{'))
    expect(JSON.parse(events[0] ?? '{}')).toHaveProperty('stage')
    expect((await attempt(['task', '99999'])).stderr).toMatch(/'404'/)
    expect((await attempt(['cancel-task', id])).stderr).toMatch(/Cannot cancel task/)
    expect(await rows('locks')).toEqual([])
  })

  it('deletes, finds what was left, and cleans it up', async () => {
    const disks = deployment('stored', [group('nats', { persistent_disk: 1024 })])
    await works(['-d', 'stored', 'deploy', file('stored.yml', disks)])
    await works(['-d', 'stored', 'ignore', 'nats/0'])
    expect(await rows('-d', 'stored', 'instances', '--details')).toMatchObject([{ ignore: 'true' }])
    const kept = await attempt(['-n', '-d', 'stored', 'delete-deployment', '--force'])
    expect(kept.stderr + kept.stdout).toContain('ignored instance(s). Operation not allowed.')
    expect((await attempt(['-d', 'stored', 'unignore', 'nats'])).stderr).toContain("'name/index-or-id'")
    await works(['-d', 'stored', 'unignore', 'nats/0'])
    await works(['-d', 'stored', 'delete-deployment'])
    await works(['-d', 'demo', 'delete-deployment', '--force'])
    expect(await rows('deployments')).toEqual([])
    expect(await rows('disks', '--orphaned')).toMatchObject([{ deployment: 'stored', size: '1.0 GiB' }])
    await works(['clean-up', '--all'])
    expect(await rows('disks', '--orphaned')).toEqual([])
    expect(await rows('orphaned-vms')).toEqual([])
    expect(await rows('releases')).toEqual([])
    expect(await works(['-d', 'demo', 'delete-deployment'])).toMatch(/Succeeded|^$/)
  })
})
