import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { generateCredential } from '../../../src/lab/credentials/generate.ts'
import { textAt } from '../../../src/manifest/value.ts'
import { openBblLab, type BblLab } from './bbl-lab.ts'

let lab: BblLab

beforeAll(async () => {
  lab = await openBblLab()
})
afterAll(async () => {
  await lab.close()
})
beforeEach(() => rmSync(join(lab.stateDir, 'bbl-state.json'), { force: true }))

describe('bbl says', () => {
  it.each([['version'], ['--version'], ['-v']])('its version, asked by %s', async word => {
    expect(await lab.bbl(word)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^bbl 9\.0\.48 /) as string
    })
  })

  it('how a command is used', async () => {
    const { code, stdout } = await lab.bbl('plan', '--help')
    expect(code).toBe(0)
    expect(stdout).toContain('--lb-type')
  })

  it('what it does not know', async () => {
    const { code, stderr } = await lab.bbl('pave')
    expect(code).toBe(1)
    expect(stderr).toContain('unknown command: pave')
  })
})

describe('without an environment', () => {
  it.each(['env-id', 'director-address', 'outputs', 'lbs', 'print-env', 'latest-error', 'ssh-key'])(
    '%s fails',
    async command => {
      const { code, stderr } = await lab.bbl(command)
      expect(code).toBe(1)
      expect(stderr).toContain(`bbl-state.json not found in "${lab.stateDir}"`)
    }
  )

  it('down says so and is content, and there are no leftovers', async () => {
    const down = await lab.bbl('down', '--no-confirm')
    expect([down.code, down.stdout]).toEqual([0, expect.stringContaining('bbl-state.json not found in')])
    expect(await lab.bbl('leftovers', '--filter', 'x', '--dry-run')).toMatchObject({ code: 0, stdout: '' })
  })

  it('a state directory that lacks is an error, wherever its name comes from', async () => {
    const absent = join(lab.lab, 'absent')
    for (const [args, env] of [
      [['env-id', '--state-dir', absent], {}],
      [['-s', 'absent', 'env-id'], {}],
      [['env-id'], { BBL_STATE_DIRECTORY: absent }]
    ] as const) {
      const { code, stderr } = await lab.run('bbl', args, env)
      expect(code).toBe(1)
      expect(stderr).toMatch(/stat .*absent: no such file or directory/)
    }
  })
})

describe('bbl refuses', () => {
  it.each<[string, readonly string[], RegExp]>([
    [
      'a flag that plan does not have',
      ['plan', '--lb-typo', 'cf'],
      /flag provided but not defined: -lb-typo/
    ],
    ['a flag that print-env does not have', ['print-env', '--json'], /flag provided but not defined: -json/],
    ['a flag without its value', ['plan', '--lb-type'], /flag needs an argument: -lb-type/],
    ['a global flag without its value', ['plan', '--name'], /expected argument for flag `--name'/],
    ['a name with capitals', ['plan', '--name', 'Lab'], /Names must start with a letter, be all lowercase/],
    ['a name that ends in a dash', ['plan', '--name', 'lab-'], /Names must start with a letter/],
    [
      'cf without a certificate',
      ['plan', '--lb-type', 'cf'],
      /--lb-cert is required\n.*--lb-key is required/
    ],
    [
      'a domain for concourse',
      ['plan', '--lb-type', 'concourse', '--lb-domain', 'x.y'],
      /domain is not implemented for concourse load balancers/
    ]
  ])('%s', async (_, args, words) => {
    const { code, stderr } = await lab.bbl(...args)
    expect(code).toBe(1)
    expect(stderr).toMatch(words)
    expect(lab.has('terraform')).toBe(false)
  })

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['no IaaS', { BBL_IAAS: '' }, /--iaas \[gcp, aws, .*\] must be provided or BBL_IAAS must be set/],
    ['an unknown IaaS', { BBL_IAAS: 'moon' }, /--iaas \[gcp, aws, .*\] must be provided/],
    ['gcp without a key', { BBL_IAAS: 'gcp' }, /Missing --gcp-service-account-key/],
    ['gcp without a region', { BBL_IAAS: 'gcp', BBL_GCP_SERVICE_ACCOUNT_KEY: '{}' }, /Missing --gcp-region/],
    [
      'a real IaaS, which an imitation cannot pave',
      { BBL_IAAS: 'gcp', BBL_GCP_SERVICE_ACCOUNT_KEY: '{}', BBL_GCP_REGION: 'x' },
      /imitation/
    ]
  ])('%s', async (_, env, words) => {
    const { code, stderr } = await lab.run('bbl', ['plan'], env)
    expect(code).toBe(1)
    expect(stderr).toMatch(words)
  })

  it('a key that does not fit the certificate', async () => {
    const make = () =>
      generateCredential({ type: 'certificate', parameters: { common_name: 'x' } }, () => undefined)
    const [one, other] = await Promise.all([make(), make()])
    lab.put('cert.pem', textAt(one, 'certificate') ?? '')
    lab.put('key.pem', textAt(other, 'private_key') ?? '')
    const { code, stderr } = await lab.bbl(
      'plan',
      '--lb-type',
      'cf',
      '--lb-cert',
      'cert.pem',
      '--lb-key',
      'key.pem'
    )
    expect(code).toBe(1)
    expect(stderr).toContain('private key does not match public key')
  })

  it('the state of a newer bbl', async () => {
    lab.put('bbl-state.json', JSON.stringify({ version: 99, bblVersion: '99.1.0' }))
    const { code, stderr } = await lab.bbl('env-id')
    expect(code).toBe(1)
    expect(stderr).toContain('created with a newer version of bbl. Please upgrade to bbl v99.1.0')
  })

  it('another IaaS for the same environment', async () => {
    lab.put('bbl-state.json', JSON.stringify({ version: 14, iaas: 'gcp', envID: 'lab' }))
    const { code, stderr } = await lab.bbl('plan')
    expect(code).toBe(1)
    expect(stderr).toContain('The iaas type cannot be changed for an existing environment')
  })
})
