import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { secretsIn, stateSecrets } from '../../src/tools/state-secrets.ts'

const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKC\nAQEAvN4f\n-----END RSA PRIVATE KEY-----\n'
const certificate = '-----BEGIN CERTIFICATE-----\nMIIDdTCCAl2g\n-----END CERTIFICATE-----\n'
const indented = (text: string): string => text.trimEnd().replaceAll('\n', '\n    ')

describe('a file of the state', () => {
  it('director-vars-store.yml: all but what is public beside it', () => {
    const text = `admin_password: e3T5cfgjXjWzkGAbDmkB
blobstore_agent: "with \\"quotes\\""
default_ca:
  ca: |
    ${indented(certificate)}
  certificate: |
    ${indented(certificate)}
  private_key: |
    ${indented(pem)}
jumpbox_ssh:
  private_key: |
    ${indented(pem)}
  public_key: ssh-rsa AAAAB3NzaC1yc2E
  public_key_fingerprint: 11:22:33
mbus: 'it''s'
`
    const found = new Set(secretsIn('director-vars-store.yml', text))
    expect(found).toEqual(new Set(['e3T5cfgjXjWzkGAbDmkB', 'with "quotes"', pem, "it's"]))
  })

  it('director-vars-file.yml: what its name tells, and private keys', () => {
    const text = `director_name: bosh-play\ninternal_cidr: 10.0.0.0/24\nprivate_key: |-\n  ${pem.trimEnd().replaceAll('\n', '\n  ')}\nvcenter_password: for-the-vcenter\n`
    const found = secretsIn('director-vars-file.yml', text).map(secret => secret.trim())
    expect(new Set(found)).toEqual(new Set([pem.trim(), 'for-the-vcenter']))
  })

  it('bbl.tfvars: the key of the load balancer, with its line ends written out', () => {
    const text = `\nenv_id="play"\nssl_certificate_private_key=${JSON.stringify(pem)}\nssl_certificate=${JSON.stringify(certificate)}`
    const found = secretsIn('bbl.tfvars', text)
    expect(new Set(found.map(one => one.trim()))).toEqual(new Set([pem.trim()]))
  })

  it("bbl-state.json: the Director's credentials, and the load balancer's key, which may be a password", () => {
    const state = {
      envID: 'play',
      bosh: {
        directorUsername: 'admin',
        directorPassword: 'e3T5cfgjXjWz',
        directorSSLCA: certificate,
        directorSSLPrivateKey: pem
      },
      lb: { type: 'cf', cert: certificate, key: 'password-of-the-pfx', chain: '' },
      latestTFOutput: `Apply complete!\nkey = <<EOT\n${pem}EOT\n`
    }
    expect(new Set(secretsIn('bbl-state.json', JSON.stringify(state)))).toEqual(
      new Set(['e3T5cfgjXjWz', pem, 'password-of-the-pfx'])
    )
  })

  it.each(['terraform.tfstate', 'terraform.tfstate.backup'])('%s: what terraform calls sensitive', name => {
    const state = {
      version: 4,
      outputs: {
        director_address: { value: '10.0.0.6', type: 'string' },
        database: { value: { name: 'db', login: 'for-the-database' }, type: ['object', {}], sensitive: true }
      },
      resources: [
        {
          type: 'random_string',
          instances: [
            {
              attributes: { id: 'none', result: 'by-its-path', length: 16, secret_access_key: 'by-its-name' },
              sensitive_attributes: [[{ type: 'get_attr', value: 'result' }]]
            },
            { attributes: { private_key_pem: pem } }
          ]
        }
      ]
    }
    expect(new Set(secretsIn(name, JSON.stringify(state)))).toEqual(
      new Set(['for-the-database', 'by-its-path', 'by-its-name', pem])
    )
  })

  it.each(['{"bosh": {"directorPass', '', 'a', '- - -', 'a: |'])(
    'that is %j so far gives what it has',
    text => {
      for (const name of ['bbl-state.json', 'director-vars-store.yml']) {
        expect(secretsIn(name, text).every(secret => secret.trim().length <= 1)).toBe(true)
      }
    }
  )
})

describe('the state directory', () => {
  let folder = ''
  let learned: string[] = []
  const learn = (secret: string): void => void learned.push(secret)

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'state-'))
    learned = []
  })

  it('may be empty or absent', async () => {
    stateSecrets(folder)(learn)
    await rm(folder, { recursive: true })
    stateSecrets(folder)(learn)
    expect(learned).toEqual([])
  })

  it('is read again where a file has changed, and only there', async () => {
    const source = stateSecrets(folder)
    await mkdir(join(folder, 'vars'))
    await writeFile(join(folder, 'vars', 'jumpbox-vars-store.yml'), 'one: first-secret\n')
    source(learn)
    source(learn)
    expect(learned).toEqual(['first-secret'])
    await writeFile(join(folder, 'vars', 'director-vars-store.yml'), 'two: second-secret\n')
    await writeFile(join(folder, 'bbl-state.json'), '{"bosh":{"directorPassword":"third-secret"}}')
    source(learn)
    expect(learned.slice(1).toSorted()).toEqual(['second-secret', 'third-secret'])
  })
})
