import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { makeUpstreams } from '../../src/lab/upstreams/make-upstreams.ts'
import { upstreamRepositories } from '../../src/lab/upstreams/repositories.ts'
import { applyOpsFiles, readOpsFile } from '../../src/manifest/ops-file.ts'
import { readYaml } from '../../src/manifest/read-yaml.ts'
import { isMap, listAt, textAt, wordAt } from '../../src/manifest/value.ts'
import { interpolate, referencesIn } from '../../src/manifest/variables.ts'
import { createPrograms } from '../../src/tools/exec.ts'

const folder = mkdtempSync(join(tmpdir(), 'upstreams-'))
const programs = createPrograms({
  env: { PATH: process.env['PATH'] ?? '', HOME: folder },
  log: createLog(() => undefined),
  redactor: new Redactor()
})

beforeAll(() => makeUpstreams(folder, programs))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}

function bare(name: string): string {
  return join(folder, `${name}.git`)
}

describe('makeUpstreams', () => {
  it('gives every repository its tag, with the same hash wherever it is made', async () => {
    const other = mkdtempSync(join(tmpdir(), 'upstreams-'))
    try {
      await makeUpstreams(other, programs)
      for (const { name, tag } of upstreamRepositories) {
        const made = git('-C', bare(name), 'rev-parse', `${tag}^{commit}`)
        expect(git('-C', join(other, `${name}.git`), 'rev-parse', 'refs/heads/master')).toBe(made)
      }
    } finally {
      rmSync(other, { recursive: true, force: true })
    }
  })

  it('leaves what is made already as it is', async () => {
    const marker = join(bare('starkandwayne/bucc'), 'marker')
    const { writeFileSync, existsSync } = await import('node:fs')
    writeFileSync(marker, '')
    await makeUpstreams(folder, programs)
    expect(existsSync(marker)).toBe(true)
  })

  it('makes scripts that can be executed', () => {
    const listed = git('-C', bare('starkandwayne/bucc'), 'ls-tree', '-r', 'v0.10.3')
    for (const script of ['bbl/create-director-override.sh', 'bbl/delete-director-override.sh', 'bin/bucc']) {
      expect(listed).toMatch(new RegExp(`^100755 blob \\w+\\t${script}$`, 'm'))
    }
  })
})

const manifests = [
  { repository: 'cloudfoundry/cf-deployment', manifest: 'cf-deployment.yml', ops: 'operations/' },
  {
    repository: 'cloudfoundry-incubator/kubo-deployment',
    manifest: 'manifests/cfcr.yml',
    ops: 'manifests/ops-files/'
  },
  { repository: 'starkandwayne/bucc', manifest: 'src/bosh-deployment/bosh.yml', ops: 'ops/' }
]

function filesOf(name: string): Readonly<Record<string, { readonly text: string }>> {
  return upstreamRepositories.find(repository => repository.name === name)?.files ?? {}
}

describe.each(manifests)('$repository', ({ repository, manifest, ops }) => {
  const files = filesOf(repository)
  const base = readYaml(files[manifest]?.text ?? '')
  const opsFiles = Object.keys(files).filter(path => path.startsWith(ops) && path.endsWith('.yml'))

  it.each(opsFiles)('%s applies', path => {
    const isLate =
      path === 'ops/flags/concourse-lb.yml' || path === 'ops/3-credhub.yml' || path === 'ops/4-concourse.yml'
    const before = isLate
      ? ['ops/0-jumpbox-user.yml', 'ops/2-uaa.yml', 'ops/3-credhub.yml', 'ops/4-concourse.yml'].filter(
          other => other < path || path.startsWith('ops/flags/')
        )
      : []
    const chain = [...before, path].map(name => readOpsFile(files[name]?.text ?? '', name))
    expect(applyOpsFiles(base, chain)).not.toEqual(base)
  })

  it('names a release for every job, and defines every variable that it leaves open', () => {
    const all = repository === 'starkandwayne/bucc' ? opsFiles.filter(path => /^ops\/\d/.test(path)) : []
    const document = applyOpsFiles(
      base,
      all.map(name => readOpsFile(files[name]?.text ?? '', name))
    )
    const releases = listAt(document, 'releases').map(release => textAt(release, 'name'))
    const groups = listAt(document, 'instance_groups')
    for (const job of [...groups, ...listAt(document, 'addons')].flatMap(group => listAt(group, 'jobs'))) {
      expect(releases).toContain(textAt(job, 'release'))
    }
    const defined = new Set(listAt(document, 'variables').map(variable => textAt(variable, 'name')))
    const given = ['system_domain', 'internal_ip', 'internal_cidr', 'internal_gw', 'director_name']
    expect(referencesIn(document).filter(name => !defined.has(name) && !given.includes(name))).toEqual([])
  })
})

describe('the manifests hold what the pipelines look for', () => {
  it('cf-deployment needs the system domain and nothing else', () => {
    const document = readYaml(filesOf('cloudfoundry/cf-deployment')['cf-deployment.yml']?.text ?? '')
    const { document: filled } = interpolate(document, { system_domain: 'example.com' })
    const groups = listAt(filled, 'instance_groups').filter(isMap)
    const api = groups.find(group => textAt(group, 'name') === 'api')
    const controller = listAt(api, 'jobs').find(job => textAt(job, 'name') === 'cloud_controller_ng')
    expect(textAt(controller, 'properties', 'system_domain')).toBe('example.com')
  })

  it('both deployments ask for the same stemcell', () => {
    const stemcells = manifests.slice(0, 2).map(({ repository, manifest }) => {
      const [stemcell] = listAt(readYaml(filesOf(repository)[manifest]?.text ?? ''), 'stemcells')
      return [textAt(stemcell, 'os'), wordAt(stemcell, 'version')]
    })
    expect(stemcells[0]).toEqual(stemcells[1])
  })
})
