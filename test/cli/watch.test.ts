import { appendFile, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { watch } from '../../src/cli/watch.ts'
import { given } from '../../src/core/given.ts'
import { Duration } from '../../src/core/duration.ts'

let folder: string
let watching: Watching | undefined

/** Watches, and hands the calls out one by one. */
class Watching {
  readonly #stopping = new AbortController()
  readonly #calls: (readonly string[])[] = []
  readonly ended: Promise<void>
  running = 0
  most = 0
  #told: () => void = () => undefined

  constructor(
    paths: readonly string[],
    work: () => Promise<void> = async () => undefined,
    settle?: Duration
  ) {
    this.ended = watch({
      paths,
      ...given('settle', settle),
      signal: this.#stopping.signal,
      onChange: async changed => {
        this.running += 1
        this.most = Math.max(this.most, this.running)
        this.#calls.push(changed)
        this.#told()
        await work()
        this.running -= 1
      }
    })
  }

  /** What the next call tells, below the folder. */
  async next(): Promise<string[]> {
    while (this.#calls.length === 0) await new Promise<void>(done => (this.#told = done))
    return (this.#calls.shift() ?? []).map(path => path.slice(folder.length + 1))
  }

  async stop(): Promise<void> {
    this.#stopping.abort('SIGINT')
    await this.ended
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'causeway-watch-'))
})

afterEach(async () => {
  await watching?.stop()
})

/** For tests that must see several writes as one, on a machine with much to do. */
const patient = Duration.milliseconds(800)

const at = (path: string): string => join(folder, path)

/** Starts, and waits for the call that says that no change can be missed any more. */
async function start(
  paths: readonly string[],
  work?: () => Promise<void>,
  settle?: Duration
): Promise<Watching> {
  watching = new Watching(paths.map(at), work, settle)
  expect(await watching.next()).toEqual([])
  return watching
}

describe('watching a file', () => {
  it('tells each change of it, and none of its neighbours', async () => {
    await writeFile(at('a.yml'), '1')
    const watched = await start(['a.yml'])
    for (const text of ['2', '3']) {
      await writeFile(at('b.yml'), text)
      await writeFile(at('a.yml'), text)
      expect(await watched.next()).toEqual(['a.yml'])
    }
  })

  it('goes on when an editor replaces it, again and again', async () => {
    await writeFile(at('a.yml'), '1')
    const watched = await start(['a.yml'])
    for (const text of ['2', '3', '4']) {
      await writeFile(at('.a.yml.new'), text)
      await rename(at('.a.yml.new'), at('a.yml'))
      expect(await watched.next()).toEqual(['a.yml'])
    }
  })

  it('tells that it is removed, and that it comes back', async () => {
    await writeFile(at('a.yml'), '1')
    const watched = await start(['a.yml'])
    await rm(at('a.yml'))
    expect(await watched.next()).toEqual(['a.yml'])
    await writeFile(at('a.yml'), '1')
    expect(await watched.next()).toEqual(['a.yml'])
  })

  it('waits for a file that is not there yet, nor its folder', async () => {
    const watched = await start(['ci/deep/a.yml'])
    await mkdir(at('ci/deep'), { recursive: true })
    await writeFile(at('ci/deep/a.yml'), '1')
    expect(await watched.next()).toEqual(['ci/deep/a.yml'])
    await rm(at('ci'), { recursive: true })
    expect(await watched.next()).toEqual(['ci/deep/a.yml'])
    await mkdir(at('ci/deep'), { recursive: true })
    await writeFile(at('ci/deep/a.yml'), '1')
    expect(await watched.next()).toEqual(['ci/deep/a.yml'])
  })

  it('follows a symbolic link', async () => {
    await mkdir(at('real'))
    await writeFile(at('real/a.yml'), '1')
    await symlink('real/a.yml', at('a.yml'))
    const watched = await start(['a.yml'])
    await writeFile(at('real/a.yml'), '22')
    expect(await watched.next()).toEqual(['a.yml'])
    await rm(at('a.yml'))
    expect(await watched.next()).toEqual(['a.yml'])
  })

  it('takes no notice of a write that changes nothing it can see', async () => {
    await writeFile(at('a.yml'), '1')
    const time = new Date(1_600_000_000_000)
    await utimes(at('a.yml'), time, time)
    const watched = await start(['a.yml', 'b.yml'])
    await utimes(at('a.yml'), time, time)
    await writeFile(at('b.yml'), '1')
    expect(await watched.next()).toEqual(['b.yml'])
  })
})

describe('watching a folder', () => {
  it('tells what changes below it, in folders that are new as well', async () => {
    await mkdir(at('src/a'), { recursive: true })
    await writeFile(at('src/a/x.ts'), '1')
    const watched = await start(['src'])
    await appendFile(at('src/a/x.ts'), '2')
    expect(await watched.next()).toEqual(['src/a/x.ts'])
    await mkdir(at('new/b'), { recursive: true })
    await writeFile(at('new/b/y.ts'), '1')
    await rename(at('new'), at('src/new'))
    expect(await watched.next()).toEqual(['src/new/b/y.ts'])
    await appendFile(at('src/new/b/y.ts'), '2')
    expect(await watched.next()).toEqual(['src/new/b/y.ts'])
  })

  it('goes on when the folder is taken away and brought back', async () => {
    await mkdir(at('src/a'), { recursive: true })
    await writeFile(at('src/a/x.ts'), '1')
    const watched = await start(['src'])
    await rm(at('src'), { recursive: true })
    expect(await watched.next()).toEqual(['src/a/x.ts'])
    await mkdir(at('src/a'), { recursive: true })
    await writeFile(at('src/a/x.ts'), '1')
    expect(await watched.next()).toEqual(['src/a/x.ts'])
    await appendFile(at('src/a/x.ts'), '2')
    expect(await watched.next()).toEqual(['src/a/x.ts'])
  })

  it('tells many changes at once', async () => {
    await mkdir(at('src'))
    const watched = await start(['src'], undefined, patient)
    const names = Array.from({ length: 100 }, (_, index) => `src/${String(index).padStart(2, '0')}.ts`)
    await Promise.all(names.map(name => writeFile(at(name), '1')))
    expect(await watched.next()).toEqual(names)
  })

  it('leaves out what editors put beside files for a moment', async () => {
    await mkdir(at('src/node_modules'), { recursive: true })
    const watched = await start(['src'], undefined, patient)
    for (const name of ['.x.ts.swp', 'x.ts~', 'node_modules/y.js']) await writeFile(at(`src/${name}`), '1')
    await writeFile(at('src/4913'), '')
    await rm(at('src/4913'))
    await writeFile(at('src/x.ts'), '1')
    expect(await watched.next()).toEqual(['src/x.ts'])
  })

  it('is not led round in a circle by symbolic links', async () => {
    await mkdir(at('src'))
    await symlink('..', at('src/up'))
    const watched = await start(['src'])
    await writeFile(at('src/x.ts'), '1')
    expect(await watched.next()).toContain('src/x.ts')
  })
})

describe('what is called on a change', () => {
  it('is not called again while it runs; what changes meanwhile comes next', async () => {
    await writeFile(at('a.yml'), '1')
    let open: () => void = () => undefined
    const doors = [Promise.resolve(), new Promise<void>(done => (open = done)), Promise.resolve()]
    const watched = await start(['a.yml'], async () => doors.shift())
    await writeFile(at('a.yml'), '22')
    expect(await watched.next()).toEqual(['a.yml'])
    await writeFile(at('a.yml'), '333')
    await writeFile(at('a.yml'), '4444')
    open()
    expect(await watched.next()).toEqual(['a.yml'])
    expect(watched.most).toBe(1)
  })

  it('may fail, which ends the watching', async () => {
    const failing = new Watching([at('a.yml')], () => Promise.reject(new Error('broken')))
    await expect(failing.ended).rejects.toThrow('broken')
  })
})

describe('an abort', () => {
  it('ends the watching, also before it has begun', async () => {
    await (await start(['a.yml'])).stop()
    const stopped = new AbortController()
    stopped.abort()
    const onChange = (): Promise<void> => expect.unreachable('it was called')
    await expect(watch({ paths: [at('a.yml')], signal: stopped.signal, onChange })).resolves.toBeUndefined()
  })
})
