import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { AuthorFolder } from './author-folder.ts'
import { root } from './command-line.ts'

interface Block {
  readonly language: string
  /** The file that it is. */
  readonly file: string | undefined
  readonly text: string
}

const page = readFileSync(join(root, 'docs', 'check.md'), 'utf8')
const blocks: readonly Block[] = [...page.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
  ([, language = '', file, text = '']) => ({ language, file, text })
)
const files = blocks.flatMap(({ file, text }) => (file === undefined ? [] : [{ file, text }]))
const settings = 'causeway-check.yml'

let author: AuthorFolder

beforeAll(async () => {
  author = await AuthorFolder.open()
  // The settings hold for their own example alone.
  for (const { file, text } of files) if (file !== settings) await author.write(file, text)
})

function wordsOf(command: string): string[] {
  return command.split(' ').slice(1)
}

describe('docs/check.md', () => {
  const examples = blocks.filter(({ language }) => language === 'console')

  it.each(examples)('has an example that says what it does: $text', async ({ text }) => {
    const [, command = '', shown] = /^\$ (causeway [^\n]*)\n(.*)$/s.exec(text) ?? []
    const { out, err } = await author.run(...wordsOf(command))
    expect(`${out}${err}`).toBe(shown)
  })

  const workflows = blocks.filter(({ language, file }) => language === 'yaml' && file === undefined)

  it.each(workflows)('has a workflow whose commands run: $text', async ({ text }) => {
    const { jobs } = parse(text) as { jobs: { check: { steps: { run?: string }[] } } }
    const commands = jobs.check.steps.flatMap(({ run }) => run ?? [])
    expect(commands).not.toEqual([])
    for (const command of commands) {
      const { code, out, err } = await author.run(...wordsOf(command.replace(/ > .*/, '')))
      expect(err).toBe('')
      expect(out).not.toBe('')
      expect(code).toBe(0)
    }
  })

  it('has settings that hold', async () => {
    const text = files.find(({ file }) => file === settings)?.text ?? ''
    await author.write('team.yml', text)
    const { findings } = await author.check(
      'two-jobs.yml',
      'with-vars.yml',
      '-l',
      'vars.yml',
      '--config',
      'team.yml'
    )
    expect(findings.map(({ code }) => code).sort()).toEqual([
      'acme-job-name',
      'acme-task-timeout',
      'missing-artifact',
      'not-in-target'
    ])
  })

  it('has programs and rules that compile', async () => {
    await author.write('package.json', '{"type": "module"}\n')
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), path => readFileSync(path, 'utf8')) as {
      config: { compilerOptions: object }
    }
    const { options } = ts.convertCompilerOptionsFromJson(
      {
        ...config.compilerOptions,
        incremental: false,
        tsBuildInfoFile: null,
        paths: { causeway: [`${root}/src/causeway.ts`] }
      },
      author.path
    )
    const programs = files
      .filter(({ file }) => file.endsWith('.ts'))
      .map(({ file }) => join(author.path, file))
    expect(programs).toHaveLength(3)
    const typeRoots = [join(root, 'node_modules', '@types')]
    const compiled = ts.createProgram(programs, { ...options, typeRoots })
    const wrong = ts.getPreEmitDiagnostics(compiled)
    expect(wrong.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
  })
})
