import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TaskSignature } from '../concourse/signature.ts'

/** Variables by which a shell or a program tells all that it does, what it was given included. */
const talkative =
  /^(SHELLOPTS|BASHOPTS|BASH_ENV|BASH_XTRACEFD|ENV|PS4|BBL_DEBUG|BOSH_LOG_LEVEL|BOSH_LOG_PATH|CF_TRACE|CREDHUB_DEBUG|TF_LOG\w*|GIT_TRACE\w*|GIT_CURL_VERBOSE)$/

/**
 * The environment of every program that a task starts: that of the task, without its params, since no child inherits a
 * secret that it was not given; without what makes a program talk of them; with a home and a folder for temporary files in
 * the task's scratch, since what programs leave there (keys, tokens, caches) must go with the task.
 */
export async function environmentFor(
  task: TaskSignature,
  env: Readonly<Record<string, string | undefined>>,
  scratch: string
): Promise<Record<string, string>> {
  const kept = Object.entries(env).filter(
    ([name, value]) => value !== undefined && !(name in task.params) && !talkative.test(name)
  )
  const own = { HOME: join(scratch, 'home'), TMPDIR: join(scratch, 'tmp') }
  for (const folder of Object.values(own)) await mkdir(folder, { mode: 0o700 })
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...own }
}
