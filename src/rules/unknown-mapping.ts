import type { Finding } from '../core/finding.ts'
import { nearestName } from '../core/nearest.ts'
import { finding, type Rule } from './rule.ts'

/** A mapping for an input or output that the task does not have. Concourse drops it without a word. */
export const unknownMapping: Rule = function* ({ steps, configOf }) {
  for (const { step, path } of steps) {
    const config = step.kind === 'task' ? configOf(step) : undefined
    if (step.kind !== 'task' || config === undefined) continue
    yield* checkMapping(step.input_mapping, config.inputs, 'input', path)
    yield* checkMapping(step.output_mapping, config.outputs, 'output', path)
  }
}

function* checkMapping(
  mapping: Readonly<Record<string, string>> = {},
  declared: readonly { readonly name: string }[] = [],
  what: 'input' | 'output',
  path: string
): Iterable<Finding> {
  const names = declared.map(({ name }) => name)
  for (const name of Object.keys(mapping)) {
    if (names.includes(name)) continue
    const meant = nearestName(name, names)
    yield finding({
      code: 'unknown-mapping',
      path: `${path}.${what}_mapping.${name}`,
      message: `found ${JSON.stringify(name)}, expected an ${what} of the task`,
      hint: meant === undefined ? `remove it, or declare the ${what} in the task` : `write ${meant}`
    })
  }
}
