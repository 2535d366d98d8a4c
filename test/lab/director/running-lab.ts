import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as send } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Cloud } from '../../../src/lab/cloud/cloud.ts'
import { nthOf } from '../../../src/lab/cloud/ip.ts'
import { createEnv, deleteEnv } from '../../../src/lab/create-env.ts'
import { generateCredential } from '../../../src/lab/credentials/generate.ts'
import { writeJson } from '../../../src/lab/json-file.ts'
import { labPaths } from '../../../src/lab/paths.ts'
import { openSupervisor, type Supervisor } from '../../../src/lab/supervisor.ts'
import { textAt, type Value, type ValueMap } from '../../../src/manifest/value.ts'
import { directorService } from '../programs/built.ts'

/** How node reads TypeScript, from any working directory. */
export const loader = ['--import', import.meta.resolve('tsx')]

/** The lab's service with nothing but Directors in it. */
export const service = { service: directorService }

export interface TestLab {
  readonly lab: string
  readonly cloud: Cloud
  readonly supervisor: Supervisor
  /** A Director's address, secrets and CA. */
  readonly ip: string
  readonly caFile: string
  readonly ca: string
  readonly secret: string
  readonly manifest: ValueMap
  readonly statePath: string
  readonly network: string
  /** What a bosh or credhub CLI needs. */
  readonly env: Readonly<Record<string, string>>
  /** Gives what was printed. */
  create(options?: { readonly recreate?: boolean; readonly manifest?: ValueMap }): Promise<string>
  delete(): Promise<string>
  close(): Promise<void>
}

/** A lab with one network, whose Director can be created; nothing waits in it. */
export async function openTestLab(pace = 0): Promise<TestLab> {
  const lab = mkdtempSync(join(tmpdir(), 'lab-'))
  writeJson(labPaths(lab).settings, { pace })
  const cloud = new Cloud(lab)
  const cidr = `127.${randomInt(10, 250)}.${randomInt(256)}.0/24`
  const tags = { director: 'bosh-test' }
  const network = cloud.createNetwork({ name: 'test-network', cidr, tags }).cid
  const ip = nthOf(cidr, 6)
  const { manifest, ca, secret } = await directorManifest(network, cidr, ip)
  const supervisor = await openSupervisor(lab, service)
  const statePath = join(lab, 'bosh-state.json')
  const caFile = join(lab, 'ca.pem')
  writeFileSync(caFile, ca)
  const run = async (
    work: typeof createEnv,
    options: { readonly recreate?: boolean; readonly manifest?: ValueMap } = {}
  ): Promise<string> => {
    let printed = ''
    const print = (text: string): void => {
      printed += text
    }
    await work({ lab, manifest, manifestPath: 'bosh.yml', statePath, print, ...options })
    return printed
  }
  return {
    lab,
    cloud,
    supervisor,
    ip,
    caFile,
    ca,
    secret,
    manifest,
    statePath,
    network,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: lab,
      BOSH_ENVIRONMENT: `https://${ip}:25555`,
      BOSH_CLIENT: 'admin',
      BOSH_CLIENT_SECRET: secret,
      BOSH_CA_CERT: ca,
      BOSH_NON_INTERACTIVE: 'true',
      CREDHUB_SERVER: `https://${ip}:8844`,
      CREDHUB_CLIENT: 'credhub-admin',
      CREDHUB_SECRET: secret,
      CREDHUB_CA_CERT: ca
    },
    create: options => run(createEnv, options),
    delete: () => run(deleteEnv),
    close: async () => {
      await supervisor.close()
      rmSync(lab, { recursive: true, force: true })
    }
  }
}

/** A Director's manifest as bosh-deployment's bosh.yml, uaa.yml and credhub.yml make it, interpolated. */
async function directorManifest(
  network: string,
  cidr: string,
  ip: string
): Promise<{ manifest: ValueMap; ca: string; secret: string }> {
  const ca = await generateCredential(
    { type: 'certificate', parameters: { is_ca: true, common_name: 'ca' } },
    () => undefined
  )
  const parameters = { ca: 'ca', common_name: ip, alternative_names: [ip] }
  const tls = await generateCredential({ type: 'certificate', parameters }, () => ca)
  const certificate = textAt(tls, 'certificate') ?? ''
  const key = textAt(tls, 'private_key') ?? ''
  const secret = 'secret-of-admin'
  const client = (authorities: string): Value => ({
    'authorized-grant-types': 'client_credentials',
    scope: '',
    authorities,
    secret
  })
  const uaa = {
    sslCertificate: certificate,
    sslPrivateKey: key,
    clients: { admin: client('bosh.admin'), 'credhub-admin': client('credhub.read,credhub.write') }
  }
  const credhub = { tls: { certificate, private_key: key } }
  const manifest: ValueMap = {
    name: 'bosh',
    releases: [
      { name: 'bosh', version: '283.1.6', url: 'https://bosh.io/d/github.com/cloudfoundry/bosh?v=283.1.6' },
      { name: 'lab-cpi', version: '1' }
    ],
    resource_pools: [
      {
        name: 'vms',
        network: 'default',
        stemcell: { url: 'https://bosh.io/d/stemcells/bosh-lab-ubuntu-jammy-go_agent?v=1.100' }
      }
    ],
    disk_pools: [{ name: 'disks', disk_size: 65_536 }],
    networks: [
      { name: 'default', type: 'manual', subnets: [{ range: cidr, cloud_properties: { network } }] }
    ],
    instance_groups: [
      {
        name: 'bosh',
        instances: 1,
        jobs: [
          { name: 'director', release: 'bosh' },
          { name: 'uaa', release: 'uaa', properties: { uaa } },
          { name: 'credhub', release: 'credhub', properties: { credhub } }
        ],
        networks: [{ name: 'default', static_ips: [ip] }],
        properties: { director: { name: 'bosh-test', ssl: { cert: certificate, key } } }
      }
    ],
    cloud_provider: { template: { name: 'lab_cpi', release: 'lab-cpi' } }
  }
  return { manifest, ca: textAt(ca, 'certificate') ?? '', secret }
}

/** A cloud config for a lab's network. */
export function cloudConfig(network: string, ip: string): ValueMap {
  const prefix = ip.replace(/\.\d+$/, '')
  return {
    azs: [{ name: 'z1' }, { name: 'z2' }],
    vm_types: [{ name: 'minimal' }, { name: 'small' }],
    vm_extensions: [{ name: 'lb', cloud_properties: { load_balancers: ['test-lb'] } }],
    disk_types: [{ name: '10GB', disk_size: 10_240 }],
    networks: [
      {
        name: 'default',
        type: 'manual',
        subnets: [
          {
            range: `${prefix}.0/24`,
            gateway: `${prefix}.1`,
            azs: ['z1', 'z2'],
            reserved: [`${prefix}.2-${prefix}.9`],
            static: [`${prefix}.200-${prefix}.210`],
            cloud_properties: { network }
          }
        ]
      }
    ],
    compilation: { az: 'z1', network: 'default', vm_type: 'minimal', workers: 2 }
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** One HTTPS request to a service of the lab. */
export function call(
  lab: TestLab,
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}
): Promise<Answer> {
  return new Promise((done, failed) => {
    const { method = 'GET', headers = {}, body } = options
    const outgoing = send(url, { method, headers, ca: lab.ca, agent: false }, incoming => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () =>
        done({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString()
        })
      )
    })
    outgoing.on('error', failed)
    outgoing.end(body)
  })
}
