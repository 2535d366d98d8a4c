import { namesWithin } from '../concourse/references.ts'
import type { VarSource } from '../concourse/model.ts'
import { nearestName } from '../core/nearest.ts'
import { hasVar } from './has-var.ts'
import type { Rule } from './rule.ts'

/** Vars of one source may configure another, so there must be an order in which all of them can be made. */
export const varSourceCycle: Rule = {
  code: 'var-source-cycle',
  summary: 'A var source takes vars of one that Concourse can not make before it.',
  level: 'error',
  pipeline({ pipeline }, report) {
    const sources = pipeline.var_sources ?? []
    if (sources.some(({ name }) => hasVar(name))) return
    const names = new Set(sources.map(({ name }) => name))
    for (const { source, lacks } of unordered(sources)) {
      const unknown = lacks.find(name => !names.has(name))
      const meant = unknown === undefined ? undefined : nearestName(unknown, names)
      const path = `var_sources.${source.name}.config`
      if (unknown !== undefined) {
        report(
          path,
          `found a var of ${JSON.stringify(unknown)}, expected one of a var source of this pipeline`,
          {
            hint: meant === undefined ? 'declare the var source' : `write ${meant}`
          }
        )
      } else {
        report(path, `found vars of ${lacks.join(', ')}, which Concourse can not make before it`, {
          hint: 'put what it takes vars of above it, and take none of what takes vars of it'
        })
      }
    }
  }
}

interface Waiting {
  readonly source: VarSource
  readonly lacks: readonly string[]
}

/**
 * Those that Concourse finds no place for. It goes down the list, and each time looks once, from the top, whether
 * one that waits can follow; so a long chain in reverse order is refused too (concourse v8.3, atc/config.go,
 * OrderByDependency).
 */
function unordered(sources: readonly VarSource[]): readonly Waiting[] {
  const made = new Set<string>()
  let waiting: readonly Waiting[] = []
  const isStuck = ({ source, lacks }: Waiting): boolean => {
    if (lacks.some(name => !made.has(name))) return true
    made.add(source.name)
    return false
  }
  for (const source of sources) {
    const next = { source, lacks: sourcesOf(source) }
    if (isStuck(next)) waiting = [...waiting, next]
    else waiting = waiting.filter(isStuck)
  }
  return waiting.map(({ source, lacks }) => ({ source, lacks: lacks.filter(name => !made.has(name)) }))
}

function sourcesOf({ config }: VarSource): readonly string[] {
  return namesWithin(config).flatMap(name => (name.includes(':') ? [name.slice(0, name.indexOf(':'))] : []))
}
