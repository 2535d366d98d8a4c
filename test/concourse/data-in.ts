import type { Json } from '../../src/concourse/model.ts'
import type { YamlNode } from '../../src/concourse/yaml-node.ts'
import { parseYaml } from '../../src/concourse/yaml-parse.ts'

/** The plain data of a text, as Concourse reads it. */
export function dataIn(yaml: string): Json {
  return dataOf(parseYaml(yaml).root)
}

function dataOf(node: YamlNode): Json {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(dataOf)
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, dataOf(value)]))
}
