import { userInfo } from 'node:os'
import type { TaskConfig, TaskStep } from '../concourse/model.ts'
import { messageOf } from '../core/errors.ts'
import type { Findings } from './faults.ts'
import { mountPath } from './task-folder.ts'

/** The platform of this machine, as Concourse calls it. */
const herePlatform = process.platform === 'win32' ? 'windows' : process.platform

/** What can't be done with a task step, and what is done otherwise; its file, where it has one, is read when it runs. */
export function inspectTask(
  step: TaskStep,
  path: string,
  images: ReadonlySet<string>,
  findings: Findings
): void {
  if ((step.file === undefined) === (step.config === undefined)) {
    const found = step.file === undefined ? 'neither' : 'both'
    findings.error('file-or-config', path, `found ${found} of file and config, expected one of them`)
  }
  if (step.file !== undefined && !/^[^/]+\/./.test(step.file)) {
    findings.error('task-file', `${path}.file`, `found ${step.file}, expected <artifact>/<path>`)
  }
  if (step.privileged === true) {
    findings.notice('privileged', path, 'runs with the rights of this user, not privileged')
  }
  if (step.container_limits !== undefined) findings.notice('limits', path, 'runs without container limits')
  for (const [input, artifact] of Object.entries(step.input_mapping ?? {})) {
    if (images.has(artifact)) imageAsInput(`${path}.input_mapping.${input}`, artifact, findings)
  }
  if (step.config !== undefined) inspectConfig(step.config, step, path, images, findings)
}

function inspectConfig(
  config: TaskConfig,
  step: TaskStep,
  path: string,
  images: ReadonlySet<string>,
  findings: Findings
): void {
  for (const { name } of config.inputs ?? []) {
    if (images.has(name) && step.input_mapping?.[name] === undefined) imageAsInput(path, name, findings)
  }
  for (const problem of problemsOf(config)) findings.error('not-here', `${path}.config`, problem)
  for (const notice of noticesOf(config)) findings.notice('otherwise', path, notice)
}

function imageAsInput(path: string, artifact: string, findings: Findings): void {
  const message = `${artifact} is an image, which is not fetched on this machine, so a task can't read it`
  findings.error('image-as-input', path, message)
}

/** What of a task this machine can't do at all. */
export function problemsOf(config: TaskConfig): readonly string[] {
  const problems: string[] = []
  if (config.platform !== herePlatform && config.platform !== 'linux') {
    problems.push(`platform: found ${config.platform}, and this machine is ${herePlatform}`)
  }
  const places = [...(config.inputs ?? []), ...(config.outputs ?? []), ...(config.caches ?? [])]
  for (const { path } of places) {
    try {
      mountPath(path ?? '')
    } catch (thrown) {
      problems.push(messageOf(thrown))
    }
  }
  if (config.run?.path === undefined)
    problems.push('run.path: found none, and there is no image whose entrypoint could run')
  return problems
}

/** What of a task is done otherwise than in a container. */
export function noticesOf(config: TaskConfig): readonly string[] {
  const notices: string[] = []
  const user = config.run?.user
  if (user !== undefined && user !== userInfo().username) {
    notices.push(`runs as ${userInfo().username}, not as ${user}`)
  }
  if (config.container_limits !== undefined) notices.push('runs without container limits')
  if (config.platform === 'linux' && herePlatform !== 'linux') {
    notices.push(`is for linux, and runs on ${herePlatform}`)
  }
  return notices
}
