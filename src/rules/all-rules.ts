import { acrossWithoutVars } from './across-without-vars.ts'
import { artifactRace } from './artifact-race.ts'
import { duplicateName } from './duplicate-name.ts'
import { hermeticRuntime } from './hermetic-runtime.ts'
import { hookOfTry } from './hook-of-try.ts'
import { imageTwice } from './image-twice.ts'
import { invalidAttempts } from './invalid-attempts.ts'
import { invalidCacheTtl } from './invalid-cache-ttl.ts'
import { invalidDuration } from './invalid-duration.ts'
import { invalidIdentifier } from './invalid-identifier.ts'
import { missingArtifact } from './missing-artifact.ts'
import { outputClash } from './output-clash.ts'
import { passedWithoutResource } from './passed-without-resource.ts'
import { repeatedGet } from './repeated-get.ts'
import { repeatedVar } from './repeated-var.ts'
import type { Rule } from './rule.ts'
import { scriptTooLong } from './script-too-long.ts'
import { scriptWithoutErrexit } from './script-without-errexit.ts'
import { shadowedVar } from './shadowed-var.ts'
import { shellVar } from './shell-var.ts'
import { taskSource } from './task-source.ts'
import { undeclaredParam } from './undeclared-param.ts'
import { unknownJob } from './unknown-job.ts'
import { unknownLocalVar } from './unknown-local-var.ts'
import { unknownMapping } from './unknown-mapping.ts'
import { unknownResource } from './unknown-resource.ts'
import { unknownVarSource } from './unknown-var-source.ts'
import { unreadPut } from './unread-put.ts'
import { unusedLocalVar } from './unused-local-var.ts'
import { unusedResource } from './unused-resource.ts'
import { varNotResolved } from './var-not-resolved.ts'

/** Every rule there is, by its code. */
export const allRules: readonly Rule[] = [
  acrossWithoutVars,
  artifactRace,
  duplicateName,
  hermeticRuntime,
  hookOfTry,
  imageTwice,
  invalidAttempts,
  invalidCacheTtl,
  invalidDuration,
  invalidIdentifier,
  missingArtifact,
  outputClash,
  passedWithoutResource,
  repeatedGet,
  repeatedVar,
  scriptTooLong,
  scriptWithoutErrexit,
  shadowedVar,
  shellVar,
  taskSource,
  undeclaredParam,
  unknownJob,
  unknownLocalVar,
  unknownMapping,
  unknownResource,
  unknownVarSource,
  unreadPut,
  unusedLocalVar,
  unusedResource,
  varNotResolved
]
