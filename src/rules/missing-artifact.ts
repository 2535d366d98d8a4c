import { nearestName } from '../core/nearest.ts'
import { artifactFlow } from './artifact-flow.ts'
import type { Rule } from './rule.ts'

/** Concourse finds out when the step runs. */
export const missingArtifact: Rule = {
  code: 'missing-artifact',
  summary: 'A step takes an artifact that no step before it makes.',
  level: 'error',
  job(job, report, subject) {
    const { missing, made } = artifactFlow(job, subject)
    for (const { artifact, use, path } of missing) {
      const meant = nearestName(artifact, made)
      const found = `found ${JSON.stringify(artifact)} as ${use}`
      report(path, `${found}, expected an artifact that an earlier step makes`, {
        hint:
          meant === undefined
            ? 'get or make it in an earlier step'
            : `write ${meant}, or make it in an earlier step`
      })
    }
  }
}
