import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { guardIdentity, guardNamed, readBblState } from '../../src/environment/identity.ts'
import { stemcellName } from '../../src/environment/stemcell-name.ts'
import { formatVerdict, readVerdict } from '../../src/environment/verdict.ts'
import { createFiles } from '../../src/tools/files.ts'

const files = createFiles()
let state = ''

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'state-'))
  await mkdir(join(state, 'bbl'))
})

function write(text: string): Promise<void> {
  return writeFile(join(state, 'bbl', 'bbl-state.json'), text)
}

describe("bbl's state", () => {
  it('is none where the environment is not paved', async () => {
    expect(await readBblState(files, state)).toBeUndefined()
    await guardNamed(files, state, 'lab')
  })

  it('tells a Director from the empty section that a failed one leaves', async () => {
    await write('{"envID":"lab","bosh":{"directorAddress":"https://10.0.0.6:25555"}}')
    expect(await readBblState(files, state)).toMatchObject({
      envId: 'lab',
      director: 'https://10.0.0.6:25555'
    })
    for (const bosh of ['{}', '{"directorAddress":""}', 'null']) {
      await write(`{"envID":"lab","bosh":${bosh}}`)
      expect(await readBblState(files, state)).toMatchObject({ envId: 'lab', director: undefined })
    }
  })

  it.each(['', '{', '{}', '[]', '{"envID":7}'])('is refused where it is %j', async text => {
    await write(text)
    await expect(readBblState(files, state)).rejects.toThrow("found no envID, expected bbl's state")
  })

  it('is refused where it is that of another environment', async () => {
    const nothing = {
      iaas: undefined,
      director: undefined,
      directorName: undefined,
      jumpbox: undefined,
      loadBalancer: ''
    }
    expect(() => guardIdentity({ envId: 'play-fern', ...nothing }, 'lab')).toThrow(
      'bbl-state.json: found envID play-fern, expected lab'
    )
    await write('{"envID":"play-fern"}')
    await expect(guardNamed(files, state, 'lab')).rejects.toMatchObject({ exitCode: 7 })
  })
})

describe('a verdict', () => {
  it('reads back as it was written', () => {
    const verdict = { clean: true, reason: '6 of 6 cells as expected' }
    expect(readVerdict(formatVerdict(verdict))).toEqual(verdict)
  })

  it.each([undefined, '', '{', '{}', '{"clean":"yes"}', 'null'])('is not clean where it is %j', text => {
    expect(readVerdict(text).clean).toBe(false)
  })
})

describe('the name of a stemcell', () => {
  it.each([
    ['gcp', 'ubuntu-xenial', 'bosh-google-kvm-ubuntu-xenial-go_agent'],
    ['aws', 'ubuntu-jammy', 'bosh-aws-xen-hvm-ubuntu-jammy-go_agent'],
    ['vsphere', 'ubuntu-noble', 'bosh-vsphere-esxi-ubuntu-noble']
  ] as const)('is that of bosh.io for %s and %s', (iaas, os, name) => {
    expect(stemcellName(iaas, os)).toBe(name)
  })
})
