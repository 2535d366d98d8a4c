import type { PlanItem, RepavePlan } from './plan.ts'

/** The plan for a person to read: what goes, what comes, in which order, at which versions. */
export function formatPlan(plan: RepavePlan): string {
  const items = [...plan.destroys, ...plan.creates]
  const width = Math.max(0, ...items.map(item => titleOf(item).length))
  const line = (mark: string, item: PlanItem): string =>
    `  ${mark} ${titleOf(item).padEnd(width)}  ${item.detail}`.trimEnd()
  const nameWidth = Math.max(0, ...Object.keys(plan.versions).map(name => name.length))
  return [
    `A repave of ${plan.environment} destroys, in this order:`,
    ...(plan.destroys.length === 0
      ? ['    nothing: it is not paved']
      : plan.destroys.map(item => line('-', item))),
    '',
    'and creates:',
    ...plan.creates.map(item => line('+', item)),
    '',
    'Versions:',
    ...Object.entries(plan.versions).map(([name, version]) => `    ${name.padEnd(nameWidth)}  ${version}`),
    '',
    `Digest: ${plan.digest}`,
    ''
  ].join('\n')
}

function titleOf({ kind, name }: PlanItem): string {
  return `${kind} ${name}`
}
