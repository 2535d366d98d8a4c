import { Duration } from '../src/core/duration.ts'
import { UserError } from '../src/core/errors.ts'
import { directorOf, iaasParams } from '../src/environment/iaas-params.ts'
import { guardNamed } from '../src/environment/identity.ts'
import { provenanceFileOf } from '../src/release/create-release.ts'
import { verifyProvenance } from '../src/release/provenance.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'upload-cfcr-release',
  doc: 'Proves that the customized release is the one that its provenance tells of, and uploads it, unless the Director has it.',
  image: 'toolbox',
  inputs: {
    state: { doc: "The environment's state branch." },
    'cfcr-release': { doc: 'One tarball and its provenance, made by create-cfcr-release.' }
  },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; the state must be its own.' },
    VERSION: { doc: 'Version of kubo-release that is wanted.' },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.hours(1),
  async run({ inputs, params, tools, log }) {
    const { files } = tools
    const folder = inputs['cfcr-release']
    const [name, ...others] = (await files.list(folder)).filter(file => file.endsWith('.tgz'))
    if (name === undefined || others.length > 0) {
      const found = name === undefined ? 'no tarball' : `the tarballs ${[name, ...others].join(', ')}`
      throw new UserError('refused', `cfcr-release: found ${found}, expected one`)
    }
    const tarball = `${folder}/${name}`
    const { version } = verifyProvenance(
      await files.readText(provenanceFileOf(tarball)),
      { name, sha256: await files.sha256(tarball) },
      { upstream: params.VERSION.replace(/^v/, '') }
    )
    const state = await openState(tools, params, inputs.state)
    await guardNamed(files, state, params.ENVIRONMENT)
    const bosh = tools.bosh(await directorOf(tools, params, state))
    const known = await bosh.releases()
    if (known.some(release => release.name === 'kubo' && release.version === version)) {
      log.info(`the Director has kubo ${version} already`)
    } else {
      await bosh.uploadRelease(tarball)
    }
  }
})
