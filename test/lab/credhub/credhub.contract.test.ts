import { X509Certificate } from 'node:crypto'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readYaml } from '../../../src/manifest/read-yaml.ts'
import { listAt, textAt, type Value } from '../../../src/manifest/value.ts'
import { builtPrograms } from '../programs/built.ts'
import { openTestLab, type TestLab } from '../director/running-lab.ts'

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const real = process.env['CAUSEWAY_REAL_CREDHUB'] ?? ''

/**
 * What a credhub CLI can do with a CredHub of the lab: each test goes on where the one before has stopped. The imitation makes nothing
 * anew and looks for nothing by its id.
 */
function contract(command: () => readonly string[], isReal: boolean): void {
  let lab: TestLab

  beforeAll(async () => {
    lab = await openTestLab()
    await lab.create()
  })
  afterAll(() => lab.close())

  function credhub(args: readonly string[], env: Readonly<Record<string, string>> = lab.env): Promise<Ran> {
    const [program = '', ...first] = command()
    return new Promise((done, failed) => {
      const child = spawn(program, [...first, ...args], { cwd: lab.lab, env })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
      child.on('error', failed).on('close', code => done({ code, stdout, stderr }))
      child.stdin.end()
    })
  }

  async function ok(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await credhub(args)
    expect({ args, code, stdout, stderr }).toMatchObject({ code: 0 })
    return stdout
  }

  /** What was generated: the answer itself does not show its value. */
  async function generated(name: string, type: string, ...args: readonly string[]): Promise<Value> {
    await ok('generate', '-n', name, '-t', type, ...args)
    return json('get', '-n', name)
  }

  async function json(...args: readonly string[]): Promise<Value> {
    return JSON.parse(await ok(...args, '--output-json')) as Value
  }

  it('sets and gets a value, and all its versions', async () => {
    await ok('set', '--name', '/a/token', '--type', 'value', '--value', 'one')
    const second = await json('set', '-n', '/a/token', '-t', 'value', '-v', 'two')
    expect(await json('get', '-n', '/a/token')).toMatchObject({ name: '/a/token', value: 'two' })
    expect(await ok('get', '-n', '/a/token', '--quiet')).toBe('two\n')
    if (isReal) {
      expect(await json('get', '--id', textAt(second, 'id') ?? '')).toMatchObject({ value: 'two' })
    }
    const versions = listAt(await json('get', '-n', '/a/token', '--versions', '5'), 'versions')
    expect(versions.map(version => textAt(version, 'value'))).toEqual(['two', 'one'])
    expect(readYaml(await ok('get', '-n', '/a/token'))).toMatchObject({ type: 'value', value: 'two' })
  })

  it('generates passwords, users and keys', async () => {
    expect(textAt(await generated('/a/password', 'password', '-l', '20'), 'value')).toHaveLength(20)
    const user = await generated('/a/user', 'user', '-z', 'admin')
    expect(textAt(user, 'value', 'username')).toBe('admin')
    expect(await ok('get', '-n', '/a/user', '-k', 'password')).toBe(
      `${textAt(user, 'value', 'password') ?? ''}\n`
    )
    const ssh = await generated('/a/ssh', 'ssh')
    expect(textAt(ssh, 'value', 'public_key')).toMatch(/^ssh-rsa /)
    const rsa = await generated('/a/rsa', 'rsa')
    expect(textAt(rsa, 'value', 'private_key')).toContain('PRIVATE KEY')
  })

  it(`generates certificates below a CA${isReal ? ', and makes them anew with it' : ''}`, async () => {
    await ok('generate', '-n', '/pki/ca', '-t', 'certificate', '-c', 'ca', '--is-ca')
    const names = ['-c', 'api', '-a', 'api.lab', '-a', '127.0.0.1']
    const leaf = await generated('/pki/leaf', 'certificate', '--ca', '/pki/ca', ...names)
    const before = new X509Certificate(textAt(leaf, 'value', 'certificate') ?? '')
    expect(before.checkHost('api.lab')).toBe('api.lab')
    expect(before.checkIssued(new X509Certificate(textAt(leaf, 'value', 'ca') ?? ''))).toBe(true)
    if (!isReal) return
    await ok('regenerate', '-n', '/pki/ca')
    expect(await ok('bulk-regenerate', '--signed-by', '/pki/ca')).toContain('/pki/leaf')
    const after = await json('get', '-n', '/pki/leaf')
    expect(textAt(after, 'value', 'ca')).not.toBe(textAt(leaf, 'value', 'ca'))
  })

  it('finds names below a path and by their parts', async () => {
    const paths = async (...args: readonly string[]): Promise<readonly (string | undefined)[]> =>
      listAt(await json('find', ...args), 'credentials')
        .map(found => textAt(found, 'name'))
        .sort()
    expect(await paths('--path', '/pki')).toEqual(['/pki/ca', '/pki/leaf'])
    expect(await paths('--name-like', 'PASS')).toEqual(['/a/password'])
    expect(await paths()).toHaveLength(7)
  })

  it('deletes', async () => {
    expect(await ok('delete', '-n', '/a/token')).toContain('Credential successfully deleted')
    const { code, stderr } = await credhub(['get', '-n', '/a/token'])
    expect([code, stderr]).toEqual([1, expect.stringContaining('the credential does not exist')])
  })

  it('logs in, with a CA in a file, stays so, and logs out', async () => {
    const { PATH = '', HOME = '', CREDHUB_SERVER = '' } = lab.env
    const bare = { PATH, HOME }
    writeFileSync(join(lab.lab, 'ca.pem'), lab.ca)
    const login = ['login', '-s', CREDHUB_SERVER, '--client-name', 'credhub-admin', '--ca-cert', 'ca.pem']
    const refused = await credhub([...login, '--client-secret', 'wrong'], bare)
    expect(refused.code).toBe(1)
    const { code, stdout } = await credhub([...login, '--client-secret', lab.secret], bare)
    expect([code, stdout]).toEqual([0, expect.stringContaining('Login Successful')])
    expect((await credhub(['get', '-n', '/a/password', '-q'], bare)).code).toBe(0)
    expect((await credhub(['logout'], bare)).code).toBe(0)
    expect((await credhub(['get', '-n', '/a/password'], bare)).code).toBe(1)
  })

  it('does not trust a server that another CA has signed', async () => {
    const other = await openTestLab()
    try {
      const { code, stderr } = await credhub(['find'], { ...lab.env, CREDHUB_CA_CERT: other.ca })
      expect([code, stderr]).toEqual([1, expect.stringMatching(/certificate/)])
    } finally {
      await other.close()
    }
  })
}

describe('credhub (the imitation)', () =>
  contract(() => [process.execPath, join(builtPrograms, 'credhub.js')], false))
describe.skipIf(real === '')('credhub (needs CAUSEWAY_REAL_CREDHUB, the path of a credhub v2)', () =>
  contract(() => [real], true)
)
