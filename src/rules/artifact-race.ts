import { artifactFlow } from './artifact-flow.ts'
import type { Rule } from './rule.ts'

/** Which of the two comes first is up to the workers. */
export const artifactRace: Rule = {
  code: 'artifact-race',
  summary: 'A step takes an artifact that a step makes which runs at the same time.',
  level: 'error',
  job(job, report, subject) {
    for (const { artifact, use, path, met, isSure } of artifactFlow(job, subject).races) {
      const message = `found ${JSON.stringify(artifact)} as ${use}, which a step makes that runs at the same time`
      report(path, message, {
        hint: met ? 'give the two artifacts names of their own' : 'make it in a step before in_parallel',
        ...(met || !isSure ? { severity: 'warning' } : {})
      })
    }
  }
}
