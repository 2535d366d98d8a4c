import { ProgramFailed, type Programs } from './exec.ts'
import { UpstreamError, type NoAnswer } from './upstream-error.ts'

export interface RemoteTag {
  readonly name: string
  /** The commit that it means, also where the tag is an object of its own. */
  readonly commit: string
}

/** What a repository elsewhere says of its refs, without a clone and without any quota. Failures are UpstreamErrors. */
export interface GitRemote {
  tags(uri: string): Promise<readonly RemoteTag[]>
  /** The newest commit of a branch. */
  branch(uri: string, name: string): Promise<string>
}

const env = {
  // A repository that is not there asks for a password at GitHub.
  GIT_TERMINAL_PROMPT: '0',
  GIT_HTTP_LOW_SPEED_LIMIT: '1',
  GIT_HTTP_LOW_SPEED_TIME: '20',
  LC_ALL: 'C'
}

export function createGitRemote(programs: Programs): GitRemote {
  const list = async (uri: string, ...args: readonly string[]): Promise<readonly (readonly string[])[]> => {
    const command = { program: 'git', args: ['ls-remote', ...args], env, echo: false, announce: false }
    try {
      const { stdout } = await programs.run(command)
      return stdout
        .split('\n')
        .filter(line => line !== '')
        .map(line => line.split('\t'))
    } catch (thrown) {
      throw thrown instanceof ProgramFailed ? (refusal(uri, thrown) ?? thrown) : thrown
    }
  }
  return {
    async tags(uri) {
      const commits = new Map<string, string>()
      // An annotated tag has two lines; the second, `^{}`, is the commit.
      for (const [commit = '', ref = ''] of await list(uri, '--tags', '--', uri)) {
        commits.set(ref.replace(/^refs\/tags\//, '').replace(/\^\{\}$/, ''), commit)
      }
      return [...commits].map(([name, commit]) => ({ name, commit }))
    },
    async branch(uri, name) {
      const [line] = await list(uri, '--', uri, `refs/heads/${name}`)
      if (line?.[0] !== undefined) return line[0]
      throw new UpstreamError('absent', `${uri}: found no branch ${name}, expected one`, {
        hint: 'name a branch that the repository has'
      })
    }
  }
}

/** The words of git and of libcurl, in English (git 2.39). */
const words: readonly (readonly [NoAnswer, RegExp, string])[] = [
  ['rate-limited', /error: 429/, 'try again in some minutes'],
  ['tls', /certificate|SSL|TLS/, 'trust the certificate of your proxy with GIT_SSL_CAINFO'],
  ['server-error', /error: 5\d\d/, 'try again later'],
  ['forbidden', /error: 403|Permission denied/, 'look whether that repository is open to this machine'],
  [
    'absent',
    /not found|does not exist|does not appear to be a git repository|could not read Username|error: 404/i,
    'look whether it was renamed or made private, and correct its address'
  ],
  [
    'network',
    /Could not resolve|unable to access|timed? ?out|Connection|early EOF|hung up|Failed to connect/i,
    'look whether this machine reaches that host, and whether a proxy is needed'
  ]
]

function refusal(uri: string, { stderr }: ProgramFailed): UpstreamError | undefined {
  const found = words.find(([, pattern]) => pattern.test(stderr))
  if (found === undefined) return undefined
  const [reason, pattern, hint] = found
  const line = stderr.split('\n').find(text => pattern.test(text)) ?? stderr
  return new UpstreamError(reason, `${uri}: found ${line.trim()}, expected its tags and branches`, { hint })
}
