import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CommandLine } from './command-line.ts'

const text = 'jobs:\n- plan: [{task: t, config: {platform: linux, params: {A: no, Y: 1.10}}}]\n  name: a\n'

async function withFile(content: string) {
  const line = await CommandLine.open()
  const file = join(line.folder, 'p.yml')
  await writeFile(file, content)
  return { line, file, read: () => readFile(file, 'utf8') }
}

it('prints a pipeline in the order of its review, without a header', async () => {
  const { line, file } = await withFile(text)
  const { code, out } = await line.run('format', file)
  expect(code).toBe(0)
  expect(out).toContain('resources: []\n\njobs:\n- name: a\n  plan:\n  - task: t\n')
  expect(out).not.toContain('#')
})

it('prints it as fly does', async () => {
  const { line, file } = await withFile(text)
  const { out } = await line.run('format', file, '--canonical')
  expect(out).toBe(`jobs:
- name: a
  plan:
  - config:
      params:
        A: "false"
        "true": "1.1"
      platform: linux
    task: t
`)
})

it('reads what is piped in', async () => {
  const { line } = await withFile('')
  line.stdin = text
  expect((await line.run('format', '-')).out).toContain('- task: t')
  expect((await line.run('format', '-', '--write')).code).toBe(2)
})

it('writes the file, and then has nothing more to do', async () => {
  const { line, file, read } = await withFile(text)
  const { out } = await line.run('format', file)
  expect((await line.run('format', file, '--write')).err).toContain('written')
  expect(await read()).toBe(out)
  expect((await line.run('format', file, '--write')).err).toContain('as it was')
})

it('overwrites no comment, unless it is said to', async () => {
  const { line, file, read } = await withFile(`# Why.\n${text}`)
  const { code, err } = await line.run('format', file, '--write')
  expect(code).toBe(2)
  expect(err).toContain('--drop-comments')
  expect(await read()).toContain('# Why.')
  expect((await line.run('format', file, '--write', '--drop-comments')).code).toBe(0)
  expect(await read()).not.toContain('# Why.')
})

it('prints nothing of a pipeline that has errors', async () => {
  const { line, file } = await withFile(text.replace('config', 'confg'))
  const { code, out } = await line.run('format', file)
  expect(code).toBe(3)
  expect(out).toBe('')
})
