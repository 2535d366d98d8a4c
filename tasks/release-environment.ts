import { Duration } from '../src/core/duration.ts'
import { UserError } from '../src/core/errors.ts'
import { parseLease } from '../src/environment/lease.ts'
import { lockParams, openLocks } from '../src/environment/lock-params.ts'
import { releaseEnvironment } from '../src/environment/lock-repository.ts'
import { readVerdict } from '../src/environment/verdict.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'release-environment',
  doc: 'Gives the environment back to its pool, or to quarantine where nothing proved it clean.',
  image: 'toolbox',
  inputs: {
    lease: { doc: '`lease.yml`, made by claim-environment.' },
    verdict: {
      doc: '`verdict.json` of what proves the environment; without it, nothing was proved.',
      optional: true
    }
  },
  params: lockParams,
  timeout: Duration.minutes(5),
  async run({ inputs, params, tools, log }) {
    const lease = parseLease(await tools.files.readText(`${inputs.lease}/lease.yml`))
    if (lease === undefined) {
      throw new UserError(
        'program',
        `${inputs.lease}/lease.yml: found no lease, expected one of claim-environment`
      )
    }
    const file = inputs.verdict === undefined ? undefined : `${inputs.verdict}/verdict.json`
    const verdict = readVerdict(file === undefined ? undefined : await tools.files.readTextIfAny(file))
    const { environment, holder, pipeline, run } = lease
    const who = {
      pool: params.LOCKS_POOL,
      environment,
      holder,
      ...(pipeline === undefined ? {} : { pipeline }),
      ...(run === undefined ? {} : { run })
    }
    const released = await releaseEnvironment(await openLocks(tools, params), who, verdict, () => tools.now())
    if (released.kind === 'nothing') log.info(`lease: ${released.message}`)
    else if (released.to === 'unclaimed') log.info(`lease: ${environment} released: ${verdict.reason}`)
    else
      log.info(
        `lease: ${environment} put into quarantine: ${verdict.reason}; a repave or a teardown takes it out`
      )
  }
})
