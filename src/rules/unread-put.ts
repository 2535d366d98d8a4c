import type { PutStep, Step } from '../concourse/model.ts'
import { textsIn } from '../concourse/json.ts'
import { isBefore } from '../concourse/release.ts'
import { artifactFlow } from './artifact-flow.ts'
import type { Rule } from './rule.ts'
import { orderOf } from './step-order.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import type { JobSubject, Subject } from './subject.ts'
import { varsInSteps } from './var-uses.ts'

/** The get after a put costs a container and a download. Where a step may read it that nobody knows, nothing is said. */
export const unreadPut: Rule = {
  code: 'unread-put',
  summary: 'What a put fetches after it is read by no step.',
  level: 'off',
  job(job, report, subject) {
    if (isBefore(subject.target, '7.9')) return
    const { leaves } = job.tree
    for (const put of leaves) {
      const { step } = put
      if (step.kind !== 'put' || step.no_get === true || isRead(put, step, leaves, job, subject)) continue
      report(put.path, 'found a put that fetches what it made, which no later step reads', {
        hint: 'write no_get: true'
      })
    }
  }
}

function isRead(
  put: PlacedStep,
  { name }: PutStep,
  leaves: readonly PlacedStep[],
  job: JobSubject,
  subject: Subject
): boolean {
  const sees = (node: PlacedStep) => orderOf(put, node).order !== 'never'
  return (
    artifactFlow(job, subject).needs.some(need => need.artifact === name && sees(need.node)) ||
    varsInSteps(job, subject).some(
      ({ reference, node }) => reference.source === '.' && reference.path === name && sees(node)
    ) ||
    leaves.some(leaf => mayRead(leaf.step, name, subject) && sees(leaf))
  )
}

/** What a step may take without a word: a task all that its unknown file says, a put what it is told to look for. */
function mayRead(step: Step, name: string, { configOf }: Subject): boolean {
  if (step.kind === 'task') {
    const config = configOf(step)
    if (config === undefined) return true
    return (config.inputs ?? []).some(input => (step.input_mapping?.[input.name] ?? input.name) === name)
  }
  if (step.kind !== 'put') return false
  if (step.inputs === 'all') return true
  if (step.inputs !== undefined && step.inputs !== 'detect') return false
  return textsIn(step.params ?? {}).some(text => text.includes('((') || text.split('/').includes(name))
}
