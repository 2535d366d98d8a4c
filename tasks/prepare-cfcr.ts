import { Duration } from '../src/core/duration.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { silkDaemonVars } from '../src/environment/ops.ts'
import { writeScaleOps } from '../src/environment/scale.ts'
import { uploadStemcellOf } from '../src/environment/stemcell.ts'
import { readVars } from '../src/environment/vars.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'prepare-cfcr',
  doc: 'Makes the CFCR manifest with SILK in the place of Flannel, and uploads what it needs but CF does not bring.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    'kubo-deployment': { doc: 'kubo-deployment at the pinned version.' }
  },
  outputs: { 'cfcr-manifest': { doc: '`cfcr.yml` with every op applied and its `((vars))` unresolved.' } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
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
    SCALE: { doc: 'Instances by instance group, as a JSON object.', default: '{}' },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(1),
  async run({ inputs, outputs, params, published, tools, log }) {
    const state = await openState(tools, params, inputs.state)
    await guardNamed(tools.files, state, params.ENVIRONMENT)
    const bosh = tools.bosh(await directorOf(tools, params, state))
    const upstream = inputs['kubo-deployment']
    const ours = `${published}/ops/cfcr`
    const ops = [
      ...params.UPSTREAM_OPS.map(path => `${upstream}/${path}`),
      ...params.OPS.map(name => `${ours}/${name}`),
      ...(await writeScaleOps(tools.files, await tools.scratch('ops'), params.SCALE))
    ]
    const text = await bosh.interpolate({
      manifest: `${upstream}/manifests/cfcr.yml`,
      ops,
      vars: {
        ...(params.SILK_DAEMON === undefined ? {} : silkDaemonVars(params.SILK_DAEMON)),
        ...readVars(params.VARS)
      },
      varFiles: { silk_k8s_pre_start: `${ours}/silk-k8s-pre-start.sh` }
    })
    const manifest = `${outputs['cfcr-manifest']}/cfcr.yml`
    await tools.files.writeText(manifest, text)
    await uploadStemcellOf({ bosh, manifest, iaas: params.IAAS, log })
  }
})
