// Prints the figures of scripts/bench: medians of several runs, and ratios of things timed in turn.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { generatedProgram } from './bench-pipelines.mjs'
import { buildIfStale } from './build.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await buildIfStale(root)
const scratch = mkdtempSync(join(tmpdir(), 'causeway-bench-'))
const env = { ...process.env, CAUSEWAY_STATE: join(scratch, 'state'), CAUSEWAY_OUT: join(scratch, 'out') }

/** Milliseconds that a program takes; fails where it fails. */
function timeProgram(program, args, given = env) {
  const start = performance.now()
  const { status, stderr, error } = spawnSync(program, args, { cwd: root, env: given })
  if (status !== 0) throw error ?? new Error(`${program} ${args.join(' ')}: exit code ${status}\n${stderr}`)
  return performance.now() - start
}

const time = args => timeProgram(process.execPath, args)

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Medians of what takes time, each in turn, so that a slow moment hits all of them alike. */
function compareAll(takers, times = 7) {
  const taken = takers.map(() => [])
  for (let round = 0; round < times; round += 1) takers.forEach((take, index) => taken[index].push(take()))
  return taken.map(median)
}

const compare = (commands, times) =>
  compareAll(
    commands.map(args => () => time(args)),
    times
  )

const causeway = (...args) => [join(root, 'scripts', 'causeway.mjs'), ...args]
const bare = ['-e', '0']
const print = (what, figure) => console.log(`${what.padEnd(58)} ${figure}`)
const ms = value => `${Math.round(value)} ms`

try {
  time(causeway('emit'))
  const [b, emit, check] = compare([bare, causeway('emit'), causeway('check')])
  print('B: start of a bare node', ms(b))
  if (env['NODE_EXTRA_CA_CERTS'] !== undefined) {
    // Every node reads these authorities at its start: what is told in B would be more of them where none are named.
    const without = { ...env }
    delete without['NODE_EXTRA_CA_CERTS']
    const [bWithout] = compareAll([() => timeProgram(process.execPath, bare, without)])
    print('  without NODE_EXTRA_CA_CERTS, which is set here', ms(bWithout))
  }
  print('emit of every pipeline and task of the repository', `${ms(emit)} = ${(emit / b).toFixed(1)} B`)
  print('check of the same', `${ms(check)} = ${(check / b).toFixed(1)} B`)
  const program = join(scratch, 'out', 'tasks', 'prove-empty.mjs')
  const [b2, start] = compare([bare, [program, '--help']])
  print('start of a task program beyond B', ms(start - b2))

  measurePipelines()

  const { timeSteps } = await import(pathToFileURL(join(root, 'dist', 'bench', 'steps.js')).href)
  const steps = await timeSteps(join(scratch, 'steps'))
  print(
    'runner, per task step beyond starting its process',
    `${ms(steps.overheadMillis)} (${steps.count} steps)`
  )

  time(causeway('repave', 'lab'))
  const wall = time(causeway('repave', 'lab'))
  const runs = join(scratch, 'state', 'runs')
  const last = readdirSync(runs).sort().at(-1)
  const events = readFileSync(join(runs, last, 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map(JSON.parse)
  const { criticalPathMillis } = await import(pathToFileURL(join(root, 'dist', 'bench', 'steps.js')).href)
  const path = criticalPathMillis(events)
  print('repave of the lab, wall', ms(wall))
  print('  against its critical path', `${ms(path)}, ratio ${(wall / path).toFixed(2)}`)

  measureWorker()
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

/** Generated pipelines: emission, which checks too, as a whole process that finds its program built; and YAML. */
function measurePipelines() {
  const file = (name, text) => {
    writeFileSync(join(scratch, name), text)
    return join(scratch, name)
  }
  const emitted = (name, count, chain) => {
    const program = file(`${name}.ts`, generatedProgram(count, chain))
    return { program, yaml: join(scratch, `${name}.yml`) }
  }
  const [small, flat, chain] = [emitted('small', 100), emitted('flat', 2000), emitted('chain', 2000, true)]
  const emit = ({ program, yaml }) => causeway('emit', program, '--output', yaml)
  for (const one of [small, flat, chain]) time(emit(one))
  const [b, ofSmall, ofFlat, ofChain] = compare([bare, emit(small), emit(flat), emit(chain)])
  print('emit and check of 100 generated jobs', `${ms(ofSmall)} = ${(ofSmall / b).toFixed(1)} B`)
  print('emit and check of 2,000 generated jobs, flat', `${ms(ofFlat)} = ${(ofFlat / b).toFixed(1)} B`)
  print('  as one chain of passed, against flat', `${ms(ofChain)} = ${(ofChain / ofFlat).toFixed(2)} x`)
  print('  memory at its most, flat', `${peakMebibytes(emit(flat))} MiB`)
  const check =
    ({ yaml }) =>
    () =>
      time(causeway('check', yaml))
  const fly = findFly()
  if (fly === undefined) {
    const [yamlFlat, yamlChain] = compareAll([check(flat), check(chain)], 5)
    print('check of 2,000 jobs in YAML, flat', ms(yamlFlat))
    print('  as one chain of passed, against flat', `${(yamlChain / yamlFlat).toFixed(2)} x`)
    print('  against fly validate-pipeline', 'not checked: no fly on PATH')
  } else {
    const validate = () => timeProgram(fly, ['validate-pipeline', '-c', flat.yaml])
    const [yamlFlat, yamlChain, byFly] = compareAll([check(flat), check(chain), validate], 5)
    print('check of 2,000 jobs in YAML, flat', ms(yamlFlat))
    print('  as one chain of passed, against flat', `${(yamlChain / yamlFlat).toFixed(2)} x`)
    print('  against fly validate-pipeline', `${ms(byFly)}, ${(yamlFlat / byFly).toFixed(2)} x`)
  }
  print('  memory at its most, flat', `${peakMebibytes(causeway('check', flat.yaml))} MiB`)
}

/** The scripts that CFCR's workers run, in namespaces of their own. */
function measureWorker() {
  const namespaces = process.getuid() === 0 ? ['-n', '-m'] : ['-U', '-r', '-n', '-m']
  const { status } = spawnSync('unshare', [...namespaces, 'true'])
  if (status !== 0) return print('CNI plugin and nsenter wrapper', 'not checked: no network namespaces here')
  const script = join(root, 'scripts', 'bench-worker.mjs')
  const bench = spawnSync('unshare', [...namespaces, process.execPath, script], { stdio: 'inherit' })
  if (bench.status !== 0) throw new Error(`${script}: exit code ${bench.status}`)
}

/** The most memory that a command had, in MiB, by the words of the kernel. */
function peakMebibytes([script, ...args]) {
  const code = `process.argv.splice(1, 1)
    process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS + '\\n'))
    await import(${JSON.stringify(pathToFileURL(script).href)})`
  const options = { cwd: root, env, encoding: 'utf8' }
  const { stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', code, '-', script, ...args],
    options
  )
  return Math.round(Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1024)
}

/** A fly that runs, if one is on PATH. */
function findFly() {
  return spawnSync('fly', ['--version']).status === 0 ? 'fly' : undefined
}
