import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credhub } from '../../src/lab/programs/credhub/main.ts'
import { openTestLab, type TestLab } from './director/running-lab.ts'
import { run, start, succeed, type Ran } from './programs/run-program.ts'

const real = process.env['CAUSEWAY_REAL_CREDHUB'] ?? ''
const title =
  'the imitation credhub, beside the real one (needs CAUSEWAY_REAL_CREDHUB, the path of a credhub v2)'

describe.skipIf(real === '')(title, () => {
  let lab: TestLab
  let env: Readonly<Record<string, string>>

  beforeAll(async () => {
    lab = await openTestLab()
    const home = join(lab.lab, 'home')
    mkdirSync(home)
    env = { ...lab.env, HOME: home }
    await lab.create()
    for (const args of [
      ['set', '-n', '/a/plain', '-t', 'value', '-v', 'a <b> & c'],
      ['set', '-n', '/a/json', '-t', 'json', '-v', '{"b":{"c":[1,true,null]},"a":"x: y"}'],
      ['set', '-n', '/a/user', '-t', 'user', '-z', 'me', '-w', 'secret'],
      ['generate', '-n', '/a/ca', '-t', 'certificate', '-c', 'ca', '--is-ca'],
      ['generate', '-n', '/a/again', '-t', 'password'],
      ['generate', '-n', '/a/again', '-t', 'password']
    ]) {
      await succeed(credhub, args, { env })
    }
  })
  afterAll(() => lab.close())

  function comparable({ exitCode, stdout, stderr }: Ran): Ran {
    const plain = stdout
      .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f-]{22}/g, 'ID')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    return { exitCode, stdout: plain, stderr }
  }

  it.each([
    'find',
    'find -n again',
    'find -n again -j',
    'find -p /a',
    'find -p /nope -j',
    'find -n nothing-like-it',
    ...['plain', 'json', 'user', 'ca'].flatMap(name => [
      `get -n /a/${name}`,
      `get -n /a/${name} -j`,
      `get -n /a/${name} -q`
    ]),
    'get -n /a/user -k username',
    'get -n /a/user -k nope',
    'get -n /a/user -j -k username',
    'get -n /a/ca -k certificate',
    'get -n /a/again --versions 2',
    'get -n /a/again --versions 2 -j',
    'get -n /nope',
    'get -n /nope -j',
    'get',
    'get -n',
    'get --nope',
    'set',
    'set -n /x -t nope -v 1',
    'set -n /x',
    'set -n /x -t value -v 1 -j',
    'set -n /a/plain -t password -w 1',
    'generate -n /x',
    'generate -n /x -t nope',
    'generate -n /y -t password -l 8',
    'generate -n /y -t password -j',
    'delete -n /nope',
    'delete -p /nope',
    'delete'
  ])('says the same of %s', async line => {
    const args = line.split(' ')
    const theirs = await start(real, args, { env })
    const ours = await run(credhub, args, { env })
    expect(comparable(ours)).toEqual(comparable(theirs))
  })
})
