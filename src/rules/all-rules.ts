import { acrossWithoutVars } from './across-without-vars.ts'
import { artifactRace } from './artifact-race.ts'
import { duplicateName } from './duplicate-name.ts'
import { emptyPipeline } from './empty-pipeline.ts'
import { ensureOnAcquire } from './ensure-on-acquire.ts'
import { getWithoutAttempts } from './get-without-attempts.ts'
import { hermeticRuntime } from './hermetic-runtime.ts'
import { hookInParams } from './hook-in-params.ts'
import { hookOfTry } from './hook-of-try.ts'
import { imageNotPinned } from './image-not-pinned.ts'
import { imageTwice } from './image-twice.ts'
import { invalidAttempts } from './invalid-attempts.ts'
import { invalidBackground } from './invalid-background.ts'
import { invalidCacheTtl } from './invalid-cache-ttl.ts'
import { invalidDuration } from './invalid-duration.ts'
import { invalidGroupGlob } from './invalid-group-glob.ts'
import { invalidIdentifier } from './invalid-identifier.ts'
import { invalidLimit } from './invalid-limit.ts'
import { invalidLogRetention } from './invalid-log-retention.ts'
import { invalidVarSourceConfig } from './invalid-var-source-config.ts'
import { lockNotReleased } from './lock-not-released.ts'
import { lockVersionEvery } from './lock-version-every.ts'
import { longPassedChain } from './long-passed-chain.ts'
import { missingArtifact } from './missing-artifact.ts'
import { outputClash } from './output-clash.ts'
import { passedCycle } from './passed-cycle.ts'
import { passedWithoutResource } from './passed-without-resource.ts'
import { plainSecret } from './plain-secret.ts'
import { putWithAttempts } from './put-with-attempts.ts'
import { repeatedGet } from './repeated-get.ts'
import { repeatedSetPipeline } from './repeated-set-pipeline.ts'
import { repeatedVar } from './repeated-var.ts'
import type { Rule } from './rule.ts'
import { runDoesNothing } from './run-does-nothing.ts'
import { sameResourceTwice } from './same-resource-twice.ts'
import { scriptTooLong } from './script-too-long.ts'
import { scriptWithoutErrexit } from './script-without-errexit.ts'
import { selfTrigger } from './self-trigger.ts'
import { serialOverrides } from './serial-overrides.ts'
import { setPipelineSelf } from './set-pipeline-self.ts'
import { shadowedVar } from './shadowed-var.ts'
import { shellVar } from './shell-var.ts'
import { stateNotEnsured } from './state-not-ensured.ts'
import { stepWithoutTimeout } from './step-without-timeout.ts'
import { taskSource } from './task-source.ts'
import { triggerOnState } from './trigger-on-state.ts'
import { triggerWithoutPassed } from './trigger-without-passed.ts'
import { typeNotPinned } from './type-not-pinned.ts'
import { undeclaredParam } from './undeclared-param.ts'
import { ungroupedJob } from './ungrouped-job.ts'
import { unknownGroupJob } from './unknown-group-job.ts'
import { unknownGroupResource } from './unknown-group-resource.ts'
import { unknownJob } from './unknown-job.ts'
import { unknownLocalVar } from './unknown-local-var.ts'
import { unknownMapping } from './unknown-mapping.ts'
import { unknownPrototype } from './unknown-prototype.ts'
import { unknownResourceType } from './unknown-resource-type.ts'
import { unknownResource } from './unknown-resource.ts'
import { unknownVarSourceType } from './unknown-var-source-type.ts'
import { unknownVarSource } from './unknown-var-source.ts'
import { unreadPut } from './unread-put.ts'
import { unusedLocalVar } from './unused-local-var.ts'
import { unusedResourceType } from './unused-resource-type.ts'
import { unusedResource } from './unused-resource.ts'
import { valueNotInTarget } from './value-not-in-target.ts'
import { varNotResolved } from './var-not-resolved.ts'
import { varSourceCycle } from './var-source-cycle.ts'
import { waitWithoutTimeout } from './wait-without-timeout.ts'
import { xtrace } from './xtrace.ts'

/** Every rule there is, by its code. */
export const allRules: readonly Rule[] = [
  acrossWithoutVars,
  artifactRace,
  duplicateName,
  emptyPipeline,
  ensureOnAcquire,
  getWithoutAttempts,
  hermeticRuntime,
  hookInParams,
  hookOfTry,
  imageNotPinned,
  imageTwice,
  invalidAttempts,
  invalidBackground,
  invalidCacheTtl,
  invalidDuration,
  invalidGroupGlob,
  invalidIdentifier,
  invalidLimit,
  invalidLogRetention,
  invalidVarSourceConfig,
  lockNotReleased,
  lockVersionEvery,
  longPassedChain,
  missingArtifact,
  outputClash,
  passedCycle,
  passedWithoutResource,
  plainSecret,
  putWithAttempts,
  repeatedGet,
  repeatedSetPipeline,
  repeatedVar,
  runDoesNothing,
  sameResourceTwice,
  scriptTooLong,
  scriptWithoutErrexit,
  selfTrigger,
  serialOverrides,
  setPipelineSelf,
  shadowedVar,
  shellVar,
  stateNotEnsured,
  stepWithoutTimeout,
  taskSource,
  triggerOnState,
  triggerWithoutPassed,
  typeNotPinned,
  undeclaredParam,
  ungroupedJob,
  unknownGroupJob,
  unknownGroupResource,
  unknownJob,
  unknownLocalVar,
  unknownMapping,
  unknownPrototype,
  unknownResourceType,
  unknownResource,
  unknownVarSourceType,
  unknownVarSource,
  unreadPut,
  unusedLocalVar,
  unusedResourceType,
  unusedResource,
  valueNotInTarget,
  varNotResolved,
  varSourceCycle,
  waitWithoutTimeout,
  xtrace
]
