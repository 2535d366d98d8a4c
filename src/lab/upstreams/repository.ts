import { renderYaml } from '../../manifest/render-yaml.ts'
import type { Value } from '../../manifest/value.ts'

export interface RepositoryFile {
  readonly text: string
  readonly executable?: true
}

/** A repository of upstream as the lab has it: our own small files at upstream's paths, in one tagged commit. */
export interface UpstreamRepository {
  /** `<owner>/<name>`, as on GitHub. */
  readonly name: string
  /** Upstream's version that the files are modelled on. */
  readonly tag: string
  /** ISO 8601 day of that version; it dates the commit. */
  readonly date: string
  readonly files: Readonly<Record<string, RepositoryFile>>
}

/** A YAML file with a first line that says what it is for. */
export function yamlFile(purpose: string, value: Value): RepositoryFile {
  return { text: `# ${purpose}\n${renderYaml(value)}` }
}

export function textFile(text: string): RepositoryFile {
  return { text }
}

export function scriptFile(text: string): RepositoryFile {
  return { text, executable: true }
}

/** An operation that puts a value. */
export function replaceOp(path: string, value: Value): Value {
  return { type: 'replace', path, value }
}

export function removeOp(path: string): Value {
  return { type: 'remove', path }
}
