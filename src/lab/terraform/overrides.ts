import { UserError } from '../../core/errors.ts'
import type { Era } from './era.ts'
import type { Block } from './hcl.ts'

/** Blocks that are settings: several of a kind stand beside each other, and an override of them is none. */
const settings: readonly string[] = ['terraform', 'provider']

/**
 * The blocks of override files, merged into those that they override (terraform v1.11, internal/configs/module.go). From 0.12 on one
 * that has nothing to override is an error; before, it was one block more. Throws all that is wrong as one UserError.
 */
export function applyOverrides(
  blocks: readonly Block[],
  overrides: readonly Block[],
  era: Era
): readonly Block[] {
  const wrong: string[] = []
  const merged = overrides.reduce((before, override) => {
    if (settings.includes(override.type)) return before
    const isSame = ({ type, labels }: Block): boolean =>
      type === override.type && labels.join('.') === override.labels.join('.')
    if (before.some(isSame)) {
      return before.map(block =>
        isSame(block) ? { ...block, attributes: { ...block.attributes, ...override.attributes } } : block
      )
    }
    if (era === '0.11') return [...before, override]
    wrong.push(missing(override))
    return before
  }, blocks)
  if (wrong.length === 0) return merged
  throw new UserError('findings', wrong.join('\n\n'), {
    hint: 'move the block into a file whose name does not end in _override.tf'
  })
}

interface Words {
  readonly title: string
  /** What there is none of, without its name. */
  readonly what: string
  readonly rule: string
}

const words: Readonly<Record<string, Words>> = {
  output: {
    title: 'Missing base output definition to override',
    what: 'output',
    rule: 'an output that was already defined in a primary configuration file.'
  },
  variable: {
    title: 'Missing base variable declaration to override',
    what: 'variable',
    rule: 'a variable that was already declared in a primary configuration file.'
  },
  locals: {
    title: 'Missing base local value definition to override',
    what: 'local value',
    rule: 'a local value that was already defined in a primary configuration file.'
  }
}

function missing({ type, labels, file, line }: Block): string {
  const { title, what, rule } = words[type] ?? {
    title: 'Missing resource to override',
    what: `${labels[0] ?? ''} resource`,
    rule: 'a resource block defined in a primary configuration file.'
  }
  const name = labels.at(-1) ?? ''
  return `Error: ${title}\n\n  on ${file} line ${line}:\n\nThere is no ${what} named "${name}". An override file can only override ${rule}`
}
