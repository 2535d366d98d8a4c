import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../src/core/log.ts'
import { checkTerraformOutputs, readTerraformOutputs } from '../../src/environment/terraform-outputs.ts'
import { createFiles } from '../../src/tools/files.ts'
import { terraformState } from '../tasks/workbench.ts'

const files = createFiles()
let state: string
let logged = ''
const log = createLog(text => (logged += text))

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'outputs-'))
  logged = ''
})

async function outputsOf(text: string) {
  await files.writeText(`${state}/bbl/vars/terraform.tfstate`, text)
  return readTerraformOutputs(files, state)
}

const rest = { added: ['cf_address'], director: 'bosh-lab', log }

describe('outputs of terraform', () => {
  it('are read from the state of either era', async () => {
    const outputs = { director_name: { value: 'bosh-lab' }, ports: { value: [1] } }
    const read = { director_name: 'bosh-lab', ports: [1] }
    expect(await outputsOf(JSON.stringify({ version: 4, outputs }))).toEqual(read)
    expect(await outputsOf(JSON.stringify({ version: 3, modules: [{ path: ['root'], outputs }] }))).toEqual(
      read
    )
  })

  it('that lack or are empty are named all at once', async () => {
    const outputs = await outputsOf(terraformState({ internal_cidr: '', cf_address: [] }))
    expect(() => checkTerraformOutputs(outputs, rest)).toThrow('found no internal_cidr, cf_address')
  })

  it('of another environment are refused', async () => {
    const outputs = await outputsOf(terraformState({ cf_address: '1.2.3.4' }, 'bosh-play-fern'))
    expect(() => checkTerraformOutputs(outputs, rest)).toThrow(
      expect.objectContaining({ outcome: 'refused' })
    )
  })

  it('that are kept elsewhere are not checked, and the log says so', async () => {
    checkTerraformOutputs(await readTerraformOutputs(files, state), rest)
    expect(logged).toContain('not checked')
  })

  it('in a state cut short are an error', async () => {
    await expect(outputsOf('{"version":4,')).rejects.toThrow('expected the state of terraform')
  })
})
