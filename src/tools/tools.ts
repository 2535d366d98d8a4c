import { randomBytes } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import type { Log } from '../core/log.ts'
import type { Redactor } from '../core/redact.ts'
import { createBbl, withoutBblVariables, type Bbl, type BblOptions, type DirectorAccess } from './bbl.ts'
import { createBosh, type Bosh } from './bosh.ts'
import type { Cloud } from './clouds/cloud.ts'
import { openCloud, type IaasVariables } from './clouds/open-cloud.ts'
import { createCf, type Cf, type CfLogin } from './cf.ts'
import { openCheckout, type Checkout } from './checkout.ts'
import { createCredhub, type Credhub } from './credhub.ts'
import { createPrograms, ProgramFailed, type Programs } from './exec.ts'
import { createFiles, type Files } from './files.ts'
import { createGit, type Git } from './git.ts'
import { createKubectl, type Kubectl } from './kubectl.ts'
import { readReleaseTarball, type ReleaseTarball } from './release-tarball.ts'
import { stateSecrets } from './state-secrets.ts'
import { unpackLogs } from './unpack-logs.ts'

/** What a task may do to the world. Nothing is started before a task asks for it. */
export interface Tools {
  readonly files: Files
  readonly git: Git
  bbl(options: BblOptions): Bbl
  bosh(access?: DirectorAccess): Bosh
  /** The IaaS through its own program, with bbl's variables for it. */
  cloud(variables: IaasVariables): Promise<Cloud>
  credhub(access: DirectorAccess): Credhub
  cf(login: CfLogin): Cf
  kubectl(kubeconfig: string): Kubectl
  /** A git checkout of somebody else's, to ask about. */
  checkout(folder: string): Promise<Checkout>
  /** What is in a release tarball, and in some of its jobs. */
  releaseTarball(tarball: string, jobs: readonly string[]): Promise<ReleaseTarball>
  /** What a Ruby program prints of an input; undefined where there is no Ruby. */
  ruby(program: string, input: string): Promise<string | undefined>
  /** Hides the secrets in bbl's state directory from now on, and those that come to lie there. */
  hideSecretsOf(stateDir: string): void
  /** Unpacks the archives of logs in a folder, and hides known secrets in all that lies there. */
  unpackLogs(folder: string): Promise<void>
  /** A new folder that goes with the task. */
  scratch(name: string): Promise<string>
  now(): Date
  /** What a program says of its version, in its first line; `absent` where there is no such program. */
  versionOf(program: string): Promise<string>
  /** `user@host` of this process, for a lease to name. */
  readonly whoami: string
  /** The same tools, which an abort does not end: for what has to be done on every way out, and takes a moment. */
  afterwards(): Tools
  /** A short name that nobody else has. */
  unique(): string
}

export interface ToolsOptions {
  readonly env: Readonly<Record<string, string>>
  readonly log: Log
  readonly redactor: Redactor
  readonly signal: AbortSignal
  /** A folder for scratch folders, absolute. */
  readonly scratch: string
}

export function createTools(options: ToolsOptions): Tools {
  const hideSecretsOf = (stateDir: string): void => {
    redactor.watch(stateDir, () => stateSecrets(stateDir))
  }
  const programs = createPrograms({ ...options, secretArguments: 'refuse' })
  const { redactor } = options
  const redact = (text: string): string => redactor.redact(text)
  const files = createFiles(text => {
    redactor.refresh()
    return redact(text)
  })
  const secret = (value: string): void => {
    // bbl gives the jumpbox's key as the path of a file.
    if (!value.startsWith(`${options.scratch}/`)) redactor.add(value)
  }
  const bblHost = {
    programs: createPrograms({
      ...options,
      env: withoutBblVariables(options.env),
      secretArguments: 'refuse'
    }),
    files,
    scratch: `${options.scratch}/bbl`,
    secret
  }
  return {
    files,
    git: createGit(programs, files),
    hideSecretsOf,
    unpackLogs: folder => unpackLogs(programs, redact, folder),
    bbl(bblOptions) {
      hideSecretsOf(bblOptions.stateDir)
      return createBbl(bblHost, bblOptions)
    },
    bosh: access => createBosh(programs, access),
    async cloud(variables) {
      const scratch = `${options.scratch}/cloud`
      await files.makeFolder(scratch)
      return openCloud({ programs, files, scratch, variables })
    },
    credhub: access => createCredhub(programs, access, secret),
    cf: login => createCf(programs, login),
    kubectl: kubeconfig => createKubectl(programs, kubeconfig),
    checkout: folder => openCheckout(programs, folder),
    async releaseTarball(tarball, jobs) {
      const scratch = `${options.scratch}/tarball-${randomBytes(4).toString('hex')}`
      await files.makeFolder(scratch)
      return readReleaseTarball(programs, files, { tarball, jobs, scratch })
    },
    ruby: (program, input) => runRuby(programs, program, input),
    async scratch(name) {
      const folder = `${options.scratch}/${name}`
      await files.makeFolder(folder)
      return folder
    },
    afterwards: () => createTools({ ...options, signal: new AbortController().signal }),
    now: () => new Date(),
    versionOf: program => versionOf(programs, program),
    whoami: `${userInfo().username}@${hostname()}`,
    unique: () => randomBytes(4).toString('hex')
  }
}

async function runRuby(programs: Programs, program: string, input: string): Promise<string | undefined> {
  const command = { program: 'ruby', args: [program], input, echo: false, announce: false }
  try {
    return (await programs.run(command)).stdout
  } catch (thrown) {
    if (thrown instanceof ProgramFailed && thrown.exitCodeOfProgram === 127) return undefined
    throw thrown
  }
}

async function versionOf(programs: Programs, program: string): Promise<string> {
  try {
    const { stdout } = await programs.run({ program, args: ['--version'], echo: false })
    return stdout.trim().split('\n', 1)[0] ?? ''
  } catch (thrown) {
    if (thrown instanceof ProgramFailed && thrown.exitCodeOfProgram === undefined) throw thrown
    return thrown instanceof ProgramFailed && thrown.exitCodeOfProgram === 127 ? 'absent' : 'unknown'
  }
}
