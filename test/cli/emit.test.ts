import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { CommandLine, root } from './command-line.ts'

let line: CommandLine

beforeEach(async () => {
  line = await CommandLine.open()
})

async function filesBelow(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const texts = await Promise.all(
    files.map(async file => [file.slice(folder.length), await readFile(file, 'utf8')] as const)
  )
  return new Map(texts.sort(([a], [b]) => (a < b ? -1 : 1)))
}

describe('causeway emit', () => {
  it('writes every pipeline of every environment, and every task', async () => {
    const { code, out } = await line.run('emit')
    expect(code).toBe(0)
    for (const environment of ['lab', 'play-fern']) {
      for (const pipeline of ['infrastructure', 'cf', 'cfcr', 'repave', 'teardown']) {
        expect(out).toContain(`pipelines/${environment}/${pipeline}.yml`)
      }
    }
    const tasks = await readdir(join(line.folder, 'out', 'tasks'))
    const names = (await readdir(join(root, 'tasks'))).map(file => file.replace(/\.ts$/, ''))
    expect(tasks.sort()).toEqual(names.flatMap(name => [`${name}.mjs`, `${name}.yml`]).sort())
  })

  it('gives the same bytes again, and touches nothing that is the same', async () => {
    await line.run('emit')
    const before = await filesBelow(join(line.folder, 'out'))
    const again = await line.run('emit')
    expect(again.out).toBe('')
    expect(again.err).toContain('0 written')
    const other = await CommandLine.open()
    await other.run('emit')
    expect(await filesBelow(join(other.folder, 'out'))).toEqual(before)
  })

  it('writes what fly format-pipeline prints with --canonical, and task files as ever', async () => {
    await line.run('emit', '--env', 'lab')
    const out = join(line.folder, 'out')
    const pretty = await filesBelow(out)
    const { code } = await line.run('emit', '--env', 'lab', '--canonical')
    expect(code).toBe(0)
    for (const [file, text] of await filesBelow(out)) {
      if (!file.startsWith('/pipelines/')) expect(text, file).toBe(pretty.get(file))
      else {
        line.stdin = pretty.get(file) ?? ''
        expect(text, file).toBe((await line.run('format', '-', '--canonical')).out)
      }
    }
  })

  it('names no place of this machine', async () => {
    await line.run('emit')
    for (const [file, text] of await filesBelow(join(line.folder, 'out'))) {
      expect(text.includes(root), file).toBe(false)
      expect(text.includes(line.folder), file).toBe(false)
    }
  })

  it('writes one environment, and leaves the others as they were', async () => {
    const { code, out } = await line.run('emit', '--env', 'lab')
    expect(code).toBe(0)
    expect(out).not.toContain('play-fern')
  })

  it('removes what it wrote before and writes no more', async () => {
    await line.run('emit')
    const stale = join(line.folder, 'out', 'pipelines', 'lab', 'old.yml')
    await writeFile(stale, 'jobs: []\n')
    expect((await line.run('emit')).out).toBe(`removed ${line.folder}/out/pipelines/lab/old.yml\n`)
  })

  it('says as JSON what it did', async () => {
    const { out } = await line.run('emit', '--format', 'json')
    const { files } = JSON.parse(out) as { files: { path: string; change: string }[] }
    expect(files).toContainEqual({ path: 'pipelines/lab/repave.yml', change: 'created' })
  })
})

describe('a record', () => {
  let records = ''

  beforeEach(async () => {
    records = join(line.folder, 'env')
    await cp(join(root, 'env'), records, { recursive: true })
    line.env['CAUSEWAY_RECORDS'] = records
  })

  async function change(file: string, from: string | RegExp, to: string): Promise<void> {
    const text = await readFile(join(records, file), 'utf8')
    await writeFile(join(records, file), text.replace(from, to))
  }

  it('that is not there is wrong use, and the nearest name is offered', async () => {
    const { code, err } = await line.run('emit', '--env', 'labb')
    expect(code).toBe(2)
    expect(err).toMatch(
      /^error: environment labb: found no .*labb\.yml, expected one of lab, play-fern\nhint: did you mean lab\?\n$/
    )
  })

  it('with several mistakes has all of them shown, each with its line', async () => {
    await change('lab.yml', 'iaas: lab', 'iaas: labb')
    await change('lab.yml', 'system_domain:', 'system_domian:')
    const { code, err } = await line.run('emit')
    expect(code).toBe(3)
    expect(err).toMatch(/lab\.yml:\d+:\d+: error\[[a-z-]+\]: iaas: /)
    expect(err).toContain('system_domian')
    expect(err).toContain('hint: write system_domain')
  })

  it('that is no YAML says where', async () => {
    await change('lab.yml', 'network:', 'network: [')
    const { code, err } = await line.run('emit', '--env', 'lab')
    expect(code).toBe(3)
    expect(err).toMatch(/lab\.yml:\d+:\d+: error\[[a-z-]+\]: /)
  })

  it('that is no text says where, and does not stop work on another environment', async () => {
    await writeFile(join(records, 'play-fern.yml'), Buffer.from('name: caf\xe9\n', 'latin1'))
    const { code, err } = await line.run('emit', '--env', 'play-fern')
    expect(code).toBe(3)
    expect(err).toMatch(/play-fern\.yml:1:10: error\[invalid-utf8\]: /)
    expect((await line.run('emit', '--env', 'lab')).code).toBe(0)
    expect((await line.run('emit')).err).toContain('error[invalid-utf8]')
  })

  it('that is wrong does not stop work on another environment', async () => {
    await change('play-fern.yml', 'iaas: gcp', 'iaas: gpc')
    expect((await line.run('emit', '--env', 'lab')).code).toBe(0)
    expect((await line.run('emit')).code).toBe(3)
  })

  it('in a folder that is not there is wrong use', async () => {
    await rm(records, { recursive: true })
    const { code, err } = await line.run('emit')
    expect(code).toBe(2)
    expect(err).toContain('hint: name the folder of your records by CAUSEWAY_RECORDS')
  })

  it('whose version set lacks says which one', async () => {
    await mkdir(join(records, 'elsewhere'))
    await rename(join(records, 'versions', 'lab.yml'), join(records, 'elsewhere', 'lab.yml'))
    const { code, err } = await line.run('emit', '--env', 'lab')
    expect(code).toBe(3)
    expect(err).toMatch(/error\[[a-z-]+\]: versions: found lab, expected/)
  })
})
