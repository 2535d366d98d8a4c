import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readPipeline } from '../../src/concourse/read.ts'
import { CommandLine, root } from './command-line.ts'

let line: CommandLine

beforeEach(async () => {
  line = await CommandLine.open()
})

async function blockOf(language: string): Promise<string> {
  const page = await readFile(join(root, 'docs', 'import.md'), 'utf8')
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? ''
}

describe('causeway import', () => {
  it('writes the example of its page', async () => {
    line.stdin = await blockOf('yaml')
    const { code, out, err } = await line.run('import', '-')
    expect({ code, out, err }).toEqual({ code: 0, out: await blockOf('ts'), err: '' })
  })

  it('tells of what it leaves out', async () => {
    line.stdin = `x-unused: &unused {put: chat}\n${await blockOf('yaml')}`
    const { code, out, err } = await line.run('import', '-')
    expect({ code, out }).toEqual({ code: 0, out: await blockOf('ts') })
    expect(err).toContain('x-unused')
    expect(err).not.toContain('x-notify')
  })

  it('writes what emit takes', async () => {
    const [yaml, program] = [join(line.folder, 'release.yml'), join(line.folder, 'release.ts')]
    await writeFile(yaml, await blockOf('yaml'))
    expect(await line.run('import', yaml, '-o', program)).toMatchObject({ code: 0, out: '' })
    const { code, out } = await line.run('emit', program)
    expect(code).toBe(0)
    expect(readPipeline(out, 'out').pipeline).toEqual(readPipeline(await blockOf('yaml'), 'in').pipeline)
  })

  it('writes over no program that somebody went on with', async () => {
    const program = join(line.folder, 'release.ts')
    line.stdin = await blockOf('yaml')
    expect((await line.run('import', '-', '-o', program)).code).toBe(0)
    line.stdin = await blockOf('yaml')
    expect((await line.run('import', '-', '-o', program)).code).toBe(0)
    await writeFile(program, '// mine\n')
    line.stdin = await blockOf('yaml')
    const { code, err } = await line.run('import', '-', '-o', program)
    expect(code).toBe(7)
    expect(err).toContain('hint: remove it, or name another with --output')
    expect(await readFile(program, 'utf8')).toBe('// mine\n')
  })

  it('refuses what is a program already', async () => {
    const { code, err } = await line.run('import', 'pipeline.ts')
    expect(code).toBe(2)
    expect(err).toContain('a program already, expected a pipeline in YAML')
  })

  it('puts values in the place of vars', async () => {
    line.stdin = 'jobs: [{ name: a, plan: [{ task: t, file: a/b, privileged: ((p)) }] }]'
    expect((await line.run('import', '-', '-v', 'p=true')).code).toBe(3)
    expect((await line.run('import', '-', '-y', 'p=true')).out).toContain('privileged: true')
    const values = join(line.folder, 'values.yml')
    await writeFile(values, 'p: true\n')
    expect((await line.run('import', '-', '-l', values)).out).toContain('privileged: true')
  })

  it('refuses what Concourse drops without a word', async () => {
    line.stdin =
      'jobs: [{ name: a, plan: [{ task: t, config: { platform: linux, run: { path: a, arg: [b] } } }] }]'
    const { code, out, err } = await line.run('import', '-')
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toContain('unknown-key')
  })
})
