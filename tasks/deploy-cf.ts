import { Duration } from '../src/core/duration.ts'
import { directorName } from '../src/environment/director-name.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { writeScaleOps } from '../src/environment/scale.ts'
import { uploadStemcellOf } from '../src/environment/stemcell.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { removeBeforeFresh } from '../src/environment/teardown/stale-credentials.ts'
import { defineTask } from '../src/task/define.ts'
import { readVars } from '../src/environment/vars.ts'

export default defineTask({
  name: 'deploy-cf',
  doc: 'Deploys cf-deployment, with its SILK network shared for other deployments.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    'cf-deployment': { doc: 'cf-deployment at the pinned version.' }
  },
  outputs: { 'cf-manifest': { doc: '`cf.yml` as it was deployed, with its `((vars))` unresolved.' } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    SYSTEM_DOMAIN: { doc: "CF's system domain." },
    OPS: { doc: 'Ops files of ours, by their names in `ops/cf/`, in order.', type: 'list', default: [] },
    UPSTREAM_OPS: {
      doc: 'Ops files of cf-deployment, by their path there, in order.',
      type: 'list',
      default: []
    },
    VARS: { doc: 'Values for the manifest, as a JSON object.', default: '{}' },
    SCALE: { doc: 'Instances by instance group, as a JSON object.', default: '{}' },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(3),
  async run({ inputs, outputs, params, published, tools, log }) {
    const state = await openState(tools, params, inputs.state)
    await guardNamed(tools.files, state, params.ENVIRONMENT)
    const access = await directorOf(tools, params, state)
    const bosh = tools.bosh(access)
    const upstream = inputs['cf-deployment']
    // Upstream's first: ours are written for the manifest as upstream's options leave it.
    const ops = [
      ...params.UPSTREAM_OPS.map(path => `${upstream}/${path}`),
      ...params.OPS.map(name => `${published}/ops/cf/${name}`),
      ...(await writeScaleOps(tools.files, await tools.scratch('ops'), params.SCALE))
    ]
    const vars = { system_domain: params.SYSTEM_DOMAIN, ...readVars(params.VARS) }
    const text = await bosh.interpolate({ manifest: `${upstream}/cf-deployment.yml`, ops, vars })
    const manifest = `${outputs['cf-manifest']}/cf.yml`
    await tools.files.writeText(manifest, text)
    await uploadStemcellOf({ bosh, manifest, iaas: params.IAAS, log })
    await removeBeforeFresh({
      bosh,
      credhub: tools.credhub(access),
      director: directorName(params.ENVIRONMENT, params.IAAS),
      deployment: 'cf',
      log
    })
    // From inside the repository, because upstream's ops files may name files beside them.
    await bosh.deploy('cf', { manifest, cwd: upstream })
  }
})
