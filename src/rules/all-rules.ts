import { artifactRace } from './artifact-race.ts'
import { duplicateName } from './duplicate-name.ts'
import { invalidAttempts } from './invalid-attempts.ts'
import { invalidDuration } from './invalid-duration.ts'
import { invalidIdentifier } from './invalid-identifier.ts'
import { missingArtifact } from './missing-artifact.ts'
import { passedWithoutResource } from './passed-without-resource.ts'
import { repeatedGet } from './repeated-get.ts'
import type { Rule } from './rule.ts'
import { taskSource } from './task-source.ts'
import { unknownJob } from './unknown-job.ts'
import { unknownMapping } from './unknown-mapping.ts'
import { unknownResource } from './unknown-resource.ts'
import { unusedResource } from './unused-resource.ts'

/** Every rule there is, by its code. */
export const allRules: readonly Rule[] = [
  artifactRace,
  duplicateName,
  invalidAttempts,
  invalidDuration,
  invalidIdentifier,
  missingArtifact,
  passedWithoutResource,
  repeatedGet,
  taskSource,
  unknownJob,
  unknownMapping,
  unknownResource,
  unusedResource
]
