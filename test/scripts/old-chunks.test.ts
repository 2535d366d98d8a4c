import { mkdir, mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { removeOldChunks } from '../../scripts/old-chunks.mjs'

let dist: string

beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'causeway-dist-'))
  await mkdir(join(dist, 'chunks'))
})

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000)

/** A build of some chunks, and of a module that lies elsewhere. */
async function build(...names: readonly string[]): Promise<string[]> {
  const paths = [...names.map(name => join(dist, 'chunks', name)), join(dist, 'main.js')]
  await Promise.all(paths.map(path => writeFile(path, '')))
  await removeOldChunks(dist, paths)
  return readdir(join(dist, 'chunks'))
}

async function age(days: number, ...names: readonly string[]): Promise<void> {
  for (const name of names) await utimes(join(dist, 'chunks', name), daysAgo(days), daysAgo(days))
}

it('keeps what the build before wrote, however long ago that was, for a command that still runs', async () => {
  await build('a-1.js', 'b-1.js')
  await age(30, 'a-1.js', 'b-1.js')
  expect(await build('a-2.js', 'b-1.js')).toEqual(['a-1.js', 'a-2.js', 'b-1.js'])
})

it('removes a chunk a day after the first build without it', async () => {
  await build('a-1.js')
  await build('a-2.js')
  await age(0.9, 'a-1.js')
  expect(await build('a-3.js')).toContain('a-1.js')
  await age(1.1, 'a-1.js', 'a-3.js')
  expect(await build('a-4.js')).toEqual(['a-2.js', 'a-3.js', 'a-4.js'])
})

it('keeps a chunk that a later build wrote again', async () => {
  await build('a-1.js')
  await build('a-2.js')
  await age(2, 'a-1.js')
  expect(await build('a-1.js')).toContain('a-1.js')
})

it('keeps all where it does not know which are of the last build, and then counts from there', async () => {
  await writeFile(join(dist, 'chunks', 'a-0.js'), '')
  await age(30, 'a-0.js')
  expect(await build('a-1.js')).toContain('a-0.js')
  await age(2, 'a-0.js')
  expect(await build('a-1.js')).toEqual(['a-1.js'])
})

it('lets two commands build at the same time', async () => {
  await build('a-1.js')
  await age(2, 'a-1.js')
  await build('a-2.js')
  await age(2, 'a-1.js', 'a-2.js')
  await Promise.all([build('a-3.js'), build('a-3.js'), build('a-4.js')])
  expect(await readdir(join(dist, 'chunks'))).toEqual(['a-2.js', 'a-3.js', 'a-4.js'])
})
