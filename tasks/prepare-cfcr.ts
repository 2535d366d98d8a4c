import { Duration } from '../src/core/duration.ts'
import { formatFinding } from '../src/core/finding.ts'
import { silkDaemonVars } from '../src/environment/ops.ts'
import { readScale, scaleOps } from '../src/environment/scale.ts'
import { readVars } from '../src/environment/vars.ts'
import { readOpsFile } from '../src/manifest/ops-file.ts'
import { makeCfcr, makeCfcrOnFlannel } from '../src/ops/make-cfcr.ts'
import { readSources } from '../src/ops/sources.ts'
import { releaseVersion } from '../src/ops/version.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'prepare-cfcr',
  doc: 'Makes the CFCR manifest with SILK in the place of Flannel. It needs no Director.',
  image: 'toolbox',
  inputs: { 'kubo-deployment': { doc: 'kubo-deployment at the pinned version.' } },
  outputs: {
    'cfcr-manifest': { doc: '`cfcr.yml` with every op applied; what is left open, CredHub knows.' }
  },
  params: {
    NETWORK: { doc: 'What pods are on.', choices: ['silk', 'flannel'] },
    UPSTREAM_OPS: {
      doc: 'Ops files of kubo-deployment, by their path there, in order. Which of ours follow is decided by what they leave.',
      type: 'list',
      default: []
    },
    SILK_VERSION: { doc: 'Version of silk-release on masters and workers; none on Flannel.', optional: true },
    SILK_DAEMON: {
      doc: 'Full path in CredHub of the certificate that silk-daemon presents; none on Flannel.',
      optional: true
    },
    VARS: { doc: 'Values for the manifest, as a JSON object.', default: '{}' },
    SCALE: { doc: 'Instances by instance group, as a JSON object.', default: '{}' }
  },
  timeout: Duration.minutes(10),
  async run({ inputs, outputs, params, published, tools, log }) {
    const { files } = tools
    const ops = `${published}/ops`
    const upstream = inputs['kubo-deployment']
    const sources = await readSources(files, {
      ...{ deployment: 'cfcr', upstream, ops, upstreamOps: params.UPSTREAM_OPS },
      scale: readOpsFile(scaleOps(readScale(params.SCALE)), 'params.SCALE')
    })
    const values = {
      silk_k8s_pre_start: await files.readText(`${ops}/cfcr/silk-k8s-pre-start.sh`),
      ...(params.SILK_DAEMON === undefined ? {} : silkDaemonVars(params.SILK_DAEMON)),
      ...readVars(params.VARS)
    }
    const silk = (): string => releaseVersion(params.SILK_VERSION ?? '', 'params.SILK_VERSION')
    const made =
      params.NETWORK === 'flannel'
        ? makeCfcrOnFlannel(sources, values)
        : makeCfcr(sources, { silk: silk(), podIp: 'rescope', link: 'shared' }, values)
    for (const { file, why } of made.chosen) log.info(`${file}: ${why}`)
    for (const finding of made.findings) log.info(formatFinding(finding))
    await files.writeText(`${outputs['cfcr-manifest']}/cfcr.yml`, made.text)
  }
})
