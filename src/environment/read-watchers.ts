import type { Finding } from '../core/finding.ts'
import { nearestName } from '../core/nearest.ts'
import { errorsOf, inFileOrder, placed, valueOf, type Checked } from './read-record.ts'
import type { RuleFinding } from './record-rules.ts'
import { schemaFindings } from './schema-findings.ts'
import { validateWatchers } from './validators.generated.ts'
import type { Signal, Upstream, Watchers } from './watchers.ts'
import { readYaml } from './yaml-source.ts'

/** Reads the watchers with every default filled in. Throws a FindingsError with everything that is wrong with them. */
export function readWatchers(text: string, file: string): Watchers {
  return valueOf(checkWatchers(text, file))
}

function checkWatchers(text: string, file: string): Checked<Watchers> {
  const source = readYaml(text, file)
  if (source.findings.length > 0) return { file, value: undefined, findings: source.findings, source }
  const schema = schemaFindings(errorsOf(validateWatchers, source.value), source)
  if (schema.length > 0) return { file, value: undefined, findings: inFileOrder(schema), source }
  // Without findings it is what the schema says, and that is the type.
  const watchers = source.value as Watchers
  const rules: Finding[] = Object.entries(watchers.upstreams).flatMap(([name, upstream]) =>
    [...missingFields(name, upstream), ...unknownNames(name, upstream, watchers)].map(found =>
      placed(found, source)
    )
  )
  return { file, value: rules.length === 0 ? watchers : undefined, findings: inFileOrder(rules), source }
}

/** What a signal can't be asked for without. */
const needed: Readonly<Record<Signal, readonly ('repository' | 'branch' | 'bosh_io' | 'because')[]>> = {
  releases: ['repository'],
  tags: ['repository'],
  branch: ['repository', 'branch'],
  'bosh-io': ['bosh_io'],
  stemcell: ['bosh_io'],
  none: ['because']
}

function missingFields(name: string, upstream: Upstream): RuleFinding[] {
  return needed[upstream.signal]
    .filter(field => upstream[field] === undefined)
    .map(field => ({
      code: 'watcher-incomplete',
      path: ['upstreams', name],
      message: `found the signal ${upstream.signal} without ${field}, expected both`,
      hint: `add ${field}`
    }))
}

function unknownNames(name: string, upstream: Upstream, { upstreams }: Watchers): RuleFinding[] {
  const named: readonly (readonly [string, string | undefined])[] = [
    ['brought_by', upstream.brought_by],
    ...upstream.same_version_as.map(other => ['same_version_as', other] as const)
  ]
  return named.flatMap(([field, other]) => {
    if (other === undefined || other in upstreams) return []
    const meant = nearestName(other, Object.keys(upstreams))
    return {
      code: 'watcher-unknown',
      path: ['upstreams', name, field],
      message: `found ${other}, expected an upstream of this file`,
      hint: meant === undefined ? `add ${other}` : `write ${meant}`
    }
  })
}
