import { isAbsolute, join } from 'node:path'
import type { ProgramEdge } from '../common/program.ts'
import { BblError } from './bbl-error.ts'
import { credentialFlags } from './iaas.ts'

/** What may stand anywhere on a command line of bbl (bbl v9.0.48, config/global_flags.go). */
export interface Globals {
  readonly help: boolean
  readonly debug: boolean
  readonly version: boolean
  readonly noConfirm: boolean
  /** Absolute. */
  readonly stateDir: string
  /** From `--name`, not from the environment. */
  readonly name: string
  readonly iaas: string
  /** Flags and variables that hold what an IaaS wants to know, by flag. */
  readonly credentials: Readonly<Record<string, string>>
}

interface Flag {
  readonly short?: string
  readonly env?: string
  readonly isSwitch?: boolean
}

const flags: Readonly<Record<string, Flag>> = {
  help: { short: 'h', isSwitch: true },
  debug: { short: 'd', env: 'BBL_DEBUG', isSwitch: true },
  version: { short: 'v', isSwitch: true },
  'no-confirm': { short: 'n', isSwitch: true },
  'state-dir': { short: 's', env: 'BBL_STATE_DIRECTORY' },
  'state-bucket': { env: 'BBL_STATE_BUCKET' },
  name: {},
  iaas: { env: 'BBL_IAAS' },
  'terraform-binary': { env: 'BBL_TERRAFORM_BINARY' },
  'disable-tf-auto-approve': { env: 'BBL_DISABLE_TF_AUTO_APPROVE', isSwitch: true },
  ...Object.fromEntries(credentialFlags.map(flag => [flag, { env: variableOf(flag) }]))
}

/** `aws-region` is also `BBL_AWS_REGION`. */
function variableOf(flag: string): string {
  return `BBL_${flag.toUpperCase().replaceAll('-', '_')}`
}

/** Takes the global flags out of a command line. What it does not know is left for the command. */
export function readGlobals({ args, env, cwd }: ProgramEdge): { globals: Globals; rest: readonly string[] } {
  const given = new Map<string, string>()
  const rest: string[] = []
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    const [, dashes = '', word = '', attached] = /^(--?)([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(arg) ?? []
    const name = dashes === '--' ? word : longName(word)
    const flag = name === undefined ? undefined : flags[name]
    if (name === undefined || flag === undefined) rest.push(arg)
    else if (flag.isSwitch === true) given.set(name, 'true')
    else {
      const value = attached ?? args[(index += 1)]
      if (value === undefined) throw new BblError(`expected argument for flag \`${shown(name, flag)}'`)
      given.set(name, value)
    }
  }
  const text = (name: string): string => given.get(name) ?? env[flags[name]?.env ?? ''] ?? ''
  const isOn = (name: string): boolean => !['', 'false', '0'].includes(text(name))
  const stateDir = text('state-dir')
  const globals = {
    help: isOn('help'),
    debug: isOn('debug'),
    version: isOn('version'),
    noConfirm: isOn('no-confirm'),
    stateDir: isAbsolute(stateDir) ? stateDir : join(cwd, stateDir),
    name: text('name'),
    iaas: text('iaas'),
    credentials: Object.fromEntries(credentialFlags.map(flag => [flag, text(flag)]))
  }
  return { globals, rest }
}

function longName(short: string): string | undefined {
  return Object.keys(flags).find(name => flags[name]?.short === short)
}

function shown(name: string, { short }: Flag): string {
  return short === undefined ? `--${name}` : `-${short}, --${name}`
}
