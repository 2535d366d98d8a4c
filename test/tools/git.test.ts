import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createFiles } from '../../src/tools/files.ts'
import { createGit, type Git } from '../../src/tools/git.ts'
import { fakePrograms } from './fake-programs.ts'

let folder = ''
let remote = ''
let git: Git

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-'))
  remote = join(folder, 'remote.git')
  const { programs } = fakePrograms()
  git = createGit(programs, createFiles())
  await programs.run({ program: 'git', args: ['init', '--quiet', '--bare', remote] })
})

describe('git', () => {
  it('begins a branch that is not there, and finds it the next time', async () => {
    const first = await git.clone(remote, join(folder, 'one'), { branch: 'lab' })
    await writeFile(join(first.folder, 'a'), 'one')
    expect(await first.commitAll('add a')).toBe(true)
    expect(await first.push('lab')).toBe(true)
    const second = await git.clone(remote, join(folder, 'two'), { branch: 'lab' })
    expect(await readFile(join(second.folder, 'a'), 'utf8')).toBe('one')
    expect(await second.head()).toBe(await first.head())
  })

  it('commits deletions, and nothing where nothing changed', async () => {
    const copy = await git.clone(remote, join(folder, 'one'), { branch: 'lab' })
    await writeFile(join(copy.folder, 'a'), 'one')
    await copy.commitAll('add a')
    expect(await copy.commitAll('again')).toBe(false)
    await createFiles().remove(join(copy.folder, 'a'))
    expect(await copy.commitAll('remove a')).toBe(true)
  })

  it('tells a lost race from a failure, and takes the newer state', async () => {
    const one = await git.clone(remote, join(folder, 'one'), { branch: 'lab' })
    await writeFile(join(one.folder, 'lock'), 'free')
    await one.commitAll('add lock')
    await one.push('lab')
    const two = await git.clone(remote, join(folder, 'two'), { branch: 'lab' })
    await writeFile(join(one.folder, 'lock'), 'one')
    await one.commitAll('one')
    expect(await one.push('lab')).toBe(true)
    await writeFile(join(two.folder, 'lock'), 'two')
    await two.commitAll('two')
    expect(await two.push('lab')).toBe(false)
    await two.resetToRemote('lab')
    expect(await readFile(join(two.folder, 'lock'), 'utf8')).toBe('one')
    expect(await two.lastCommitOf('lock')).toContain('one')
    await createFiles().remove(remote)
    await expect(two.push('lab')).rejects.toThrow('git push')
  })

  it('has no last commit of what nobody touched', async () => {
    const copy = await git.clone(remote, join(folder, 'one'), { branch: 'lab' })
    await writeFile(join(copy.folder, 'a'), 'one')
    await copy.commitAll('add a')
    expect(await copy.lastCommitOf('b')).toBeUndefined()
  })
})
