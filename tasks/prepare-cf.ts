import { Duration } from '../src/core/duration.ts'
import { readScale, scaleOps } from '../src/environment/scale.ts'
import { readVars } from '../src/environment/vars.ts'
import { readOpsFile } from '../src/manifest/ops-file.ts'
import { makeCf } from '../src/ops/make-cf.ts'
import { readSources } from '../src/ops/sources.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'prepare-cf',
  doc: 'Makes the manifest of cf-deployment, with its SILK network shared for other deployments.',
  image: 'toolbox',
  inputs: { 'cf-deployment': { doc: 'cf-deployment at the pinned version.' } },
  outputs: { 'cf-manifest': { doc: '`cf.yml` with every op applied; what is left open, CredHub knows.' } },
  params: {
    SYSTEM_DOMAIN: { doc: "CF's system domain." },
    NETWORK: {
      doc: "What CFCR's pods are on; on SILK they join CF's network.",
      choices: ['silk', 'flannel']
    },
    OVERLAY: { doc: "SILK's network, of apps and pods." },
    SUBNET_PREFIX: { doc: "Prefix length of a machine's part of that network.", type: 'number' },
    SMALL: { doc: 'One instance of each group, in one zone.', type: 'boolean', default: false },
    UPSTREAM_OPS: {
      doc: 'Ops files of cf-deployment, by their path there, in order. Which of ours follow is decided by what they leave.',
      type: 'list',
      default: []
    },
    VARS: { doc: 'Values for the manifest, as a JSON object.', default: '{}' },
    SCALE: { doc: 'Instances by instance group, as a JSON object.', default: '{}' }
  },
  timeout: Duration.minutes(10),
  async run({ inputs, outputs, params, published, tools, log }) {
    const { files } = tools
    const upstream = inputs['cf-deployment']
    const sources = await readSources(files, {
      ...{ deployment: 'cf', upstream, ops: `${published}/ops`, upstreamOps: params.UPSTREAM_OPS },
      scale: readOpsFile(scaleOps(readScale(params.SCALE)), 'params.SCALE')
    })
    const wishes = {
      systemDomain: params.SYSTEM_DOMAIN,
      share: params.NETWORK === 'silk',
      overlay: params.OVERLAY,
      subnetPrefix: params.SUBNET_PREFIX,
      small: params.SMALL
    }
    const made = makeCf(sources, wishes, readVars(params.VARS))
    for (const { file, why } of made.chosen) log.info(`${file}: ${why}`)
    await files.writeText(`${outputs['cf-manifest']}/cf.yml`, made.text)
  }
})
