import { Duration } from '../src/core/duration.ts'
import { cloudFoundryOf } from '../src/environment/cloud-foundry.ts'
import { directorName } from '../src/environment/director-name.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { nodePortRules } from '../src/environment/security-rules.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'configure-cf',
  doc: "Turns on what apps of a playground need: feature flags, and a security group for the services of CFCR's workers.",
  image: 'toolbox',
  inputs: { state: { doc: "The environment's state branch." } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    SYSTEM_DOMAIN: { doc: "CF's system domain." },
    FEATURE_FLAGS: { doc: 'Feature flags of CF to enable.', type: 'list', default: ['diego_docker'] },
    SECURITY_GROUP: {
      doc: 'Name of the security group; it is made, or its rules are replaced.',
      default: 'kubernetes-services'
    },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.minutes(20),
  async run({ inputs, params, tools, log }) {
    const state = await openState(tools, params, inputs.state)
    await guardNamed(tools.files, state, params.ENVIRONMENT)
    const access = await directorOf(tools, params, state)
    const director = `/${directorName(params.ENVIRONMENT, params.IAAS)}`
    const rules = nodePortRules(await tools.bosh(access).table(['vms'], 'cfcr'))
    const cf = await cloudFoundryOf(tools, tools.credhub(access), director, params.SYSTEM_DOMAIN)
    await cf.login()
    for (const flag of params.FEATURE_FLAGS) await cf.enableFeatureFlag(flag)
    const path = `${await tools.scratch('security-groups')}/${params.SECURITY_GROUP}.json`
    await tools.files.writeText(path, `${JSON.stringify(rules, null, 2)}\n`)
    await cf.allowRunning(params.SECURITY_GROUP, path)
    log.info(
      `${params.SECURITY_GROUP}: ${rules.length} workers; apps that run already may need a restart to reach them`
    )
  }
})
