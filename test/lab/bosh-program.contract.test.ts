import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bosh } from '../../src/lab/programs/bosh/main.ts'
import { KuboCheckout, withArguments } from '../release/kubo-checkout.ts'
import { corpus } from '../manifest/corpus.ts'
import { deployment, group, natsUrl, stemcellUrl } from './director/manifests.ts'
import { cloudConfig, openTestLab, type TestLab } from './director/running-lab.ts'
import { run, start, succeed, type Ran, type RunOptions } from './programs/run-program.ts'

const real = process.env['CAUSEWAY_REAL_BOSH'] ?? ''
const title = 'the imitation bosh, beside the real one (needs CAUSEWAY_REAL_BOSH, the path of a bosh v7)'

/** Both programs on the same command line, times and numbers of tasks left out. */
async function both(args: readonly string[], options: RunOptions): Promise<readonly [Ran, Ran]> {
  const theirs = await start(real, args, options)
  const ours = await run(bosh, args, options)
  return [comparable(theirs), comparable(ours)]
}

function comparable({ exitCode, stdout, stderr }: Ran): Ran {
  const [out = '', err = ''] = [stdout, stderr].map(text =>
    text
      // The two readers of YAML count the lines of what is wrong in their own ways.
      .replaceAll(/yaml: line \d+: /g, 'yaml: ')
      .replaceAll(/[Tt]ask '?\d+/g, 'Task N')
      .replaceAll(/\b\d\d:\d\d:\d\d\b/g, 'TIME')
      .replaceAll(/\b[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ TIME UTC \d{4}\b/g, 'DATE')
  )
  return { exitCode, stdout: out, stderr: err }
}

describe.skipIf(real === '')(title, () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bosh-contract-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(corpus)('interpolates alike: $name', async ({ manifest, ops }) => {
    writeFileSync(join(folder, 'manifest.yml'), manifest)
    writeFileSync(join(folder, 'ops.yml'), ops ?? '')
    const args = ['interpolate', 'manifest.yml', ...(ops === undefined ? [] : ['-o', 'ops.yml'])]
    const [theirs, ours] = await both(args, { cwd: folder, env: { HOME: folder } })
    expect(ours).toEqual(theirs)
  })

  it.each<[string, readonly string[]]>([
    ['a: ((b))', ['-v', 'b=1']],
    ['a: ((b.c))', ['-v', 'b={c: [1]}']],
    ['a: x((b))y', ['-v', 'b=1']],
    ['a: x((b))y', ['-v', 'b={}']],
    ['a: ((b)) ((c))', ['--var-errs']],
    ['a: 1', ['-v', 'b=1', '--var-errs-unused']],
    ['a: {b: [{name: c, d: e}]}', ['--path', '/a/b/name=c/d']],
    ['a: {b: [{name: c, d: e}]}', ['--path', '/a/x']],
    ['a: 1', ['--nope']],
    ['a: 1', ['-v', 'b']],
    ['a: 1', ['-l', 'nowhere.yml']]
  ])('treats %j with %j alike', async (manifest, args) => {
    writeFileSync(join(folder, 'manifest.yml'), manifest)
    const [theirs, ours] = await both(['int', 'manifest.yml', ...args], {
      cwd: folder,
      env: { HOME: folder }
    })
    expect(ours).toEqual(theirs)
  })

  it.each([
    ['a folder as it was committed', [], undefined],
    ['a folder that was changed since', [], 'jobs/kubelet/monit'],
    ['a folder that was changed since, all the same', ['--force'], 'jobs/kubelet/monit']
  ])('creates a release alike of %s', async (_, flags, changed) => {
    const kubo = new KuboCheckout({ ...withArguments, 'config/blobs.yml': '{}\n' })
    if (changed !== undefined) kubo.write(changed, 'changed\n')
    const args = [
      '-n',
      'create-release',
      ...flags,
      '--version=1.2.3+silk.1',
      `--tarball=${join(folder, 'made.tgz')}`
    ]
    const [theirs, ours] = await both(args, {
      cwd: kubo.folder,
      env: { HOME: folder, PATH: process.env['PATH'] ?? '' }
    })
    const digests = /\b(?:sha256:)?[0-9a-f]{64}\b/g
    const shown = ({ exitCode, stdout, stderr }: Ran) =>
      [exitCode, stdout.replaceAll(digests, 'DIGEST'), stderr].map(part => String(part))
    expect(shown(ours)).toEqual(shown(theirs))
    kubo.remove()
  })

  it('refuses a release without its sources alike', async () => {
    const one = { 'packages/a/spec': 'name: a\nfiles: []\ndependencies: []\n', 'packages/a/packaging': '' }
    const other = { 'packages/b/spec': 'name: b\nfiles: []\ndependencies: []\n', 'packages/b/packaging': '' }
    for (const packages of [one, { ...one, ...other }]) {
      const kubo = new KuboCheckout({
        'config/final.yml': 'name: kubo\n',
        'config/blobs.yml': '{}\n',
        ...packages
      })
      const [theirs, ours] = await both(['-n', 'create-release', `--tarball=${join(folder, 'made.tgz')}`], {
        cwd: kubo.folder,
        env: { HOME: folder, PATH: process.env['PATH'] ?? '' }
      })
      expect(ours).toEqual(theirs)
      expect(ours.stderr).toContain('no such file or directory')
      kubo.remove()
    }
  })

  describe('on one Director', () => {
    let lab: TestLab
    let options: RunOptions

    beforeAll(async () => {
      lab = await openTestLab()
      await lab.create()
      const cwd = join(lab.lab, 'test')
      mkdirSync(cwd)
      options = { cwd, env: lab.env }
      const write = (name: string, content: unknown): string => {
        writeFileSync(join(cwd, name), JSON.stringify(content))
        return name
      }
      const smoke = group('smoke-tests', {
        lifecycle: 'errand',
        jobs: [{ name: 'smoke_tests', release: 'nats' }]
      })
      const nats = group('nats', { instances: 2, persistent_disk: 1024 })
      const secret = { variables: [{ name: 'secret', type: 'password' }] }
      for (const args of [
        ['update-cloud-config', write('cloud.yml', cloudConfig(lab.network, lab.ip))],
        ['upload-stemcell', stemcellUrl],
        ['upload-release', natsUrl],
        ['-d', 'demo', 'deploy', write('demo.yml', deployment('demo', [nats, smoke], secret))],
        ['-d', 'left', 'deploy', write('left.yml', deployment('left', [nats]))],
        ['-d', 'left', 'delete-deployment']
      ]) {
        await succeed(bosh, args, options)
      }
    })
    afterAll(() => lab.close())

    it.each([
      'env',
      'deployments',
      'stemcells',
      'releases',
      'configs',
      'cloud-config',
      'locks',
      'tasks --recent',
      'tasks --recent=2',
      'disks --orphaned',
      'orphaned-vms',
      'vms',
      '-d demo vms',
      '-d demo vms --vitals',
      '-d demo instances',
      '-d demo instances --ps --details',
      '-d demo errands',
      '-d demo variables',
      '-d demo manifest',
      '-d demo run-errand smoke_tests',
      '-d demo run-errand smoke-tests',
      '-d demo run-errand nope',
      '-d demo deploy demo.yml',
      '-d demo deploy demo.yml --recreate',
      '-d other deploy demo.yml',
      '-d nope vms',
      'task 1',
      'task 99999',
      'task 4 --event',
      'config --type cloud --name nope',
      '--client-secret wrong deployments',
      '-e 127.0.0.1:1 deployments',
      '-e https://127.0.0.1:1 deployments',
      'clean-up'
    ])('says the same of %s', async line => {
      const args = line.split(' ')
      const [theirs, ours] = await both(args, options)
      expect(ours).toEqual(theirs)
      const [theirJson, ourJson] = await both([...args, '--json'], options)
      expect(ourJson).toEqual(theirJson)
    })
  })
})
