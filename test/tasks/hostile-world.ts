import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ParamDefinition } from '../../src/concourse/signature.ts'
import { formatLease } from '../../src/environment/lease.ts'
import { createLog } from '../../src/core/log.ts'
import { Redactor } from '../../src/core/redact.ts'
import { renderYaml } from '../../src/manifest/render-yaml.ts'
import { newIdentity } from '../../src/state/keys.ts'
import { StateSession } from '../../src/state/state-session.ts'
import { runTask, type AnyTask } from '../../src/task/run-task.ts'
import { createTools } from '../../src/tools/tools.ts'
import { cfcrManifest, cfManifest } from '../ops/manifests.ts'
import { KuboCheckout, withArguments } from '../release/kubo-checkout.ts'
import { provenRelease } from '../release/proven-release.ts'

/** Stands at both ends of every canary, so that a part of one is found as well. */
export const marker = `cnry${randomBytes(4).toString('hex')}`

export function canary(name: string): string {
  return `${marker}${name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}${marker}`
}

/** Every line of it is a canary. */
function canaryKey(name: string): string {
  const lines = [1, 2, 3].map(line => canary(`${name}${line}`).padEnd(64, 'A'))
  return `-----BEGIN RSA PRIVATE KEY-----\n${lines.join('\n')}\n-----END RSA PRIVATE KEY-----\n`
}

/** What of a canary stands in a text, in plain or in base64; undefined where none does. */
export function canaryIn(text: string): string | undefined {
  const encoded = [0, 1, 2].map(offset => {
    const base64 = Buffer.concat([Buffer.alloc(offset), Buffer.from(marker)]).toString('base64')
    return base64.slice(Math.ceil((offset * 8) / 6), Math.floor(((marker.length + offset) * 8) / 6))
  })
  const at = [marker, ...encoded].map(form => text.indexOf(form)).find(place => place !== -1)
  return at === undefined ? undefined : text.slice(Math.max(0, at - 150), at + 60)
}

/** Programs that the world answers for; git is the real one behind its own. */
const programs = [
  'bbl',
  'bosh',
  'credhub',
  'cf',
  'kubectl',
  'git',
  'terraform',
  'ssh',
  'tar',
  'gcloud',
  'aws',
  'az',
  'govc',
  'openstack'
]

export type FaultKind = 'fails' | 'answers nonsense' | 'never'

export interface Ran {
  readonly exitCode: number
  /** All that a person would see. */
  readonly shown: string
  /** What was started, in order: program and arguments. */
  readonly calls: readonly string[]
  /** Canaries where none may be: arguments, output, files; with what stands around them. */
  readonly leaks: readonly string[]
}

/**
 * A world that talks: every program tells on standard error all that it was given and all that lies in the state, in plain and
 * in base64, and one of its calls may go wrong. `bbl up` makes secrets while it runs, as the real one does.
 */
export class HostileWorld {
  readonly #root: string
  /** What every run begins with. */
  readonly #seed: string

  readonly #identity: string

  private constructor(root: string, identity: string) {
    this.#root = root
    this.#identity = identity
    this.#seed = join(root, 'seed')
  }

  static async open(): Promise<HostileWorld> {
    const world = new HostileWorld(await mkdtemp(join(tmpdir(), 'hostile-')), await newIdentity())
    await world.#layOut()
    return world
  }

