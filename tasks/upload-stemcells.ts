import { Duration } from '../src/core/duration.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { manifestNeeds } from '../src/environment/manifest-needs.ts'
import { provideDns, uploadStemcells } from '../src/environment/upload-stemcells.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'upload-stemcells',
  doc: 'Uploads the stemcells that a manifest needs and its Director lacks, and refuses what can not be deployed on them.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    manifest: { doc: 'A manifest with every op applied, in a folder of its own.' }
  },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    MANIFEST: { doc: 'Name of the manifest in its folder.' },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(1),
  async run({ inputs, params, tools, log }) {
    const { files } = tools
    const needs = manifestNeeds(
      await files.readText(`${inputs.manifest}/${params.MANIFEST}`),
      params.MANIFEST
    )
    const state = await openState(tools, params, inputs.state)
    await guardNamed(files, state, params.ENVIRONMENT)
    const bosh = tools.bosh(await directorOf(tools, params, state))
    await provideDns(needs, { bosh, iaas: params.IAAS, log, files, state })
    await uploadStemcells(needs, { bosh, iaas: params.IAAS, log })
  }
})
