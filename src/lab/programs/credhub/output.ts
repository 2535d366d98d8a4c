import { renderYaml, type YamlStyle } from '../../../manifest/render-yaml.ts'
import { at, wordAt, type Value, type ValueMap } from '../../../manifest/value.ts'
import type { ProgramEdge } from '../common/program.ts'
import { sortKeys } from '../common/sort-keys.ts'

/** go.yaml.in/yaml/v3 with its defaults. */
const version3: YamlStyle = { indent: 4, indentLists: true, sorted: false }

/** Prints data as YAML with an empty line after it, or as JSON with tabs, as credhub does (commands/helpers.go). */
export function print({ out }: ProgramEdge, json: boolean, value: Value): void {
  if (json) out(`${JSON.stringify(value, null, '\t').replaceAll('&', '\\u0026')}\n`)
  else out(`${renderYaml(value, version3)}\n`)
}

/** A credential in the order in which credhub prints its fields. */
export function credentialOf(raw: Value, { json }: { readonly json: boolean }): ValueMap {
  const metadata = at(raw, 'metadata') ?? null
  return {
    id: wordAt(raw, 'id') ?? '',
    name: wordAt(raw, 'name') ?? '',
    type: wordAt(raw, 'type') ?? '',
    value: sortKeys(at(raw, 'value') ?? null),
    ...(metadata === null && !json ? {} : { metadata: sortKeys(metadata) }),
    version_created_at: wordAt(raw, 'version_created_at') ?? ''
  }
}

/** Prints a credential that was set or made, without its value. */
export function printRedacted(edge: ProgramEdge, json: boolean, answer: Value): void {
  print(edge, json, { ...credentialOf(answer, { json }), value: '<redacted>' })
}
