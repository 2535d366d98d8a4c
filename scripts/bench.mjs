// Prints the figures of scripts/bench: medians of several runs, and ratios of things timed in turn.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildIfStale } from './build.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await buildIfStale(root)
const scratch = mkdtempSync(join(tmpdir(), 'causeway-bench-'))
const env = { ...process.env, CAUSEWAY_STATE: join(scratch, 'state'), CAUSEWAY_OUT: join(scratch, 'out') }

/** Milliseconds that a command takes; fails where it fails. */
function time(args) {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env })
  if (status !== 0) throw new Error(`node ${args.join(' ')}: exit code ${status}\n${stderr}`)
  return performance.now() - start
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Medians of commands, timed in turn so that a slow moment hits all of them alike. */
function compare(commands, times = 7) {
  const taken = commands.map(() => [])
  for (let round = 0; round < times; round += 1)
    commands.forEach((args, index) => taken[index].push(time(args)))
  return taken.map(median)
}

const causeway = (...args) => [join(root, 'scripts', 'causeway.mjs'), ...args]
const bare = ['-e', '0']
const print = (what, figure) => console.log(`${what.padEnd(58)} ${figure}`)
const ms = value => `${Math.round(value)} ms`

try {
  time(causeway('emit'))
  const [b, emit, check] = compare([bare, causeway('emit'), causeway('check')])
  print('B: start of a bare node', ms(b))
  print('emit of every pipeline and task of the repository', `${ms(emit)} = ${(emit / b).toFixed(1)} B`)
  print('check of the same', `${ms(check)} = ${(check / b).toFixed(1)} B`)
  const program = join(scratch, 'out', 'tasks', 'prove-empty.mjs')
  const [b2, start] = compare([bare, [program, '--help']])
  print('start of a task program beyond B', ms(start - b2))

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
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
