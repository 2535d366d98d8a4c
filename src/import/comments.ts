import type { Pipeline } from '../concourse/model.ts'
import type { ReadText } from '../concourse/read.ts'
import { stepsOf } from '../concourse/step-tree.ts'

export interface Comments {
  /** What stands at the top of the file. */
  readonly header: readonly string[]
  /** What stands directly above a job, resource, type or step. */
  readonly above: ReadonlyMap<object, readonly string[]>
}

/** The comments of the YAML that have a line of their own. */
export function commentsOf(
  yaml: string,
  pipeline: Pipeline,
  { comments, positionOf, positionAt }: Pick<ReadText<Pipeline>, 'comments' | 'positionOf' | 'positionAt'>
): Comments {
  const lines = new Map<number, string>()
  for (const { text, at } of comments) {
    const { line, column } = positionAt(at)
    const before = yaml.slice(at - column + 1, at)
    if (before.trim() === '') lines.set(line, text)
  }
  if (lines.size === 0) return { header: [], above: new Map() }
  const header = linesFrom(lines, 1, 1)
  const above = new Map<object, readonly string[]>()
  for (const [part, path] of placesOf(pipeline)) {
    const line = positionOf(path)?.line ?? 1
    const found = linesFrom(lines, line - 1, -1).reverse()
    const isHeader = line - 1 <= header.length
    if (found.length > 0 && !isHeader) above.set(part, found)
  }
  return { header, above }
}

function linesFrom(lines: ReadonlyMap<number, string>, first: number, step: 1 | -1): string[] {
  const found: string[] = []
  for (let line = first; ; line += step) {
    const text = lines.get(line)
    if (text === undefined) return found
    found.push(text)
  }
}

function placesOf(pipeline: Pipeline): readonly (readonly [part: object, path: string])[] {
  const named = (parts: readonly { readonly name: string }[] = [], section: string) =>
    parts.map(part => [part, `${section}.${part.name}`] as const)
  return [
    ...named(pipeline.resource_types, 'resource_types'),
    ...named(pipeline.resources, 'resources'),
    ...named(pipeline.jobs, 'jobs'),
    ...stepsOf(pipeline).map(({ step, at }) => [step, at] as const)
  ]
}
