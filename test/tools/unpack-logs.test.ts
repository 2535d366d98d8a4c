import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { unpackLogs } from '../../src/tools/unpack-logs.ts'
import { fakePrograms } from './fake-programs.ts'

let folder = ''
const { programs, redactor } = fakePrograms()
redactor.add('one-long-secret')
const unpack = (): Promise<void> => unpackLogs(programs, text => redactor.redact(text), folder)

/** An archive of files, put where another may take it in. */
async function archive(to: string, files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const from = await mkdtemp(join(tmpdir(), 'files-'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(from, name, '..'), { recursive: true })
    await writeFile(join(from, name), content)
  }
  execFileSync('tar', ['-czf', to, '.'], { cwd: from })
  return readFile(to)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'logs-'))
})

describe('archives of logs', () => {
  it('are unpacked, those within them too, without the secrets', async () => {
    const inner = await archive(join(await mkdtemp(join(tmpdir(), 'inner-')), 'a.tgz'), {
      'uaa/uaa.log': 'got one-long-secret\n'
    })
    await archive(join(folder, 'cf-20261123.tgz'), {
      'api.0.tgz': inner,
      'api.1/cc.log': 'a\nwith one-long-secret\nb'
    })
    await unpack()
    const text = (path: string): Promise<string> => readFile(join(folder, path), 'utf8')
    expect(await text('cf-20261123/api.0/uaa/uaa.log')).toBe('got ((redacted))\n')
    expect(await text('cf-20261123/api.1/cc.log')).toBe('a\nwith ((redacted))\nb\n')
    expect((await readdir(folder, { recursive: true })).filter(name => /tgz|half/.test(name))).toEqual([])
  })

  it('are read as they come, however large', async () => {
    const line = 'a line with one-long-secret in it\n'
    await writeFile(join(folder, 'large.log'), line.repeat(50_000))
    await unpack()
    expect(await readFile(join(folder, 'large.log'), 'utf8')).toBe(
      'a line with ((redacted)) in it\n'.repeat(50_000)
    )
  })

  it('keep what is no text', async () => {
    const bytes = Buffer.from([0, 1, 2, 255, 10, 13])
    await writeFile(join(folder, 'core'), bytes)
    await unpack()
    expect(await readFile(join(folder, 'core'))).toEqual(bytes)
  })

  it('that are broken go with all that lies beside them', async () => {
    await writeFile(join(folder, 'cf.tgz'), 'one-long-secret')
    await expect(unpack()).rejects.toThrow('tar')
    await expect(readdir(folder)).rejects.toThrow('ENOENT')
  })
})
