import { Duration } from '../src/core/duration.ts'
import { formatLease } from '../src/environment/lease.ts'
import { lockParams, openLocks } from '../src/environment/lock-params.ts'
import { claimEnvironment } from '../src/environment/lock-repository.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'claim-environment',
  doc: 'Claims the environment by a lease that runs out. Refuses at once (exit code 7) where somebody holds it, and names the holder.',
  image: 'toolbox',
  outputs: { lease: { doc: '`lease.yml`: who holds the environment, since when, until when.' } },
  params: {
    ...lockParams,
    HOLDER: { doc: 'What claims it, e.g. `repave/env:play-fern`.' },
    LEASE_TTL: { doc: 'How long the lease is good, e.g. `12h`.' },
    LEASE_GRACE: { doc: 'How long after that nobody else may take it, e.g. `30m`.' },
    TAKE_EXPIRED: {
      doc: 'Take over a lease that is over, and its grace too.',
      type: 'boolean',
      default: false
    },
    TAKE_QUARANTINED: {
      doc: 'Take it out of quarantine: for what cures it.',
      type: 'boolean',
      default: false
    }
  },
  timeout: Duration.minutes(5),
  async run({ outputs, params, tools, log }) {
    const request = {
      pool: params.LOCKS_POOL,
      environment: params.ENVIRONMENT,
      holder: tools.whoami,
      pipeline: params.HOLDER,
      // Two runs of one pipeline on one machine are two holders.
      run: tools.unique(),
      ttl: Duration.parse(params.LEASE_TTL),
      grace: Duration.parse(params.LEASE_GRACE),
      takeExpired: params.TAKE_EXPIRED,
      takeQuarantined: params.TAKE_QUARANTINED
    }
    const { how, lease } = await claimEnvironment(await openLocks(tools, params), request, () => tools.now())
    await tools.files.writeText(`${outputs.lease}/lease.yml`, formatLease(lease))
    const from = how === 'cured' ? ', taken out of quarantine' : ''
    log.info(`lease: ${params.ENVIRONMENT} claimed for ${params.HOLDER} until ${lease.expires_at}${from}`)
  }
})
