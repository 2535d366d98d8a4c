import { addMade, addNeeds, type Made, type Need } from './artifact-uses.ts'
import { orderOf, type StepOrder } from './step-order.ts'
import { onceInTurn } from '../concourse/once.ts'
import type { PlacedStep } from '../concourse/step-tree.ts'
import type { JobSubject, Subject } from './subject.ts'

/** A need that a step meets which runs at the same time. */
export interface Race extends Need {
  /** Whether a step before both met it too. */
  readonly met: boolean
}

/** Two steps that run at the same time and make artifacts of one name. */
export interface Clash {
  readonly artifact: string
  readonly first: PlacedStep
  readonly second: PlacedStep
}

/** How artifacts go from step to step in a job. */
export interface ArtifactFlow {
  readonly needs: readonly Need[]
  /** Needs that no step before them meets. */
  readonly missing: readonly Need[]
  readonly races: readonly Race[]
  readonly clashes: readonly Clash[]
  /** The steps that make an artifact, by its name. */
  readonly makers: ReadonlyMap<string, readonly PlacedStep[]>
}

/** Followed once for a job while rules look at it. Where outputs of a task are not known, nothing is said of what may see them. */
export const artifactFlow = onceInTurn(({ tree }: JobSubject, subject: Subject) =>
  follow(tree.leaves, subject)
)

function follow(leaves: readonly PlacedStep[], { configOf }: Subject): ArtifactFlow {
  const made: Made[] = []
  const needs: Need[] = []
  for (const leaf of leaves) {
    addMade(leaf, configOf, made)
    addNeeds(leaf, configOf, needs)
  }
  const makers = byName(made)
  const unknown = made.filter(({ artifact }) => artifact === undefined)
  const missing: Need[] = []
  const races: Race[] = []
  const next = new Map<string, number>()
  for (const need of needs) {
    const ofName = makers.get(need.artifact) ?? []
    if (isPlainlyMet(need, ofName, next)) continue
    const verdict = verdictOn(need, ofName, unknown)
    if (verdict === 'missing') missing.push(need)
    if (verdict === 'race' || verdict === 'met race') races.push({ ...need, met: verdict === 'met race' })
  }
  return { needs, missing, races, clashes: clashesIn(makers), makers }
}

function byName(made: readonly Made[]): ReadonlyMap<string, readonly PlacedStep[]> {
  const makers = new Map<string, PlacedStep[]>()
  for (const { artifact, node } of made) {
    if (artifact === undefined) continue
    const others = makers.get(artifact)
    if (others === undefined) makers.set(artifact, [node])
    else others.push(node)
  }
  return makers
}

/**
 * Whether the last maker before it in the plan meets a need, and nothing runs beside it: so it is with most, and saves
 * asking all makers of the name. `next` says, by name, where in the makers the last need stood.
 */
function isPlainlyMet(
  { artifact, node }: Need,
  makers: readonly PlacedStep[],
  next: Map<string, number>
): boolean {
  let index = next.get(artifact) ?? 0
  while ((makers[index]?.position ?? Infinity) < node.position) index += 1
  next.set(artifact, index)
  const last = makers[index - 1]
  return last !== undefined && !isInBranch(node) && orderOf(last, node).order === 'before'
}

/** Whether anything may run at the same time. */
function isInBranch({ parent }: PlacedStep): boolean {
  if (parent === undefined) return false
  return (parent.step.kind === 'in_parallel' && parent.step.limit !== 1) || isInBranch(parent)
}

type Verdict = 'met' | 'missing' | 'race' | 'met race'

function verdictOn({ node }: Need, makers: readonly PlacedStep[], unknown: readonly Made[]): Verdict {
  const orders = makers.map(maker => orderOf(maker, node))
  const before = closest(orders, 'before')
  const parallel = closest(orders, 'parallel')
  // What a branch made itself is its own, unless another overwrites it: that is a clash, and told of as such.
  if (before >= 0) return parallel > before ? 'met race' : 'met'
  const others = unknown.map(maker => orderOf(maker.node, node))
  if (closest(others, 'before') >= 0) return parallel >= 0 ? 'met race' : 'met'
  if (parallel >= 0) return 'race'
  return closest(others, 'parallel') >= 0 ? 'met' : 'missing'
}

/** How deep the innermost step is that holds the taker and a maker in this order to it; -1 where there is none. */
function closest(orders: readonly StepOrder[], wanted: StepOrder['order']): number {
  return orders.reduce(
    (deepest, { order, depth }) => (order === wanted ? Math.max(deepest, depth) : deepest),
    -1
  )
}

function clashesIn(makers: ReadonlyMap<string, readonly PlacedStep[]>): readonly Clash[] {
  const clashes: Clash[] = []
  for (const [artifact, nodes] of makers) {
    if (nodes.length < 2) continue
    for (const [index, second] of nodes.entries()) {
      if (!isInBranch(second)) continue
      const first = nodes.slice(0, index).find(other => areParallel(other, second))
      if (first !== undefined) clashes.push({ artifact, first, second })
    }
  }
  return clashes
}

/** Both ways round: what is made within across does not meet what is made outside. */
function areParallel(one: PlacedStep, other: PlacedStep): boolean {
  return orderOf(one, other).order === 'parallel' && orderOf(other, one).order === 'parallel'
}
