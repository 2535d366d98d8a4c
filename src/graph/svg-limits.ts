import { UserError } from '../core/errors.ts'
import type { Arrow } from './drawing.ts'
import { gatherBy } from './gather.ts'

/**
 * What dagre 3.1.3 lays out in less than ten seconds of one core: 500 jobs in layers with three arrows each took it 3
 * seconds, and 1,000 took 33; 39 jobs of which each waits for all before, 9,880 columns, took 7. Parts that nothing ties
 * together count by themselves.
 */
const most = { jobs: 500, columns: 10_000 }

/** Throws a UserError where jobs that depend on each other are too many to be laid out while a person waits. */
export function checkLimits(jobs: readonly string[], arrows: readonly Arrow[]): void {
  if (jobs.length > most.jobs) {
    throw tooLarge(`${jobs.length} jobs that depend on each other`, `at most ${most.jobs}`)
  }
  const columns = columnsCrossed(jobs, arrows)
  if (columns > most.columns) {
    throw tooLarge(`arrows between jobs that cross ${columns} columns`, `at most ${most.columns}`)
  }
}

function tooLarge(found: string, expected: string): UserError {
  return new UserError('usage', `svg: found ${found}, expected ${expected}`, {
    hint: 'draw one group by --group, or choose --format dot or mermaid'
  })
}

/** Columns that all arrows cross when each job stands as far left as it can. Jobs in a circle stand anywhere. */
function columnsCrossed(jobs: readonly string[], arrows: readonly Arrow[]): number {
  const leaving = gatherBy(arrows, ({ from }) => from)
  const waitsFor = new Map(jobs.map(job => [job, 0]))
  for (const { to } of arrows) waitsFor.set(to, (waitsFor.get(to) ?? 0) + 1)
  const column = new Map(jobs.map(job => [job, 0]))
  const ready = jobs.filter(job => waitsFor.get(job) === 0)
  for (const job of ready) {
    for (const { to } of leaving.get(job) ?? []) {
      column.set(to, Math.max(column.get(to) ?? 0, (column.get(job) ?? 0) + 1))
      const left = (waitsFor.get(to) ?? 0) - 1
      waitsFor.set(to, left)
      if (left === 0) ready.push(to)
    }
  }
  return arrows.reduce(
    (sum, { from, to }) => sum + Math.abs((column.get(to) ?? 0) - (column.get(from) ?? 0)),
    0
  )
}
