import { Duration } from '../src/core/duration.ts'
import { createRelease } from '../src/release/create-release.ts'
import { customizeCheckout } from '../src/release/customize-checkout.ts'
import { defineTask } from '../src/task/define.ts'

export default defineTask({
  name: 'create-cfcr-release',
  doc: "Makes of kubo-release the customized release whose workers can join CF's SILK network. It needs no Director.",
  image: 'toolbox',
  inputs: { 'kubo-release': { doc: 'kubo-release at the pinned version, with its git history.' } },
  outputs: { 'cfcr-release': { doc: '`kubo-<version>.tgz`, and beside it its provenance.' } },
  params: {
    VERSION: { doc: 'Which version of kubo-release it is, since several tags may be on one commit.' }
  },
  timeout: Duration.hours(1),
  async run({ inputs, outputs, params, published, tools, log }) {
    // An input is not ours to write to.
    const folder = `${await tools.scratch('release')}/kubo-release`
    await tools.files.copyWhole(inputs['kubo-release'], folder)
    const overlay = `${published}/release`
    const checkout = await tools.checkout(folder)
    const { files } = tools
    const customized = await customizeCheckout({ files, checkout, overlay, version: params.VERSION })
    log.info(`${customized.version}: ${customized.files.length} files differ from kubo-release`)
    for (const { path, edits } of customized.files) {
      if (edits.length > 0) log.info(`  ${path}: ${edits.join(', ')}`)
    }
    await createRelease(tools, log, { checkout, customized, overlay, output: outputs['cfcr-release'] })
  }
})
