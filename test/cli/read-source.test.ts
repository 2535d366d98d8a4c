import { chmod, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import { readSource } from '../../src/cli/read-source.ts'
import { isAbort, UserError } from '../../src/core/errors.ts'
import { FindingsError, type Finding } from '../../src/core/finding.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'causeway-source-'))
})

async function write(bytes: string | Uint8Array): Promise<string> {
  const file = join(folder, 'pipeline.yml')
  await writeFile(file, bytes)
  return file
}

function read(file: string, piped = '', signal = new AbortController().signal): Promise<string> {
  return readSource({ stdin: () => Readable.from([Buffer.from(piped)]), signal }, file)
}

function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('it was read'),
    (thrown: unknown) => thrown
  )
}

async function findingIn(bytes: string | Uint8Array): Promise<Finding | undefined> {
  const thrown = await thrownBy(read(await write(bytes)))
  if (!(thrown instanceof FindingsError)) throw thrown
  return thrown.findings[0]
}

async function refusalOf(file: string): Promise<UserError> {
  const thrown = await thrownBy(read(file))
  if (!(thrown instanceof UserError) || thrown instanceof FindingsError) throw thrown
  return thrown
}

describe('a source', () => {
  it('is text in UTF-8, without its byte order mark', async () => {
    expect(await read(await write('jobs: [größe]\n'))).toBe('jobs: [größe]\n')
    expect(await read(await write('\ufeffjobs: []\n'))).toBe('jobs: []\n')
  })

  it('is read from standard input where it is named -', async () => {
    expect(await read('-', 'jobs: []\n')).toBe('jobs: []\n')
  })

  it('that is no text says which byte at which place', async () => {
    expect(await findingIn(Buffer.from('jobs:\n- größe\0', 'utf8'))).toMatchObject({
      code: 'binary-file',
      message: expect.stringContaining('0x00 at offset 15') as string,
      line: 2,
      column: 8
    })
    expect(await findingIn(Buffer.from([0xff, 0xfe, 0x6a, 0x00]))).toMatchObject({ code: 'binary-file' })
  })

  it.each([
    ['a byte of Latin-1', [0x61, 0x0a, 0xc3, 0xa9, 0xe9, 0x0a], { offset: 4, line: 2, column: 2 }],
    ['a character cut off at the end', [0x61, 0xf0, 0x9f, 0x9a], { offset: 1, line: 1, column: 2 }],
    ['a character cut off in the middle', [0xef, 0xbf, 0x61], { offset: 0, line: 1, column: 1 }],
    ['half a surrogate pair', [0x61, 0x61, 0xed, 0xa0, 0x80], { offset: 2, line: 1, column: 3 }],
    ['a slash in two bytes', [0xc0, 0xaf], { offset: 0, line: 1, column: 1 }]
  ])('with %s says where it is no UTF-8', async (_, bytes, { offset, line, column }) => {
    const finding = await findingIn(Buffer.from(bytes))
    expect(finding).toMatchObject({ code: 'invalid-utf8', severity: 'error', line, column })
    expect(finding?.message).toContain(`at offset ${offset},`)
  })

  it('that is empty is a finding', async () => {
    expect(await findingIn('')).toMatchObject({ code: 'empty-file', line: 1, column: 1 })
  })

  it('that is too large, or has no end, is a finding', async () => {
    expect(await findingIn('a'.repeat(16 * 2 ** 20 + 1))).toMatchObject({ code: 'too-large' })
    expect(await read(await write('a'.repeat(16 * 2 ** 20)))).toHaveLength(16 * 2 ** 20)
    await expect(read('/dev/zero')).rejects.toThrow('more than 16 MiB')
  })

  it('that is not there, or no file, is wrong use', async () => {
    await mkdir(join(folder, 'ci'))
    await symlink('loop', join(folder, 'loop'))
    await write('x')
    for (const [name, found] of [
      ['none.yml', 'no such file'],
      ['pipeline.yml/x', 'no such file'],
      ['ci', 'a folder'],
      ['loop', 'symbolic links'],
      ['x'.repeat(300), 'a name longer']
    ] as const) {
      const error = await refusalOf(join(folder, name))
      expect(error.exitCode).toBe(2)
      expect(error.message).toContain(found)
      expect(error.hint).toBeDefined()
    }
  })

  it('that the system can not read says why', async () => {
    expect((await refusalOf('/proc/self/mem')).message).toContain('EIO')
  })

  it.skipIf(process.getuid?.() === 0)(
    'that this user may not read is wrong use (root reads all)',
    async () => {
      const file = await write('x')
      await chmod(file, 0)
      expect((await refusalOf(file)).message).toContain('may not read')
    }
  )

  it('is no longer waited for after Ctrl-C', async () => {
    const stopping = new AbortController()
    stopping.abort('SIGINT')
    expect(isAbort(await thrownBy(read(await write('x'), '', stopping.signal)))).toBe(true)
  })
})
