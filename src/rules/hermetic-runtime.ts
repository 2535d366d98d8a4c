import type { Rule } from './rule.ts'

/** fly warns of it, and with --strict refuses it. */
export const hermeticRuntime: Rule = {
  code: 'hermetic-runtime',
  summary: 'A task is cut off the network, which only workers with containerd do.',
  level: 'warning',
  step: {
    task({ step: { hermetic }, path }, report) {
      if (hermetic !== true) return
      report(
        `${path}.hermetic`,
        'found hermetic, which workers with another runtime than containerd ignore',
        {
          hint: 'make sure that all workers run containerd, and allow it here'
        }
      )
    }
  }
}
