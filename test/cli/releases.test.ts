import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commit, World } from '../releases/world.ts'
import { CommandLine, root } from './command-line.ts'

let world: World
let line: CommandLine
let versions: string

beforeAll(async () => {
  world = await World.open()
  line = await CommandLine.open()
  versions = join(line.folder, 'env', 'versions')
  await mkdir(versions, { recursive: true })
  await mkdir(join(line.folder, 'env', 'watchers'))
  const set = await readFile(join(root, 'env', 'versions', 'lab.yml'), 'utf8')
  await writeFile(join(versions, 'lab.yml'), set)
  await writeFile(
    join(line.folder, 'env', 'watchers', 'upstreams.yml'),
    'upstreams:\n  bbl:\n    { doc: For a test., signal: releases, repository: cf/bbl, pins: [programs.bbl] }\n'
  )
  Object.assign(line.env, {
    CAUSEWAY_RECORDS: join(line.folder, 'env'),
    CAUSEWAY_GITHUB_API_URL: `${world.hosts.api}/`,
    CAUSEWAY_GITHUB_RAW_URL: world.hosts.raw,
    CAUSEWAY_GITHUB_URL: world.hosts.git,
    CAUSEWAY_BOSH_IO_URL: world.hosts.boshIo,
    GITHUB_TOKEN: 'a-very-secret-token'
  })
  world.repository('cf/bbl', { tags: { 'v9.0.46': commit('46'), 'v9.0.48': commit('48') } })
})
afterAll(() => world.close())

it('releases says what changed, with an exit code for each case, and shows no token', async () => {
  const same = await line.run('releases')
  expect([same.code, same.err]).toEqual([0, ''])
  expect(same.out).toContain('1 pin is at the newest version')
  expect(same.out).toContain('lab: repositories.bucc')

  world.repository('cf/bbl', { tags: { 'v9.0.48': commit('48'), 'v9.1.0': commit('910') } })
  const changed = await line.run('releases', '--set', 'lab')
  expect(changed.code).toBe(6)
  expect(changed.out).toContain('lab: bbl 9.0.48 → 9.1.0 (minor, programs.bbl)')
  expect(changed.out).toContain('https://github.com/cf/bbl/compare/v9.0.48...v9.1.0')

  world.server.routes.set('/api/repos/cf/bbl', { status: 401, body: { message: 'Bad credentials' } })
  const refused = await line.run('releases', '--format', 'json')
  expect(refused.code).toBe(12)
  expect(JSON.parse(refused.out)).toMatchObject({
    changes: [],
    unknown: [{ upstream: 'bbl', reason: 'token-refused' }]
  })
  expect(`${same.out}${changed.out}${refused.out}`).not.toContain('a-very-secret-token')
})

it('releases refuses a set that there is not', async () => {
  const { code, err } = await line.run('releases', '--set', 'lap')
  expect(code).toBe(2)
  expect(err).toContain('hint: did you mean lab?')
})
