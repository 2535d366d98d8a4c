import { nearestName } from '../core/nearest.ts'
import { artifactFlow, type ArtifactFlow } from './artifact-flow.ts'
import type { Rule } from './rule.ts'

/** Concourse finds out when the step runs. */
export const missingArtifact: Rule = {
  code: 'missing-artifact',
  summary: 'A step takes an artifact that no step before it makes.',
  level: 'error',
  job(job, report, subject) {
    const flow = artifactFlow(job, subject)
    for (const { artifact, use, path, isSure } of flow.missing) {
      const found = `found ${JSON.stringify(artifact)} as ${use}`
      report(path, `${found}, expected an artifact that an earlier step makes`, {
        hint: hintFor(artifact, flow),
        ...(isSure ? {} : { severity: 'warning' })
      })
    }
  }
}

function hintFor(artifact: string, { makers }: ArtifactFlow): string {
  const maker = makers.get(artifact)?.[0]
  if (maker !== undefined)
    return `have ${maker.path} run before it, and not within across or a hook on failure`
  const meant = nearestName(artifact, makers.keys())
  return meant === undefined
    ? 'get or make it in an earlier step'
    : `write ${meant}, or make it in an earlier step`
}
