import { chmod, mkdir, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { createFiles, diskError } from '../../src/tools/files.ts'

const files = createFiles()
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'))
})

describe('files', () => {
  it('writes a secret for its owner alone', async () => {
    await files.writeSecret(join(folder, 'deep', 'key'), 'x')
    expect((await stat(join(folder, 'deep', 'key'))).mode & 0o777).toBe(0o600)
  })

  it('leaves nothing of its own beside what it wrote', async () => {
    await files.writeText(join(folder, 'a'), 'one')
    await files.writeText(join(folder, 'a'), 'two')
    expect(await readdir(folder)).toEqual(['a'])
    expect(await files.readText(join(folder, 'a'))).toBe('two')
  })

  it('tells what is missing from what is empty', async () => {
    expect(await files.readTextIfAny(join(folder, 'none'))).toBeUndefined()
    await expect(files.readText(join(folder, 'none'))).rejects.toThrow('found nothing, expected a file')
    expect(await files.list(join(folder, 'none'))).toEqual([])
  })

  it('copies what links point to, and no history', async () => {
    const from = join(folder, 'bucc')
    await mkdir(join(from, '.git'), { recursive: true })
    await writeFile(join(from, 'script.sh'), '#!/bin/sh\n')
    await chmod(join(from, 'script.sh'), 0o755)
    await symlink('script.sh', join(from, 'link.sh'))
    await files.copyReal(from, join(folder, 'state'))
    expect((await readdir(join(folder, 'state'))).sort()).toEqual(['link.sh', 'script.sh'])
    expect(await readFile(join(folder, 'state', 'link.sh'), 'utf8')).toBe('#!/bin/sh\n')
    expect(await files.isExecutable(join(folder, 'state', 'link.sh'))).toBe(true)
  })

  it('does not take a dangling link for a script', async () => {
    await symlink('gone.sh', join(folder, 'override.sh'))
    expect(await files.isExecutable(join(folder, 'override.sh'))).toBe(false)
  })

  it('says what to do about a full disk, and leaves other failures as they are', () => {
    const full = diskError('/x/y', Object.assign(new Error('write'), { code: 'ENOSPC' }))
    expect(full).toBeInstanceOf(UserError)
    expect(full).toMatchObject({ exitCode: 4, hint: 'free some room on that disk, then run it again' })
    const other = new Error('what')
    expect(diskError('/x/y', other)).toBe(other)
  })
})
