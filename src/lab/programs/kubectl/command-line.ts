import { FlagError, Flags, list, on, scan, value, type Flag } from '../common/flags.ts'
import { KubectlError } from './kubectl-error.ts'

const globalFlags: readonly Flag[] = [
  value('kubeconfig', { env: 'KUBECONFIG' }),
  value('context'),
  value('server', { short: 's' }),
  value('token'),
  value('certificate-authority'),
  on('insecure-skip-tls-verify'),
  value('namespace', { short: 'n' }),
  value('request-timeout'),
  on('help', 'h')
]
const output = value('output', { short: 'o' })
const files = list('filename', { short: 'f' })
const selector = value('selector', { short: 'l' })
const allNamespaces = on('all-namespaces', 'A')
const timeout = value('timeout')

/** What the lab's kubectl can do, with the flags of the real one (kubernetes v1.17, pkg/cmd). */
const commands: Readonly<Record<string, readonly Flag[]>> = {
  version: [on('client'), on('short'), output],
  'config view': [on('raw'), on('minify'), output],
  'config current-context': [],
  'config use-context': [],
  'config set-cluster': [on('embed-certs')],
  'config set-credentials': [value('username'), value('password')],
  'config set-context': [value('cluster'), value('user'), on('current')],
  'cluster-info': [],
  get: [
    allNamespaces,
    selector,
    value('field-selector'),
    output,
    on('no-headers'),
    on('show-labels'),
    on('ignore-not-found')
  ],
  apply: [files, output, on('force')],
  create: [files, output],
  'create namespace': [output],
  delete: [
    files,
    selector,
    on('all'),
    on('ignore-not-found'),
    on('force'),
    on('now'),
    { ...value('wait'), alone: 'true' },
    value('grace-period'),
    timeout
  ],
  label: [selector, on('all'), on('overwrite')],
  wait: [value('for'), timeout, selector, on('all')],
  'rollout status': [timeout, { ...value('watch', { short: 'w' }), alone: 'true' }],
  logs: [value('container', { short: 'c' }), value('tail'), on('timestamps')],
  exec: [value('container', { short: 'c' }), on('stdin', 'i'), on('tty', 't')]
}

const aliases: Readonly<Record<string, string>> = { 'create ns': 'create namespace', log: 'logs' }

export interface KubectlLine {
  /** `get`, `rollout status`; undefined where none was given. */
  readonly command: string | undefined
  readonly flags: Flags
  readonly args: readonly string[]
  /** What stands behind `--`. */
  readonly rest: readonly string[]
}

/** Reads kubectl's command line. Throws in the words of github.com/spf13/cobra and pflag. */
export function readLine(args: readonly string[], env: Readonly<Record<string, string>>): KubectlLine {
  let known = ''
  const flagsOf = (words: readonly string[]): readonly Flag[] => {
    known = commandIn(words) ?? ''
    return [...(commands[known] ?? []), ...globalFlags]
  }
  try {
    const { given, words, rest } = scan(args, flagsOf)
    const flags = new Flags(flagsOf(words), given, env)
    const command = commandIn(words)
    const [first] = words
    if (command === undefined && first !== undefined) {
      const isGroup = Object.keys(commands).some(name => name.startsWith(`${first} `))
      const [word, of] = isGroup ? [words[1] ?? '', `kubectl ${first}`] : [first, 'kubectl']
      throw new KubectlError(`error: unknown command "${word}" for "${of}"\nRun '${of} --help' for usage.`)
    }
    return { command, flags, args: words.slice(command?.split(' ').length ?? 0), rest }
  } catch (thrown) {
    if (!(thrown instanceof FlagError)) throw thrown
    const of = known === '' ? 'kubectl' : `kubectl ${known}`
    throw new KubectlError(`error: ${wordsOf(thrown)}\nSee '${of} --help' for usage.`)
  }
}

export function commandNames(): readonly string[] {
  return Object.keys(commands).sort()
}

function commandIn(words: readonly string[]): string | undefined {
  for (const candidate of [words.slice(0, 2).join(' '), words[0] ?? '']) {
    const name = aliases[candidate] ?? candidate
    if (Object.hasOwn(commands, name)) return name
  }
  return undefined
}

function wordsOf({ problem }: FlagError): string {
  switch (problem.kind) {
    case 'unknown':
      return problem.short
        ? `unknown shorthand flag: '${problem.name}' in ${problem.argument}`
        : `unknown flag: --${problem.name}`
    case 'no-value':
      return `flag needs an argument: --${problem.flag.long}`
    case 'switch-value':
      return `invalid argument ${JSON.stringify(problem.value)} for "--${problem.flag.long}" flag: strconv.ParseBool: parsing ${JSON.stringify(problem.value)}: invalid syntax`
  }
}
