// Removes what builds leave behind: the names of chunks are those of their content, so that none is ever overwritten.
import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

const dayInMs = 24 * 60 * 60 * 1000

/**
 * Removes the chunks that builds left behind over a day ago. A command loads some chunks late, so those of the build
 * before this one, with which commands may be running, count from now. `written` are the paths of this build's files,
 * of which chunks are looked at alone.
 */
export async function removeOldChunks(dist, written) {
  const [folder, list] = [join(dist, 'chunks'), join(dist, 'chunks-of-last-build')]
  const now = new Date()
  const names = new Set(
    written.filter(path => path.startsWith(join(folder, '/'))).map(path => basename(path))
  )
  // Where it is not known which are the last build's, all may be.
  const last = await readFile(list, 'utf8').then(
    text => text.split('\n'),
    () => readdir(folder)
  )
  const left = last.filter(name => name !== '' && !names.has(name))
  await Promise.all(left.map(name => utimes(join(folder, name), now, now).catch(() => {})))
  // Only now, and whole: a command that builds at the same time takes what is not in the list for older.
  const half = `${list}.${randomUUID()}.half`
  await writeFile(half, [...names].join('\n'))
  await rename(half, list)
  const others = (await readdir(folder)).filter(name => !names.has(name)).map(name => join(folder, name))
  await Promise.all(
    others.map(async path => {
      if (await isOlder(path, now.getTime() - dayInMs)) await rm(path, { force: true })
    })
  )
}

function isOlder(path, ms) {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs < ms,
    () => false
  )
}
