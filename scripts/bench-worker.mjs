// Times the CNI plugin and the nsenter wrapper of the job silk-k8s against the bare programs, in turn, on a worker that is
// this process's own network and mount namespace. silk-cni is that of CAUSEWAY_SILK_BIN, or the tests' stand-in.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const templates = join(root, 'release', 'jobs', 'silk-k8s', 'templates')
const scratch = mkdtempSync(join(tmpdir(), 'causeway-bench-worker-'))
const at = (...names) => join(scratch, ...names)
const folder = process.env.CAUSEWAY_SILK_BIN

for (const name of ['bin', 'lib']) cpSync(join(templates, name), at('job', name), { recursive: true })
for (const name of ['job/config', 'silk', 'netns', 'data']) mkdirSync(at(name), { recursive: true })
if (folder === undefined) {
  copyFileSync(join(root, 'src/lab/network/silk-cni/silk-cni'), at('silk/silk-cni'))
  writeFileSync(at('silk/host-local'), '')
  chmodSync(at('silk/host-local'), 0o755)
} else for (const name of ['silk-cni', 'host-local']) symlinkSync(join(folder, name), at('silk', name))
writeFileSync(
  at('job/config/settings.sh'),
  `SILK_CNI='${at('silk/silk-cni')}'\nNETNS_DIR='${at('netns')}'\nMETADATA_STORE='${at('metadata/store.json')}'\nPOD_IP=nsenter-wrapper\n`
)
writeFileSync(
  at('lease.env'),
  'FLANNEL_NETWORK=10.255.0.0/16\nFLANNEL_SUBNET=10.255.30.0/24\nFLANNEL_MTU=1450\n'
)

/** Milliseconds that a program takes; fails where it fails. */
function time(program, args, options = {}) {
  const start = performance.now()
  const { status, stdout, error } = spawnSync(program, args, { encoding: 'utf8', ...options })
  if (status !== 0) throw error ?? new Error(`${program} ${args.join(' ')}: exit code ${status}\n${stdout}`)
  return performance.now() - start
}

/** Medians of what takes time, each in turn, so that a slow moment hits all of them alike. */
function compare(takers, times) {
  const taken = takers.map(() => [])
  for (let round = 0; round < times; round += 1) takers.forEach((take, index) => taken[index].push(take()))
  return taken.map(values => values.toSorted((a, b) => a - b)[Math.floor(times / 2)])
}

const pod = spawn('unshare', ['-n', 'sh', '-c', 'echo; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
await once(pod.stdout, 'data')
const netns = `/proc/${pod.pid}/ns/net`
const speaks = JSON.parse(
  spawnSync(at('silk/silk-cni'), [], {
    env: { ...process.env, CNI_COMMAND: 'VERSION', STAND_IN_SPEAKS: '0.3.1' },
    input: '{}'
  }).stdout
).cniVersion

function call(program, command) {
  const conf = {
    ...{ cniVersion: speaks, name: 'silk', subnetFile: at('lease.env'), mtu: 0 },
    ...{ dataDir: at('data'), datastore: at('data/store.json') }
  }
  const cni = { CNI_CONTAINERID: 'bench', CNI_NETNS: netns, CNI_IFNAME: 'eth0', CNI_PATH: at('silk') }
  const env = { ...process.env, STAND_IN_SPEAKS: speaks, CNI_COMMAND: command, ...cni }
  return time(program, [], { env, input: JSON.stringify(conf) })
}
const [bare, plugin] = [at('silk/silk-cni'), at('job/bin/silk-k8s')]
const print = (what, base, ours) =>
  console.log(
    `${what.padEnd(58)} ${ours.toFixed(1)} ms, ${base.toFixed(1)} ms bare, ratio ${(ours / base).toFixed(2)}`
  )

try {
  const taken = { bare: [], plugin: [] }
  for (let round = 0; round < 15; round += 1) {
    taken.bare.push([call(bare, 'ADD'), call(bare, 'DEL')])
    taken.plugin.push([call(plugin, 'ADD'), call(plugin, 'DEL')])
  }
  const median = (name, index) => taken[name].map(pair => pair[index]).sort((a, b) => a - b)[7]
  const which = folder === undefined ? 'stand-in' : 'silk-cni'
  print(`CNI plugin, ADD, around the ${which}`, median('bare', 0), median('plugin', 0))
  print(`CNI plugin, DEL, around the ${which}`, median('bare', 1), median('plugin', 1))

  const real = spawnSync('sh', ['-c', 'command -v nsenter'], { encoding: 'utf8' }).stdout.trim()
  mkdirSync(at('cni'))
  symlinkSync(real, at('cni/nsenter'))
  time('sh', ['-euc', `job=${at('job')}; . "$job/lib/nsenter.sh"; install_wrapper ${at('cni')}`])
  call(plugin, 'ADD')
  const ask = ['-F', '--', 'ip', '-o', '-4', 'addr', 'show', 'dev', 'eth0', 'scope', 'global']
  const pass =
    (program, ...args) =>
    () =>
      time(program, [`--net=${netns}`, ...args])
  const wrapper = at('cni/nsenter')
  const [bareAsk, oursAsk, barePass, oursPass] = compare(
    [pass(real, ...ask), pass(wrapper, ...ask), pass(real, 'true'), pass(wrapper, 'true')],
    25
  )
  print("nsenter wrapper, kubelet's question", bareAsk, oursAsk)
  print('nsenter wrapper, all else', barePass, oursPass)
  call(plugin, 'DEL')
} finally {
  pod.kill('SIGKILL')
  rmSync(scratch, { recursive: true, force: true })
}
