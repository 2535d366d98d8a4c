import type { Block, Expression } from './hcl.ts'

/** What a configuration says of the versions of one provider. */
export interface Requirement {
  /** `lab` */
  readonly provider: string
  /** `causeway/lab` */
  readonly source: string
  /** `>= 1.0, < 2`; all of it must hold. */
  readonly version: string
}

/** The entries of `terraform { required_providers { … } }`; one in an override file replaces one of the same name. */
export function requirementsOf(
  blocks: readonly Block[],
  overrides: readonly Block[]
): readonly Requirement[] {
  const byProvider = new Map<string, Requirement>()
  for (const block of [...blocks, ...overrides]) {
    for (const { attributes } of requiredProviders(block)) {
      for (const [provider, value] of Object.entries(attributes)) {
        byProvider.set(provider, readRequirement(provider, value))
      }
    }
  }
  return [...byProvider.values()]
}

function requiredProviders({ type, blocks }: Block): readonly Block[] {
  return type === 'terraform' ? blocks.filter(block => block.type === 'required_providers') : []
}

function readRequirement(provider: string, value: Expression): Requirement {
  const entries = value.kind === 'map' ? value.entries : { version: value }
  return {
    provider,
    source: textOf(entries['source']) ?? `hashicorp/${provider}`,
    version: textOf(entries['version']) ?? '>= 0'
  }
}

function textOf(value: Expression | undefined): string | undefined {
  if (value?.kind !== 'template') return undefined
  return value.parts.filter(part => typeof part === 'string').join('')
}

/** Whether a version is one that a constraint allows (developer.hashicorp.com/terraform/language/expressions/version-constraints). */
export function allows(constraint: string, version: string): boolean {
  return constraint.split(',').every(part => {
    const [, operator = '=', wanted = ''] = /^\s*(>=|<=|!=|~>|>|<|=)?\s*([\d.]+)\s*$/.exec(part) ?? []
    const order = compareVersions(version, wanted)
    switch (operator) {
      case '>=':
        return order >= 0
      case '<=':
        return order <= 0
      case '!=':
        return order !== 0
      case '>':
        return order > 0
      case '<':
        return order < 0
      case '~>':
        return order >= 0 && compareVersions(version, nextOf(wanted)) < 0
      default:
        return order === 0
    }
  })
}

/** `~> 1.4` ends before 2, `~> 1.4.2` before 1.5. */
function nextOf(version: string): string {
  const numbers = version.split('.').map(Number).slice(0, -1)
  return [...numbers.slice(0, -1), (numbers.at(-1) ?? 0) + 1].join('.')
}

/** Negative where the first is the older one. */
export function compareVersions(left: string, right: string): number {
  const [ours, theirs] = [left, right].map(version => version.split('.').map(Number))
  for (let index = 0; index < 3; index += 1) {
    const difference = (ours?.[index] ?? 0) - (theirs?.[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