  async close(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true })
  }

  async #put(path: string, text: string, mode = 0o600): Promise<void> {
    await mkdir(dirname(join(this.#seed, path)), { recursive: true })
    await writeFile(join(this.#seed, path), text, { mode })
  }

  async #layOut(): Promise<void> {
    const bosh = {
      directorUsername: 'admin',
      directorPassword: canary('director'),
      directorAddress: 'https://10.0.0.6:25555'
    }
    const store = ['admin_password', 'credhub_admin_client_secret', 'nats_password'].map(
      name => `${name}: ${canary(name)}\n`
    )
    const key = canaryKey('jumpbox').trimEnd().replaceAll('\n', '\n    ')
    const files = {
      'bbl-state.json': JSON.stringify({
        version: 14,
        envID: 'play-fern',
        bosh,
        lb: { type: 'concourse', key: canaryKey('lb') }
      }),
      'vars/director-vars-store.yml': store.join(''),
      'vars/jumpbox-vars-store.yml': `jumpbox_ssh:\n  private_key: |\n    ${key}\n  public_key: ssh-rsa AAAA\n`,
      'vars/terraform.tfstate': JSON.stringify({
        version: 4,
        resources: [{ type: 'network', name: 'network', instances: [{ attributes: { id: 'network-1' } }] }],
        outputs: { db: { value: canary('tfstate'), sensitive: true } }
      }),
      'vars/bosh-state.json': '{"current_vm_cid":"vm-1"}',
      'delete-director.sh': '#!/bin/sh\n',
      'delete-jumpbox.sh': '#!/bin/sh\n'
    }
    await this.#seal(new Map(Object.entries(files).map(([path, text]) => [`bbl/${path}`, text])))
    for (const script of ['create', 'delete'])
      await this.#put(`bucc/bbl/${script}-director-override.sh`, '#!/bin/sh\n', 0o700)
    await this.#put('bucc/bbl/common.sh', '')
    await this.#put('cf-deployment/cf-deployment.yml', renderYaml(cfManifest()))
    const stemcells = 'stemcells: [{alias: default, os: ubuntu-xenial, version: "621.76"}]\n'
    for (const folder of ['manifest', 'cf-manifest']) await this.#put(`${folder}/cf.yml`, stemcells)
    await this.#put('bin/applied', JSON.stringify(await applied()))
    for (const iaas of ['aws', 'gcp', 'azure'])
      await this.#put(`bin/template-${iaas}`, await templateOf(iaas))
    const cfcr = renderYaml(cfcrManifest({ flagsBy: 'configuration' }))
    await this.#put('kubo-deployment/manifests/cfcr.yml', cfcr)
    await this.#put('cfcr-manifest/cfcr.yml', 'name: cfcr\n')
    await this.#putRelease()
    await this.#put('connectivity/results.json', '{}')
    await this.#put(
      'lease/lease.yml',
      formatLease({
        environment: 'play-fern',
        holder: 'me@here',
        run: '1',
        acquired_at: '2026-01-01T00:00:00Z',
        expires_at: '2026-01-01T12:00:00Z',
        grace: '30m'
      })
    )
    await this.#put('emptiness/verdict.json', '{"clean":true,"reason":"nothing is left"}')
    const knowledge = [
      ...Object.values(files),
      ...Object.values(files).map(text => Buffer.from(text).toString('base64'))
    ]
    await this.#put('bin/knowledge', knowledge.join('\n'))
    await this.#put('bin/print-env', printEnv)
    await this.#put('bin/jumpbox-key', canaryKey('jumpbox'))
    for (const name of programs) await this.#put(`bin/${name}`, shim(name), 0o700)
  }

  /** kubo-release, and a tarball of it that its provenance tells of. */
  async #putRelease(): Promise<void> {
    const checkout = new KuboCheckout(withArguments, 'v0.44.0')
    await cp(checkout.folder, join(this.#seed, 'kubo-release'), { recursive: true })
    checkout.remove()
    for (const [path, text] of Object.entries(provenRelease)) await this.#put(path, text)
  }

  /** A pool with the environment's lock in it, on the branch `main`. */
  async #putLock(remote: string): Promise<void> {
    const pool = join(this.#root, 'pool')
    await mkdir(join(pool, 'main', 'unclaimed'), { recursive: true })
    await writeFile(join(pool, 'main', 'unclaimed', 'play-fern'), '')
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: pool })
    git('init', '--quiet', '--template=', '--initial-branch=main')
    git('add', '--all')
    git('commit', '--quiet', '--message=pool')
    git('push', '--quiet', remote, 'main')
  }

  /** Makes the checkout of an encrypted state branch, as a pipeline brings it. */
  async #seal(texts: ReadonlyMap<string, string>): Promise<void> {
    const remote = join(this.#seed, 'remote.git')
    execFileSync('git', ['init', '--quiet', '--bare', '--template=', remote])
    await this.#putLock(remote)
    const log = createLog(() => undefined)
    const tools = createTools({
      env: { PATH: process.env['PATH'] ?? '' },
      log,
      redactor: new Redactor(),
      signal: new AbortController().signal,
      scratch: join(this.#root, 'sealing')
    })
    const params = {
      ENVIRONMENT: 'play-fern',
      STATE_URI: remote,
      STATE_BRANCH: 'play-fern',
      STATE_IDENTITY: this.#identity,
      STATE_PRIVATE_KEY: undefined,
      STATE_RECIPIENTS: []
    }
    const session = await StateSession.open({ tools, log, params, checkout: join(this.#seed, 'state') })
    const tree = new Map(
      [...texts].map(([path, text]) => [
        path,
        { kind: 'file', executable: path.endsWith('.sh'), content: Buffer.from(text) } as const
      ])
    )
    await session.checkpoint(tree, { reason: 'given', revision: 'none', tools: {}, mayLose: 'anything' })
  }

  /** The params that a task is run with: a canary for each that is secret. */
  #paramsFor(task: AnyTask, iaas: string, place: string): Record<string, string> {
    const given = Object.entries(task.params).map(
      ([name, definition]) => [name, paramOf(name, definition, place)] as const
    )
    return {
      ...Object.fromEntries(given.filter(([, text]) => text !== '')),
      ...('IAAS' in task.params ? { IAAS: iaas } : {})
    }
  }

  /** Runs a task in a fresh copy of the world; one call of its programs, counted from 1, may go wrong. */
  async run(
    task: AnyTask,
    iaas: string,
    fault: { kind: FaultKind; call: number } = { kind: 'never', call: 0 }
  ): Promise<Ran> {
    const place = await mkdtemp(join(this.#root, 'run-'))
    await cp(this.#seed, place, { recursive: true })
    await symlink(join(repository, 'ops'), join(place, 'ops'))
    await mkdir(join(place, 'causeway'))
    await symlink('../ops', join(place, 'causeway', 'ops'))
    for (const folder of ['terraform', 'cloud-config', 'release'])
      await symlink(join(repository, folder), join(place, 'causeway', folder))
    await mkdir(join(place, 'scratch'), { mode: 0o700 })
    await mkdir(join(place, 'told'))
    let shown = ''
    const redactor = new Redactor()
    const log = createLog(
      text => (shown += text),
      text => redactor.redact(text)
    )
    const env = {
      PATH: `${join(place, 'bin')}:${process.env['PATH'] ?? ''}`,
      REAL_PATH: process.env['PATH'] ?? '',
      WORLD: place,
      FAULT_KIND: fault.kind,
      FAULT_CALL: String(fault.call),
      ...this.#paramsFor(task, iaas, place),
      ...('STATE_IDENTITY' in task.params ? { STATE_IDENTITY: this.#identity } : {})
    }
    const signal = AbortSignal.timeout(fault.kind === 'never' ? 10 * longestRun : longestRun)
    const exitCode = await runTask(task, {
      env,
      cwd: place,
      log,
      redactor,
      scratch: join(place, 'scratch'),
      signal
    })
    const calls = (await readFile(join(place, 'told', 'calls'), 'utf8').catch(() => ''))
      .split('\n')
      .filter(line => line !== '')
    const leaks = [...(await this.#leaksIn(place)), ...this.#leakOf('the output', shown)]
    await rm(place, { recursive: true, force: true })
    return { exitCode, shown, calls, leaks }
  }

  /** Canaries in arguments, and in files that were not there at first; those of the task's own scratch go with it. */
  async #leaksIn(place: string): Promise<string[]> {
    const leaks = this.#leakOf(
      'arguments',
      await readFile(join(place, 'told', 'arguments'), 'utf8').catch(() => '')
    )
    const entries = await readdir(place, { recursive: true, withFileTypes: true })
    for (const entry of entries.filter(one => one.isFile())) {
      const path = join(entry.parentPath, entry.name).slice(place.length + 1)
      if (/^(bin|told|scratch|state|ops|causeway|remote\.git)\//.test(path)) continue
      leaks.push(...this.#leakOf(path, await readFile(join(place, path), 'latin1')))
    }
    return leaks
  }

  #leakOf(where: string, text: string): string[] {
    // An identity of age can't be made up, so the one that is used is looked for as it is.
    const found = text.includes(this.#identity) ? this.#identity : canaryIn(text)
    return found === undefined ? [] : [`${where}: …${found}…`]
  }
}

/** What waits for better times is ended then. */
const longestRun = 2500

const known: Readonly<Record<string, string>> = {
  ENVIRONMENT: 'play-fern',
  SYSTEM_DOMAIN: 'play-fern.example.com',
  KUBERNETES_API: 'https://master.cfcr.internal:8443',
  PROBE_IMAGE: 'example/probe:1',
  LEASE_TTL: '12h',
  LEASE_GRACE: '30m',
  STATE_BRANCH: 'play-fern',
  MANIFEST: 'cf.yml',
  // Nothing is ever well in this world.
  DEADLINE_MINUTES: '0',
  VERSION: 'v0.44.0',
  SILK_VERSION: '2.30.0',
  SILK_DAEMON: '/bosh-play-fern/cf/silk_daemon',
  VARS: '{"silk_network":"10.255.0.0/16","silk_version":"2.30.0"}',
  PROVIDERS: JSON.stringify({
    aws: '5.0.0',
    azurerm: '4.0.0',
    google: '6.0.0',
    lab: '1.4.2',
    openstack: '3.0.0',
    random: '3.0.0',
    tls: '4.0.0'
  }),
  BBL_VSPHERE_SUBNET_CIDR: '10.0.0.0/24',
  BBL_VSPHERE_INTERNAL_GW: '10.0.0.1',
  BBL_VSPHERE_JUMPBOX_IP: '10.0.0.5',
  BBL_VSPHERE_DIRECTOR_INTERNAL_IP: '10.0.0.6',
  BBL_OPENSTACK_AUTH_URL: 'https://keystone.example.com/v3',
  BBL_OPENSTACK_INSECURE: 'false',
  BBL_OPENSTACK_DNS_NAME_SERVERS: '8.8.8.8'
}

const repository = join(import.meta.dirname, '..', '..')

/** bbl's template, as far as its blocks have names. */
async function templateOf(iaas: string): Promise<string> {
  const path = join(repository, 'test', 'fixtures', 'bbl-blocks', `v9.0.48-${iaas}.txt`)
  const names = (await readFile(path, 'utf8'))
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
  return names.map(line => `${line.replace(/ (\S+)/g, ' "$1"')} {\n}\n`).join('')
}

/** What terraform keeps after an apply: bbl's outputs and those of our files, and a secret. */
async function applied(): Promise<object> {
  const paths = await readdir(join(repository, 'terraform'), { recursive: true })
  const texts = await Promise.all(
    paths
      .filter(path => path.endsWith('.tf'))
      .map(path => readFile(join(repository, 'terraform', path), 'utf8'))
  )
  const ours = texts.flatMap(text => [...text.matchAll(/^output "(\w+)"/gm)].map(([, name = '']) => name))
  const theirs = ['internal_cidr', 'internal_gw', 'external_ip', 'jumpbox_url', 'director__internal_ip']
  const values = Object.fromEntries([...ours, ...theirs].map(name => [name, { value: 'x' }]))
  const outputs = {
    ...values,
    director_name: { value: 'bosh-play-fern' },
    db: { value: canary('tfstate'), sensitive: true }
  }
  return { version: 4, outputs }
}

function paramOf(name: string, definition: ParamDefinition, place: string): string {
  if (name === 'BBL_GCP_SERVICE_ACCOUNT_KEY') {
    return JSON.stringify(
      { project_id: 'play', client_email: 'play@example.com', private_key: canaryKey('gcp') },
      null,
      2
    )
  }
  if (definition.secret === true) return /PRIVATE_KEY$/.test(name) ? canaryKey(name) : canary(name)
  if (known[name] !== undefined) return known[name]
  if (name.startsWith('BBL_')) return `some-${name.toLowerCase()}`
  if (/_URI$/.test(name)) return `file://${place}/remote.git`
  if (definition.default !== undefined || definition.optional === true) return ''
  return 'choices' in definition ? (definition.choices[0] ?? '') : 'main'
}

/**
 * A program of the world: bash does it without further processes, since hundreds of them are started. It tells what it
 * knows once the task has the state in plain text.
 */
function shim(name: string): string {
  return `#!/bin/bash
{ printf '%s' ${name}; printf ' <%s>' "$@"; echo; } >>"$WORLD/told/arguments"
set -o noclobber
call=1
until { : >"$WORLD/told/call-$call"; } 2>/dev/null; do call=$((call + 1)); done
set +o noclobber
echo "${name} $*" >>"$WORLD/told/calls"
talk() {
  export -p
  [ ! -d "$WORLD/scratch/state/plain" ] || echo "$(<"$WORLD/bin/knowledge")"
}
if [ "$call" = "$FAULT_CALL" ]; then
  talk
  talk >&2
  case "$FAULT_KIND" in fails) exit 1 ;; *) exit 0 ;; esac
fi
talk >&2
${answers[name] ?? 'echo "[]"'}
`
}

const printEnv = `export BOSH_CLIENT=admin
export BOSH_CLIENT_SECRET=${canary('director')}
export BOSH_ENVIRONMENT=https://10.0.0.6:25555
export BOSH_CA_CERT='-----BEGIN CERTIFICATE-----
AAAA
-----END CERTIFICATE-----'
export CREDHUB_CLIENT=credhub-admin
export CREDHUB_SECRET=${canary('credhub_admin_client_secret')}
export CREDHUB_SERVER=https://10.0.0.6:8844
export CREDHUB_CA_CERT=ca
export JUMPBOX_PRIVATE_KEY=TMPDIR/bosh_jumpbox_private.key
export BOSH_ALL_PROXY=ssh+socks5://jumpbox@10.0.0.5:22?private-key=TMPDIR/bosh_jumpbox_private.key
`

const made = canary('made-while-up')
const certificate = JSON.stringify('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')

/** What they say to what our tasks ask. All else is answered by an empty list. */
const answers: Readonly<Record<string, string>> = {
  bbl: `case "$*" in
*print-env*)
  text=$(<"$WORLD/bin/print-env")
  echo "\${text//TMPDIR/$TMPDIR}"
  echo "$(<"$WORLD/bin/jumpbox-key")" >"$TMPDIR/bosh_jumpbox_private.key" ;;
plan*)
  [ -d terraform ] || mkdir terraform
  [ ! -e "$WORLD/bin/template-$BBL_IAAS" ] || echo "$(<"$WORLD/bin/template-$BBL_IAAS")" >terraform/bbl-template.tf ;;
*up*)
  [ -d vars ] || mkdir vars
  echo "$BBL_IAAS" >vars/cpi
  echo "$(<"$WORLD/bin/applied")" >vars/terraform.tfstate
  echo "made: ${made}" >>vars/director-vars-store.yml
  echo "made ${made}"
  echo "in base64: ${Buffer.from(`password ${made}`).toString('base64')}" ;;
*--version*) echo 'bbl 9.0.48 (linux/amd64)' ;;
*) echo done ;;
esac`,
  bosh: `case "$*" in
*interpolate*) echo 'name: made' ;;
*configs*--json*) echo '{"Tables":[{"Rows":[{"name":"dns"}]}]}' ;;
*environment*--json*) echo '{"Tables":[{"Rows":[{"name":"bosh-play-fern"}]}]}' ;;
*deployments*--json*) [ -e "$WORLD/told/deleted" ] && echo '{"Tables":[{"Rows":[]}]}' || echo '{"Tables":[{"Rows":[{"name":"cf"}]}]}' ;;
*vms*--json*) echo '{"Tables":[{"Rows":[{"instance":"worker/1","ips":"10.0.0.9"}]}]}' ;;
*--json*) echo '{"Tables":[{"Rows":[]}]}' ;;
*delete-deployment*) : >"$WORLD/told/deleted" ;;
*) echo done ;;
esac`,
  credhub: `case "$*" in
*tls-kubernetes*) echo '{"value":{"ca":${certificate},"private_key":"${canary('credhubkey')}"}}' ;;
*find*) echo '{"credentials":[{"name":"/a/b"}]}' ;;
*get*) echo '{"value":"${canary('credhub')}"}' ;;
*) echo done ;;
esac`,
  cf: `case "$*" in *printenv*) echo 10.255.1.2 ;; *) echo done ;; esac`,
  kubectl: `case "$*" in *"get "*json*) echo '{"items":[]}' ;; *) echo done ;; esac`,
  git: `PATH=$REAL_PATH; exec git "$@"`,
  tar: `PATH=$REAL_PATH; exec tar "$@"`
}
