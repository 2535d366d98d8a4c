import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { AuthorFolder } from './author-folder.ts'
import { CommandLine, root } from './command-line.ts'

let line: CommandLine

beforeEach(async () => {
  line = await CommandLine.open()
})

async function blockOf(language: string): Promise<string> {
  const page = await readFile(join(root, 'docs', 'graph.md'), 'utf8')
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? ''
}

describe('causeway graph', () => {
  it('draws the example of its page', async () => {
    const file = join(line.folder, 'example.yml')
    await writeFile(file, await blockOf('yaml'))
    expect(await line.run('graph', file)).toEqual({ code: 0, out: await blockOf('mermaid'), err: '' })
  })

  it('draws a pipeline of the checkout, and standard input', async () => {
    const { code, out } = await line.run('graph', '--env', 'lab', 'repave', '--format', 'dot')
    expect(code).toBe(0)
    expect(out).toMatch(/^digraph "lab\/repave" \{/)
    line.stdin = await blockOf('yaml')
    expect((await line.run('graph', '-', '--resources', 'none')).out).not.toContain('ci')
  })

  it('draws the pipeline of a program', async () => {
    const program = `import { git, get, job, pipeline } from 'causeway'
const repo = git('repo', { uri: 'https://example.com/repo.git' })
export default pipeline('p', { jobs: [job('unit', [get(repo, { trigger: true })])] })
`
    const author = await AuthorFolder.open({ 'pipeline.ts': program })
    const { code, out } = await author.run('graph', 'pipeline.ts')
    expect(code).toBe(0)
    expect(out).toContain('job_unit["unit"]')
    expect((await author.run('graph', 'pipeline.ts', '-v', 'a=b')).code).toBe(2)
  })

  it('puts values in the place of vars', async () => {
    line.stdin = 'jobs: [{name: a, plan: ((plan))}, {name: ((b)), plan: [{get: r, passed: [((c.d))]}]}]'
    const values = join(line.folder, 'values.yml')
    await writeFile(values, 'c: {d: a}\n')
    const { code, out } = await line.run('graph', '-', '-v', 'b=last', '-y', 'plan=[{get: r}]', '-l', values)
    expect(code).toBe(0)
    expect(out).toContain('job_a -.->|"r"| job_last')
    expect((await line.run('graph', '-', '-v', 'b=last')).code).toBe(3)
  })

  it('writes a file in the format of its name', async () => {
    const file = join(line.folder, 'repave.svg')
    const { code, out, err } = await line.run('graph', '--env', 'lab', 'repave', '--output', file)
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toContain(`${file}: `)
    expect(await readFile(file, 'utf8')).toMatch(/^<svg [^]*<title id="title">lab\/repave<\/title>/)
  })

  it.each([
    [['--env', 'lab', 'repav'], 'did you mean repave?'],
    [['--env', 'lab', 'repave', '--group', 'deploy'], 'group deploy: found no such group'],
    [['--env', 'lab', 'repave', '--output', 'x.png'], 'expected a name in .svg, .dot, .gv, .mmd, .mermaid'],
    [['--env', 'lab', 'repave', '-v', 'a=b'], '--env lab: found values of vars beside it'],
    [['no-such.yml'], 'no-such.yml: found no such file']
  ])('says what is wrong with %j, with exit code 2', async (args, message) => {
    const { code, out, err } = await line.run('graph', ...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
  })

  it('says what is wrong with a file, with exit code 3', async () => {
    const file = join(line.folder, 'bad.yml')
    await writeFile(file, 'jobs: [{name: j, plan: [{gte: x}]}]')
    const { code, err } = await line.run('graph', file)
    expect(code).toBe(3)
    expect(err).toContain('gte')
  })
})
