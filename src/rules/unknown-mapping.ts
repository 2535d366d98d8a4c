import { nearestName } from '../core/nearest.ts'
import type { Report, Rule } from './rule.ts'

/** Concourse drops such a mapping without a word, so the build may do without it. */
export const unknownMapping: Rule = {
  code: 'unknown-mapping',
  summary: 'A mapping is for an input or output that the task does not have.',
  level: 'warning',
  step: {
    task({ step, path }, report, { configOf }) {
      if (step.input_mapping === undefined && step.output_mapping === undefined) return
      const config = configOf(step)
      if (config === undefined) return
      checkMapping({ mapping: step.input_mapping, declared: config.inputs, what: 'input', path }, report)
      checkMapping({ mapping: step.output_mapping, declared: config.outputs, what: 'output', path }, report)
    }
  }
}

interface Mapping {
  readonly mapping: Readonly<Record<string, string>> | undefined
  readonly declared: readonly { readonly name: string }[] | undefined
  readonly what: 'input' | 'output'
  readonly path: string
}

function checkMapping({ mapping = {}, declared = [], what, path }: Mapping, report: Report): void {
  const names = declared.map(({ name }) => name)
  for (const name of Object.keys(mapping)) {
    if (names.includes(name)) continue
    const meant = nearestName(name, names)
    report(
      `${path}.${what}_mapping.${name}`,
      `found ${JSON.stringify(name)}, expected an ${what} of the task`,
      { hint: meant === undefined ? `remove it, or declare the ${what} in the task` : `write ${meant}` }
    )
  }
}
