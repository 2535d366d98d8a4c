import { Duration } from '../src/core/duration.ts'
import { UserError } from '../src/core/errors.ts'
import { bblFolder, bblOf, iaasParams } from '../src/environment/iaas-params.ts'
import { formatVerdict } from '../src/environment/verdict.ts'
import { openState } from '../src/state/open-state.ts'
import { stateReadingParams } from '../src/state/params.ts'
import { defineTask } from '../src/task/define.ts'

/** "Gone" means that none of these is left; user files may stay (bbl v9.0.48, storage/file_ownership.go). */
const stateFiles = [
  'bbl-state.json',
  'vars/terraform.tfstate',
  'vars/bosh-state.json',
  'vars/jumpbox-state.json'
]

export default defineTask({
  name: 'prove-empty',
  doc: 'Proves that nothing of the environment is left, neither in its state nor in the cloud; fails where anything is.',
  image: 'toolbox',
  inputs: { state: { doc: "The environment's state branch." } },
  outputs: { emptiness: { doc: '`verdict.json`: clean, or what was found.' } },
  params: {
    ENVIRONMENT: { doc: 'Name of the environment; whatever has it in its name counts.' },
    ...iaasParams,
    ...stateReadingParams
  },
  timeout: Duration.minutes(20),
  async run({ inputs, outputs, params, tools, log }) {
    const state = await openState(tools, params, inputs.state)
    const folder = bblFolder(state)
    const inState = await Promise.all(stateFiles.map(file => tools.files.exists(`${folder}/${file}`)))
    const left = stateFiles.filter((_, index) => inState[index]).map(file => `state file ${file}`)
    await tools.files.makeFolder(folder)
    const inCloud = await bblOf(tools, params, state).leftovers(params.ENVIRONMENT)
    left.push(...inCloud.map(thing => `in the cloud: ${thing}`))
    const clean = left.length === 0
    const reason = clean ? 'nothing is left' : `left: ${left.join('; ')}`
    await tools.files.writeText(`${outputs.emptiness}/verdict.json`, formatVerdict({ clean, reason }))
    if (clean) {
      log.info(`${params.ENVIRONMENT}: ${reason}`)
      return
    }
    throw new UserError('program', `${params.ENVIRONMENT}: found ${left.join('; ')}, expected nothing`, {
      hint: 'delete what was found, or tear down again'
    })
  }
})
