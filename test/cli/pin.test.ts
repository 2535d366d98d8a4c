import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CommandLine, root } from './command-line.ts'

async function open(): Promise<{ line: CommandLine; textOf: (set: string) => Promise<string> }> {
  const line = await CommandLine.open()
  const env = join(line.folder, 'env')
  await cp(join(root, 'env'), env, { recursive: true })
  line.env['CAUSEWAY_RECORDS'] = env
  return { line, textOf: set => readFile(join(env, 'versions', `${set}.yml`), 'utf8') }
}

it('pin changes one line and no comment, of a repository as of a program', async () => {
  const { line, textOf } = await open()
  const before = await textOf('current')
  const ran = await line.run('pin', 'silk-release', 'v3.26.1', '--set', 'current')
  expect([ran.code, ran.out]).toEqual([0, 'current: repositories.silk-release v3.26.0 → v3.26.1\n'])
  await line.run('pin', 'bosh-cli', '7.10.11', '--set', 'current')
  const expected = before
    .replace("silk-release: { version: 'v3.26.0' }", "silk-release: { version: 'v3.26.1' }")
    .replace("bosh: '7.10.10'", "bosh: '7.10.11'")
  expect(expected).not.toBe(before)
  expect(await textOf('current')).toBe(expected)
  expect((await line.run('pin', 'bosh-cli', '7.10.11', '--set', 'current')).out).toContain(
    'is 7.10.11 already'
  )
})

it.each([
  ['a version that the set can not use', ['silk-release', 'v3.27.0', '--set', 'current'], 7],
  ['a set that is frozen', ['bbl', '6.10.47', '--set', '2018'], 7],
  ['an upstream that is none', ['silk', 'v3.26.1', '--set', 'current'], 2],
  ['an upstream that the set does not pin', ['cf-cli', '8.0.0', '--set', '2018'], 2],
  ['a version that is none', ['bbl', "9.1'", '--set', 'current'], 2],
  ['a version of two numbers', ['bbl', '9.1', '--set', 'current'], 2]
])('pin refuses %s, and writes nothing', async (_, args, code) => {
  const { line, textOf } = await open()
  const before = [await textOf('current'), await textOf('2018')]
  expect((await line.run('pin', ...args)).code).toBe(code)
  expect([await textOf('current'), await textOf('2018')]).toEqual(before)
})
