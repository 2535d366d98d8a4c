import type { Step } from '../concourse/model.ts'
import { signatureOf } from '../concourse/task-step.ts'
import { artifactFlow } from './artifact-flow.ts'
import type { Rule } from './rule.ts'
import { statePutOf } from './state-puts.ts'
import { orderOf } from './step-order.ts'
import { isWithin, type PlacedStep } from '../concourse/step-tree.ts'
import { resourceNameOf, type JobSubject, type Subject } from './subject.ts'

/** Only ensure runs when a build is aborted, or its worker is gone, after the first cloud call. */
export const stateNotEnsured: Rule = {
  code: 'state-not-ensured',
  summary: 'State that a task has changed is not put on each way in which the task may end.',
  level: 'warning',
  job(job, report, subject) {
    if (!job.steps.some(({ step }) => statePutOf(step) !== undefined)) return
    const { leaves } = job.tree
    const told = new Set<PlacedStep>()
    for (const put of leaves) {
      const state = statePutOf(put.step)
      if (state === undefined) continue
      const { resource, artifact } = state
      const writer = writerOf(artifact, put, leaves, job, subject)
      if (writer === undefined || told.has(writer)) continue
      if (!isFetchedBefore(writer, resource, leaves) || isEnsured(writer, resource, leaves)) continue
      told.add(writer)
      report(
        put.path,
        `found a put of what ${writer.path} has changed that is left out where the task fails, errs or is aborted`,
        {
          hint: 'put it in the ensure of that task',
          ...(isCertain(writer.step, artifact) ? { severity: 'error' } : {})
        }
      )
    }
  }
}

/** The last task before the put that makes the artifact; one whose outputs are not known may, where no other step does. */
function writerOf(
  artifact: string,
  put: PlacedStep,
  leaves: readonly PlacedStep[],
  job: JobSubject,
  subject: Subject
): PlacedStep | undefined {
  const makers = artifactFlow(job, subject).makers.get(artifact) ?? []
  const isTask = ({ step }: PlacedStep) => step.kind === 'task'
  const isBefore = (node: PlacedStep) => orderOf(node, put).order === 'before'
  if (makers.length > 0) return makers.filter(isTask).findLast(isBefore)
  const isOpen = ({ step }: PlacedStep) => step.kind === 'task' && subject.configOf(step) === undefined
  return leaves.filter(isOpen).findLast(isBefore)
}

function isFetchedBefore(writer: PlacedStep, resource: string, leaves: readonly PlacedStep[]): boolean {
  return leaves.some(
    leaf =>
      leaf.step.kind === 'get' &&
      resourceNameOf(leaf.step) === resource &&
      orderOf(leaf, writer).order === 'before'
  )
}

/** Whether an ensure round the writer puts the resource. */
function isEnsured(writer: PlacedStep, resource: string, leaves: readonly PlacedStep[]): boolean {
  return leaves.some(leaf => {
    const { step } = leaf
    return step.kind === 'put' && resourceNameOf(step) === resource && isEnsureOf(leaf, writer)
  })
}

/** Whether a step is in the ensure of a step that holds another. */
function isEnsureOf(node: PlacedStep, held: PlacedStep): boolean {
  let inner = node
  for (let outer = node.parent; outer !== undefined; inner = outer, outer = outer.parent) {
    const [body] = outer.children
    if (outer.step.kind === 'ensure' && inner !== body && body !== undefined && isWithin(held, body))
      return true
  }
  return false
}

/** Our own tasks say of themselves what they change: what they take and make under one name. */
function isCertain(step: Step, artifact: string): boolean {
  const signature = step.kind === 'task' ? signatureOf(step) : undefined
  if (signature === undefined || step.kind !== 'task') return false
  return Object.keys(signature.outputs).some(
    name => name in signature.inputs && (step.output_mapping?.[name] ?? name) === artifact
  )
}
