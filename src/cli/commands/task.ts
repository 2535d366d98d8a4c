import { spawn } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TaskSignature } from '../../concourse/signature.ts'
import { exitCodes, UserError } from '../../core/errors.ts'
import { FindingsError, type Finding } from '../../core/finding.ts'
import { nearestName } from '../../core/nearest.ts'
import { helpOf } from '../../task/help.ts'
import { createFiles } from '../../tools/files.ts'
import type { TaskCommandOptions } from '../options.ts'
import { outFolder, stateFolder, type CliContext } from '../context.ts'
import { withLab } from '../lab.ts'
import { loadTask, loadTasks, taskProgram } from '../modules.ts'
import { emitTo } from './emit.ts'

/** Runs a task alone, in a working directory made of the folders that a person named; gives its exit code. */
export async function runTaskAlone(
  context: CliContext,
  name: string | undefined,
  options: TaskCommandOptions
): Promise<number> {
  if (name === undefined) {
    await listTasks(context)
    return exitCodes.done
  }
  const task = await loadTask(context.root, name)
  if (options.help === true) {
    context.out(
      `Usage: causeway task ${name} [--input NAME=FOLDER] [--output NAME=FOLDER] [--param NAME=VALUE]\n\n`
    )
    context.out(helpOf(task))
    return exitCodes.done
  }
  const folders = {
    inputs: readPairs('--input', options.input),
    outputs: readPairs('--output', options.output)
  }
  const params = readPairs('--param', options.param)
  checkNames(task, folders, params)
  await emitTo(context, undefined)
  const cwd = await mkdtemp(join(tmpdir(), `${name}-`))
  try {
    const outputs = await layFolders(context, task, cwd, folders)
    const given = { ...secretsOf(task, context), ...params }
    const code = await withLab(context, given['IAAS'] === 'lab', undefined, env =>
      start(context, task, cwd, { ...env, ...given })
    )
    for (const [output, folder] of Object.entries(outputs)) context.out(`${output} ${folder}\n`)
    return code
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
}

async function listTasks(context: CliContext): Promise<void> {
  const tasks = await loadTasks(context.root)
  const width = Math.max(...tasks.map(task => task.name.length))
  for (const task of tasks) context.out(`${task.name.padEnd(width)}  ${task.doc}\n`)
}

type Pairs = Readonly<Record<string, string>>

function readPairs(flag: string, pairs: readonly string[]): Pairs {
  return Object.fromEntries(
    pairs.map(pair => {
      const [name, ...value] = pair.split('=')
      if (name !== undefined && name !== '' && value.length > 0) return [name, value.join('=')]
      throw new UserError('usage', `${flag}: found ${JSON.stringify(pair)}, expected NAME=VALUE`)
    })
  )
}

/** Names that the task does not have, all at once. */
function checkNames(task: TaskSignature, folders: { inputs: Pairs; outputs: Pairs }, params: Pairs): void {
  const unknown = (given: Pairs, known: object, kind: string): Finding[] =>
    Object.keys(given)
      .filter(name => !(name in known))
      .map(name => {
        const meant = nearestName(name, Object.keys(known))
        return {
          code: `unknown-${kind}`,
          severity: 'error',
          path: `task(${task.name}).${kind}s.${name}`,
          message: `found ${name}, expected one of ${Object.keys(known).join(', ') || 'none'}`,
          ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` })
        }
      })
  const secret = Object.keys(params).filter(name => task.params[name]?.secret === true)
  const findings = [
    ...unknown(folders.inputs, task.inputs, 'input'),
    ...unknown(folders.outputs, task.outputs, 'output'),
    ...unknown(params, task.params, 'param'),
    ...secret.map((name): Finding => {
      const message = 'found a secret on the command line, expected it in the environment'
      return {
        code: 'secret-argument',
        severity: 'error',
        path: `task(${task.name}).params.${name}`,
        message,
        hint: `export ${name} instead`
      }
    })
  ]
  if (findings.length > 0) throw new FindingsError(findings)
}

function secretsOf(task: TaskSignature, context: CliContext): Pairs {
  const secret = Object.entries(task.params).filter(([, param]) => param.secret === true)
  return Object.fromEntries(
    secret.flatMap(([name]) => (context.env[name] === undefined ? [] : [[name, context.env[name]]]))
  )
}

/** Lays inputs and outputs out as Concourse does. Gives where the outputs lie. */
async function layFolders(
  context: CliContext,
  task: TaskSignature,
  cwd: string,
  given: { inputs: Pairs; outputs: Pairs }
): Promise<Pairs> {
  const files = createFiles()
  const outputs: Record<string, string> = {}
  await symlink(outFolder(context), join(cwd, 'causeway'))
  for (const name of Object.keys(task.outputs)) {
    const folder = resolve(given.outputs[name] ?? join(stateFolder(context), 'tasks', task.name, name))
    const input = given.inputs[name]
    // An output named as an input continues it; what a person gave as the input stays as it was.
    if (given.outputs[name] === undefined) await files.remove(folder)
    await files.makeFolder(folder)
    if (input !== undefined && resolve(input) !== folder) await files.copyWhole(resolve(input), folder)
    await symlink(folder, join(cwd, name))
    outputs[name] = folder
  }
  for (const [name, folder] of Object.entries(given.inputs)) {
    if (!(name in outputs)) await symlink(resolve(folder), join(cwd, name))
  }
  return outputs
}

function start(context: CliContext, task: TaskSignature, cwd: string, env: Pairs): Promise<number> {
  const { PATH = '', HOME = '', LANG = 'C.UTF-8' } = context.env
  const child = spawn(process.execPath, [taskProgram(context.root, task.name)], {
    cwd,
    env: { PATH, HOME, LANG, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true
  })
  child.stdout.on('data', (data: Buffer) => context.err(data.toString('utf8')))
  child.stderr.on('data', (data: Buffer) => context.err(data.toString('utf8')))
  const end = (): void => void child.kill(context.signal.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM')
  context.signal.addEventListener('abort', end, { once: true })
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('close', code => {
      context.signal.removeEventListener('abort', end)
      done(code ?? exitCodes.program)
    })
  })
}
