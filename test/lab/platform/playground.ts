import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readHostNames } from '../../../src/lab/dns.ts'
import { bosh } from '../../../src/lab/programs/bosh/main.ts'
import { credhub } from '../../../src/lab/programs/credhub/main.ts'
import { openSupervisor, type Supervisor } from '../../../src/lab/supervisor.ts'
import { listAt, textAt, wordAt, type Value } from '../../../src/manifest/value.ts'
import { cloudConfig, openTestLab } from '../director/running-lab.ts'
import { builtService } from '../programs/built.ts'
import { run, succeed, type Ran } from '../programs/run-program.ts'

const service = { service: builtService }

/** A lab with a Director, on which the deployments of a playground can be made. */
export interface Playground {
  readonly lab: string
  /** What any program needs. */
  readonly env: Readonly<Record<string, string>>
  /** A folder for the test's own files. */
  readonly folder: string
  bosh(...args: readonly string[]): Promise<Ran>
  /** Uploads the stemcell of a manifest and deploys it. */
  deploy(manifest: Value): Promise<void>
  /** Value of a credential, or of a part of it, by its full name. */
  credential(name: string, key?: string): Promise<string>
  /** Host names that somebody in the lab answers to. */
  names(): readonly string[]
  /** Ends the lab's service and starts it again, as another command on the same lab would. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function openPlayground(): Promise<Playground> {
  const test = await openTestLab(0)
  await test.supervisor.close()
  let supervisor: Supervisor = await openSupervisor(test.lab, service)
  await test.create()
  const folder = join(test.lab, 'test')
  mkdirSync(folder)
  const env = { ...test.env, CAUSEWAY_LAB: test.lab }
  const path = (name: string): string => join(folder, name)
  writeFileSync(path('cloud.yml'), JSON.stringify(cloudFor(cloudConfig(test.network, test.ip))))
  await succeed(bosh, ['update-cloud-config', path('cloud.yml')], { env })
  return {
    lab: test.lab,
    env,
    folder,
    bosh: (...args) => run(bosh, args, { env, cwd: folder }),
    deploy: async manifest => {
      const name = textAt(manifest, 'name') ?? ''
      const [stemcell] = listAt(manifest, 'stemcells')
      const [os, version] = [textAt(stemcell, 'os') ?? '', wordAt(stemcell, 'version') ?? '']
      const url = `https://bosh.io/d/stemcells/bosh-warden-boshlite-${os}-go_agent?v=${version}`
      writeFileSync(path(`${name}.yml`), JSON.stringify(manifest))
      await succeed(bosh, ['upload-stemcell', url], { env })
      await succeed(bosh, ['-d', name, 'deploy', path(`${name}.yml`)], { env })
    },
    credential: async (name, key) => {
      const part = key === undefined ? [] : ['-k', key]
      return (await succeed(credhub, ['get', '-n', name, '-q', ...part], { env })).replace(/\n$/, '')
    },
    names: () => Object.keys(readHostNames(test.lab)),
    restart: async () => {
      await supervisor.close()
      supervisor = await openSupervisor(test.lab, service)
      await supervisor.powerOn()
    },
    close: async () => {
      await supervisor.close()
      rmSync(test.lab, { recursive: true, force: true })
    }
  }
}

/** The cloud config of a test's lab with the zones, types and extensions that upstream's manifests name. */
function cloudFor(base: ReturnType<typeof cloudConfig>): Value {
  const azs = ['z1', 'z2', 'z3']
  const named = (names: readonly string[]): Value => names.map(name => ({ name }))
  const extensions = ['cf-router', 'cf-tcp-router', 'diego-ssh-proxy'].map(
    name => `${name}-network-properties`
  )
  return {
    ...base,
    azs: named(azs),
    vm_types: named(['default', 'minimal', 'small', 'small-highmem']),
    vm_extensions: named([...extensions, '50GB_ephemeral_disk', '100GB_ephemeral_disk']),
    disk_types: [10, 100].map(size => ({ name: `${size}GB`, disk_size: size * 1024 })),
    networks: listAt(base, 'networks').map(network => ({
      name: textAt(network, 'name') ?? '',
      type: 'manual',
      subnets: listAt(network, 'subnets').map(subnet => ({ ...asMap(subnet), azs }))
    }))
  }
}

function asMap(value: Value): Record<string, Value> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}
