import { followPassed, passedGraph, type PassedNode } from './passed-graph.ts'
import type { Rule } from './rule.ts'

/**
 * From each job anew, fly follows passed through all jobs before it and compares each of their names with those of all
 * jobs, at some 30 ns each: with a chain of n jobs, n³/2 times. That is 3 s at 600, and 15 s at 1,000; the server does it
 * again (concourse v8.3, atc/configvalidate/validate.go, validateCycle; measured on two cores).
 */
const deepest = 600

export const longPassedChain: Rule = {
  code: 'long-passed-chain',
  summary: 'A chain of jobs by passed is so long that fly and the server take many seconds to look at it.',
  level: 'warning',
  pipeline(subject, report) {
    const graph = passedGraph(subject)
    const lengths = new Map<PassedNode, number>()
    followPassed(graph, {
      onDone(node) {
        const after = node.next.reduce((most, { to }) => Math.max(most, lengths.get(to) ?? 0), 0)
        lengths.set(node, after + (node.job === undefined ? 0 : 1))
      }
    })
    const lengthOf = (node: PassedNode): number => lengths.get(node) ?? 0
    const longest = graph.reduce((most, node) => Math.max(most, lengthOf(node)), 0)
    const first = graph.find(node => lengthOf(node) === longest)?.job
    if (longest <= deepest || first === undefined) return
    report(first.path, `found a chain of ${longest} jobs that begins here, expected at most ${deepest}`, {
      hint: 'make several pipelines of it, or let more jobs follow the same one'
    })
  }
}
