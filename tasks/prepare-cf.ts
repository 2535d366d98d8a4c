import { Duration } from '../src/core/duration.ts'
import { writeScaleOps } from '../src/environment/scale.ts'
import { readVars } from '../src/environment/vars.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'prepare-cf',
  doc: 'Makes the manifest of cf-deployment, with its SILK network shared for other deployments.',
  image: 'toolbox',
  inputs: { 'cf-deployment': { doc: 'cf-deployment at the pinned version.' } },
  outputs: { 'cf-manifest': { doc: '`cf.yml` with every op applied and its `((vars))` unresolved.' } },
  params: {
    SYSTEM_DOMAIN: { doc: "CF's system domain." },
    OPS: { doc: 'Ops files of ours, by their names in `ops/cf/`, in order.', type: 'list', default: [] },
    UPSTREAM_OPS: {
      doc: 'Ops files of cf-deployment, by their path there, in order.',
      type: 'list',
      default: []
    },
    VARS: { doc: 'Values for the manifest, as a JSON object.', default: '{}' },
    SCALE: { doc: 'Instances by instance group, as a JSON object.', default: '{}' }
  },
  timeout: Duration.minutes(10),
  async run({ inputs, outputs, params, published, tools }) {
    const upstream = inputs['cf-deployment']
    // Upstream's first: ours are written for the manifest as upstream's options leave it.
    const ops = [
      ...params.UPSTREAM_OPS.map(path => `${upstream}/${path}`),
      ...params.OPS.map(name => `${published}/ops/cf/${name}`),
      ...(await writeScaleOps(tools.files, await tools.scratch('ops'), params.SCALE))
    ]
    const vars = { system_domain: params.SYSTEM_DOMAIN, ...readVars(params.VARS) }
    const manifest = await tools.bosh().interpolate({ manifest: `${upstream}/cf-deployment.yml`, ops, vars })
    await tools.files.writeText(`${outputs['cf-manifest']}/cf.yml`, manifest)
  }
})
