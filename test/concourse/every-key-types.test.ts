import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import type { Form, KeyForm } from '../../src/concourse/form.ts'
import { objectsIn } from '../../src/concourse/objects-in.ts'
import { pipeline } from '../../src/concourse/schema-pipeline.ts'
import { coreForms, modifierRows } from '../../src/concourse/shape-step.ts'
import { sampleOf } from './schema-rows.ts'

// Each row becomes three lines of one program: a value that compiles, and two that must not.

const root = join(import.meta.dirname, '..', '..')
const step = { kind: 'get', name: 'a' }

/** The interfaces of the model, with the keys that each has. */
const interfaces: readonly (readonly [name: string, rows: readonly KeyForm[]])[] = [
  ...objectsIn([
    pipeline.form,
    ...coreForms.flatMap(({ form, rows }) => [form, ...rows.map(row => row.form)]),
    ...modifierRows.map(row => row.form)
  ])
    // Its keys are those of an InParallelStep.
    .filter(({ name }) => name !== 'Branches')
    .map(({ name, keys }) => [name, keys] as const),
  ['Modifiers', modifierRows]
]

interface Case {
  readonly name: string
  readonly lines: readonly string[]
}

const cases = interfaces.flatMap(([name, rows]) => rows.map(row => caseOf(name, rows, row)))

function caseOf(name: string, rows: readonly KeyForm[], { key, form }: KeyForm): Case {
  const needed = rows.filter(row => row.isRequired && row.key !== key)
  const beside = needed.map(row => [row.key, JSON.stringify(sampleOf(row.form, step))] as const)
  const value = JSON.stringify(sampleOf(form, step))
  const line = (...entries: readonly (readonly [string, string])[]) =>
    `use<${name}>({ ${[...beside, ...entries].map(([k, v]) => `${k}: ${v}`).join(', ')} })`
  const required = rows.some(row => row.key === key && row.isRequired)
  const misspelt = `${key}${key.at(-1) ?? ''}`
  return {
    name: `${name}.${key}`,
    lines: [
      line([key, value]),
      // With the key itself as well, so that it is not the missing key that is refused.
      required ? line([key, value], [misspelt, value]) : line([misspelt, value]),
      line([key, wrongFor(form)])
    ]
  }
}

/** A value of no type that the form has: data holds all but a function. */
function wrongFor(form: Form): string {
  return form.kind === 'scalar' ? '{ a: 1 }' : '() => 1'
}

const file = join(root, 'test', 'concourse', 'snippets-of-every-key.ts')

const source = [
  `import type * as model from '../../src/concourse/model.ts'`,
  ...interfaces.map(([name]) => `type ${name} = model.${name}`),
  'declare function use<T>(value: T): void',
  ...cases.flatMap(({ lines }) => lines),
  'export {}'
].join('\n')

/** The lines of the program that the compiler refuses, counted from 0. */
function refusedLines(): ReadonlySet<number> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), path => ts.sys.readFile(path)) as {
    config: object
  }
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root)
  const host = ts.createCompilerHost({ ...options, incremental: false })
  const readFile = host.readFile.bind(host)
  const fileExists = host.fileExists.bind(host)
  host.readFile = path => (path === file ? source : readFile(path))
  host.fileExists = path => path === file || fileExists(path)
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, source, ts.ScriptTarget.ES2023) : getSourceFile(path, ...rest)
  const program = ts.createProgram([file], { ...options, types: [], incremental: false, noEmit: true }, host)
  const snippets = program.getSourceFile(file)
  const diagnostics = [
    ...program.getSyntacticDiagnostics(snippets),
    ...program.getSemanticDiagnostics(snippets)
  ]
  return new Set(diagnostics.map(({ start = 0 }) => source.slice(0, start).split('\n').length - 1))
}

describe('the types of the model', () => {
  const first = interfaces.length + 2
  const refused = refusedLines()

  it.each(cases.map((one, index) => ({ ...one, line: first + 3 * index })))(
    '$name takes its value, and no other key or type',
    ({ line, lines }) => {
      const results = lines.map((text, index) => ({ text, isRefused: refused.has(line + index) }))
      expect(
        results.map(({ isRefused }) => isRefused),
        lines.join('\n')
      ).toEqual([false, true, true])
    }
  )

  it('are checked line by line', () => {
    expect(Math.max(...refused)).toBeLessThan(first + 3 * cases.length)
    expect(Math.min(...refused)).toBeGreaterThanOrEqual(first)
  })
})
