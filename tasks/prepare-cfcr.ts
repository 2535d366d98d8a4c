import { Duration } from '../src/core/duration.ts'
import { formatFinding } from '../src/core/finding.ts'
import { releaseVersion } from '../src/core/version.ts'
import { readScale, scaleOps } from '../src/environment/scale.ts'
import { readVars } from '../src/environment/vars.ts'
import { readOpsFile } from '../src/manifest/ops-file.ts'
import { makeCfcr, makeCfcrOnFlannel } from '../src/ops/make-cfcr.ts'
import { readSources } from '../src/ops/sources.ts'
import { customizedRelease } from '../src/release/overlay.ts'
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
    OVERLAY: { doc: "SILK's network, as silk-controller has it." },
    SUBNET_PREFIX: { doc: "Prefix length of a machine's part of that network.", type: 'number' },
    LINK: {
      doc: 'How workers learn of that network: by the link that CF shares, or by what these params say.',
      choices: ['shared', 'by-hand'],
      default: 'shared'
    },
    POD_IP: {
      doc: "How kubelet finds a pod's address.",
      choices: ['rescope', 'nsenter-wrapper'],
      default: 'rescope'
    },
    SILK_VERSION: { doc: 'Version of silk-release on masters and workers.' },
    SILK_DAEMON: { doc: 'Full path in CredHub of the certificate that silk-daemon presents.' },
    KUBO_VERSION: { doc: 'Version of kubo-release whose customized release is deployed.' },
    VARS: { doc: 'Values for the manifest, as a JSON object.', default: '{}' },
    SCALE: { doc: 'Instances by instance group, as a JSON object.', default: '{}' }
  },
  timeout: Duration.minutes(10),
  async run({ inputs, outputs, params, published, tools, log }) {
    const { files } = tools
    const upstream = inputs['kubo-deployment']
    const sources = await readSources(files, {
      ...{ deployment: 'cfcr', upstream, ops: `${published}/ops`, upstreamOps: params.UPSTREAM_OPS },
      scale: readOpsFile(scaleOps(readScale(params.SCALE)), 'params.SCALE')
    })
    const vars = readVars(params.VARS)
    const wishes = {
      silk: releaseVersion(params.SILK_VERSION, 'params.SILK_VERSION'),
      kubo: await customizedRelease(files, `${published}/release`, params.KUBO_VERSION),
      podIp: params.POD_IP,
      link: params.LINK,
      overlay: params.OVERLAY,
      subnetPrefix: params.SUBNET_PREFIX,
      silkDaemon: params.SILK_DAEMON
    }
    const made =
      params.NETWORK === 'flannel' ? makeCfcrOnFlannel(sources, vars) : makeCfcr(sources, wishes, vars)
    for (const { file, why } of made.chosen) log.info(`${file}: ${why}`)
    for (const finding of made.findings) log.info(formatFinding(finding))
    await files.writeText(`${outputs['cfcr-manifest']}/cfcr.yml`, made.text)
  }
})
