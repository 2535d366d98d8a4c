import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credhub } from '../../src/lab/programs/credhub/main.ts'
import { openTestLab, type TestLab } from './director/running-lab.ts'
import { run, start, succeed, type Ran } from './programs/run-program.ts'

let lab: TestLab
let home: string

beforeAll(async () => {
  lab = await openTestLab()
  home = join(lab.lab, 'home')
  mkdirSync(home)
  await lab.create()
})
afterAll(() => lab.close())

type Env = Readonly<Record<string, string>>

function options(env: Env = {}): { env: Env; cwd: string } {
  return { cwd: home, env: { ...lab.env, HOME: home, ...env } }
}

function attempt(args: readonly string[], env?: Env): Promise<Ran> {
  return run(credhub, args, options(env))
}

function works(...args: readonly string[]): Promise<string> {
  return succeed(credhub, args, options())
}

describe('credhub', () => {
  it('is a program of its own', async () => {
    const version = await start('credhub', ['--version'], options())
    expect(version).toMatchObject({ exitCode: 0, stderr: '' })
    expect(version.stdout).toMatch(/^CLI Version: \S+\nServer Version: \d+\.\d+\.\d+\n$/)
    const failed = await start('credhub', ['get', '-n', '/nope'], options())
    expect(failed).toMatchObject({ exitCode: 1, stdout: '' })
  })

  it('sets values and gets them, whole, in parts, and bare', async () => {
    await works('set', '-n', '/a/plain', '-t', 'value', '-v', 'text')
    await works('set', '-n', '/a/json', '-t', 'json', '-v', '{"b": {"c": 1}, "a": true}')
    await works('set', '-n', '/a/user', '-t', 'user', '-z', 'me', '-w', 'secret')
    expect(await works('get', '-n', '/a/plain', '-q')).toBe('text\n')
    expect(await works('get', '-n', '/a/user', '-k', 'password')).toBe('secret\n')
    expect(JSON.parse(await works('get', '-n', '/a/json', '-j'))).toMatchObject({
      name: '/a/json',
      type: 'json',
      value: { a: true, b: { c: 1 } }
    })
    expect(await works('get', '-n', '/a/json')).toMatch(
      /^id: .*\nname: \/a\/json\ntype: json\nvalue:\n {4}a: true\n/
    )
  })

  it('never prints what was set or made, unless asked for it', async () => {
    expect(await works('set', '-n', '/quiet', '-t', 'password', '-w', 'hidden')).not.toContain('hidden')
    const made = await works('generate', '-n', '/made', '-t', 'password', '-l', '40', '-j')
    const value = (await works('get', '-n', '/made', '-q')).trim()
    expect(value).toHaveLength(40)
    expect(made).not.toContain(value)
  })

  it('makes certificates that an authority has signed', async () => {
    await works('generate', '-n', '/t/ca', '-t', 'certificate', '-c', 'authority', '--is-ca')
    await works(
      'generate',
      '-n',
      '/t/leaf',
      '-t',
      'certificate',
      '-c',
      'leaf',
      '--ca',
      '/t/ca',
      '-a',
      'leaf.test'
    )
    expect(await works('get', '-n', '/t/leaf', '-k', 'ca')).toBe(
      await works('get', '-n', '/t/ca', '-k', 'certificate')
    )
  })

  it('makes a new value each time, unless told to keep the old one', async () => {
    const value = (): Promise<string> => works('get', '-n', '/again', '-q')
    await works('generate', '-n', '/again', '-t', 'password')
    const first = await value()
    await works('generate', '-n', '/again', '-t', 'password', '--no-overwrite')
    expect(await value()).toBe(first)
    await works('generate', '-n', '/again', '-t', 'password')
    expect(await value()).not.toBe(first)
    const versions = JSON.parse(await works('get', '-n', '/again', '--versions', '5', '-j')) as {
      versions: []
    }
    expect(versions.versions).toHaveLength(2)
  })

  it('finds by a part of the name and by path', async () => {
    for (const name of ['/f/one', '/f/two', '/other/one']) {
      await works('set', '-n', name, '-t', 'value', '-v', 'x')
    }
    const names = async (...args: readonly string[]): Promise<string[]> => {
      const found = JSON.parse(await works('find', ...args, '-j')) as { credentials: { name: string }[] }
      return found.credentials.map(({ name }) => name).sort()
    }
    expect(await names('-n', 'one')).toEqual(['/f/one', '/other/one'])
    expect(await names('-p', '/f')).toEqual(['/f/one', '/f/two'])
    expect((await attempt(['find', '-n', 'nothing-like-it', '-j'])).exitCode).toBe(1)
  })

  it('deletes one credential, or all below a path', async () => {
    for (const name of ['/d/one', '/d/two', '/d/three']) {
      await works('set', '-n', name, '-t', 'value', '-v', 'x')
    }
    await works('delete', '-n', '/d/one')
    expect((await attempt(['delete', '-n', '/d/one'])).exitCode).toBe(1)
    await works('delete', '-p', '/d')
    expect((await attempt(['get', '-n', '/d/two'])).exitCode).toBe(1)
  })

  it.each<[readonly string[], RegExp]>([
    [['get', '-n', '/nope'], /does not exist/],
    [['get'], /name/i],
    [['get', '--nope'], /unknown flag `nope'/],
    [['set'], /the required flag `-n, --name' was not specified/],
    [['generate', '-n', '/x', '-t', 'nope'], /type/]
  ])('refuses %j', async (args, stderr) => {
    const ran = await attempt(args)
    expect(ran).toMatchObject({ exitCode: 1, stdout: '' })
    expect(ran.stderr).toMatch(stderr)
  })

  it.each<[string, Env, RegExp]>([
    ['its secret is wrong', { CREDHUB_SECRET: 'wrong' }, /invalid_client/],
    ['nobody listens there', { CREDHUB_SERVER: 'https://127.0.0.1:1' }, /connection refused/],
    ['nobody is logged in', { CREDHUB_CLIENT: '', CREDHUB_SECRET: '' }, /not currently authenticated/]
  ])('fails where %s', async (_, env, stderr) => {
    const ran = await attempt(['find'], env)
    expect(ran.exitCode).toBe(1)
    expect(ran.stderr).toMatch(stderr)
  })

  it('fails where no server is known', async () => {
    const ran = await run(credhub, ['find'], { env: { HOME: join(lab.lab, 'nobody') } })
    expect(ran).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/target is not set/) as string })
  })

  it('remembers a login, without the secret, for its user only', async () => {
    const own = join(lab.lab, 'own')
    mkdirSync(own)
    const { PATH = '', CREDHUB_SERVER = '', CREDHUB_CLIENT = '', CREDHUB_SECRET = '' } = lab.env
    const more = { cwd: own, env: { PATH, HOME: own } }
    const credentials = ['--client-name', CREDHUB_CLIENT, '--client-secret', CREDHUB_SECRET]
    await succeed(credhub, ['login', '-s', CREDHUB_SERVER, '--ca-cert', lab.caFile, ...credentials], more)
    await succeed(credhub, ['find'], more)
    const path = join(own, '.credhub', 'config.json')
    expect(readFileSync(path, 'utf8')).not.toContain(CREDHUB_SECRET)
    expect(statSync(path).mode & 0o077).toBe(0)
    await succeed(credhub, ['logout'], more)
    expect((await run(credhub, ['find'], more)).exitCode).toBe(1)
  })
})
