import { Duration } from '../src/core/duration.ts'
import { silkDaemonVars } from '../src/environment/ops.ts'
import { writeScaleOps } from '../src/environment/scale.ts'
import { readVars } from '../src/environment/vars.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'prepare-cfcr',
  doc: 'Makes the CFCR manifest with SILK in the place of Flannel. It needs no Director.',
  image: 'toolbox',
  inputs: { 'kubo-deployment': { doc: 'kubo-deployment at the pinned version.' } },
  outputs: { 'cfcr-manifest': { doc: '`cfcr.yml` with every op applied and its `((vars))` unresolved.' } },
  params: {
    OPS: { doc: 'Ops files of ours, by their names in `ops/cfcr/`, in order.', type: 'list', default: [] },
    UPSTREAM_OPS: {
      doc: 'Ops files of kubo-deployment, by their path there, in order.',
      type: 'list',
      default: []
    },
    VARS: { doc: 'Values for the manifest, as a JSON object.', default: '{}' },
    SILK_DAEMON: {
      doc: 'Full path in CredHub of the certificate that silk-daemon presents; none on Flannel.',
      optional: true
    },
    SCALE: { doc: 'Instances by instance group, as a JSON object.', default: '{}' }
  },
  timeout: Duration.minutes(10),
  async run({ inputs, outputs, params, published, tools }) {
    const upstream = inputs['kubo-deployment']
    const ours = `${published}/ops/cfcr`
    const ops = [
      ...params.UPSTREAM_OPS.map(path => `${upstream}/${path}`),
      ...params.OPS.map(name => `${ours}/${name}`),
      ...(await writeScaleOps(tools.files, await tools.scratch('ops'), params.SCALE))
    ]
    const text = await tools.bosh().interpolate({
      manifest: `${upstream}/manifests/cfcr.yml`,
      ops,
      vars: {
        ...(params.SILK_DAEMON === undefined ? {} : silkDaemonVars(params.SILK_DAEMON)),
        ...readVars(params.VARS)
      },
      varFiles: { silk_k8s_pre_start: `${ours}/silk-k8s-pre-start.sh` }
    })
    await tools.files.writeText(`${outputs['cfcr-manifest']}/cfcr.yml`, text)
  }
})
