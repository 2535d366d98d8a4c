import { UserError } from '../../../src/core/errors.ts'
import { LabNetwork } from '../../../src/lab/network/lab-network.ts'
import { builtResident } from '../programs/built.ts'

/** Why no network can be made here, or undefined. */
export const unable = await LabNetwork.open({ file: builtResident }).then(
  async network => {
    await network.close()
    return undefined
  },
  (thrown: unknown) => {
    if (thrown instanceof UserError) return thrown.message
    throw thrown
  }
)

/** For the title of tests that need one. */
export const whyNot = unable === undefined ? '' : ` (not checked: ${unable})`
