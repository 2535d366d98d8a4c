import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand, runLine, type CommandResult, type Shell } from '../../src/lab/platform/shell.ts'
import { runningState, silkCredentials } from './platform/deployed.ts'
import { cfcrManifest, cfManifest } from './platform/manifests.ts'
import { openNetwork, type TestNetwork } from './platform/network.ts'

let net: TestNetwork
let shell: Shell

beforeAll(async () => {
  const state = runningState([cfManifest(), cfcrManifest('silk_daemon')], await silkCredentials())
  net = openNetwork(() => state)
  shell = {
    network: net.network,
    origin: { kind: 'container', id: net.idOf('app-a') },
    hostname: 'a',
    env: { PORT: '8080', CF_INSTANCE_INTERNAL_IP: net.addressOf('app-a') },
    lookUp: name => (name === 'pod.test' ? net.addressOf('pod-a') : undefined)
  }
})
afterAll(() => net.close())

function line(text: string): Promise<CommandResult> {
  return runLine(shell, text)
}

describe('programs of the containers', () => {
  it('the probe says who asks', async () => {
    const { exitCode, stdout } = await line(`curl -s http://${net.addressOf('pod-a')}:8080/`)
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ peer: net.addressOf('app-a'), self: net.addressOf('pod-a') })
  })

  it.each<[string, number, RegExp]>([
    ['curl http://pod.test:8080/', 0, /^$/],
    ['curl http://pod.test:81/', 7, /^curl: \(7\)/],
    ['curl -s http://pod.test:81/', 7, /^$/],
    ['curl -sS http://pod.test:81/', 7, /^curl: \(7\)/],
    ['curl http://nobody.test/', 6, /Could not resolve host: nobody.test/],
    ['curl -m 2 http://192.0.2.1/', 28, /timed out after 2001 milliseconds/],
    ['curl', 2, /no URL/],
    ['curl --nope http://x/', 2, /--nope/],
    ['wget -qO- http://pod.test:8080/', 0, /^$/],
    ['wget -T 5 -qO- http://pod.test:81/', 1, /Connection refused/],
    ['wget -qO- http://nobody.test/', 1, /bad address 'nobody.test'/],
    ['wget -T 1 -qO- http://192.0.2.1/', 1, /timed out/],
    ['nslookup pod.test', 0, /^$/],
    ['nslookup nobody.test', 1, /can't resolve/],
    ['nope', 127, /nope: not found/],
    ['exit 3', 3, /^$/]
  ])('%s ends with %i', async (text, exitCode, stderr) => {
    expect(await line(text)).toMatchObject({ exitCode, stderr: expect.stringMatching(stderr) as string })
  })

  it('curl writes what it is asked for, and not the rest', async () => {
    expect((await line("curl -s -o /dev/null -w '%{http_code}' http://pod.test:8080/")).stdout).toBe('200')
    expect((await line("curl -s -m 1 -w '%{http_code}' http://192.0.2.1/")).stdout).toBe('000')
    expect((await line('curl -sI http://pod.test:8080/')).stdout).toBe('HTTP/1.1 200\r\n\r\n')
  })

  it('printenv knows the environment, and says what is not in it', async () => {
    expect((await line('printenv CF_INSTANCE_INTERNAL_IP')).stdout).toBe(`${net.addressOf('app-a')}\n`)
    expect((await line('printenv NOPE')).exitCode).toBe(1)
  })
})

describe('the shell', () => {
  it.each([
    ['echo a; echo b', 'a\nb\n'],
    ['true && echo yes', 'yes\n'],
    ['false && echo yes', ''],
    ['false || echo no', 'no\n'],
    ['true || echo no', ''],
    ['false && echo a || echo b', 'b\n'],
    [`echo "port $PORT" '$PORT' \\$PORT \${PORT}x`, 'port 8080 $PORT $PORT 8080x\n'],
    ['echo "a  b"   c', 'a  b c\n'],
    ['sh -c "echo in; exit 4" || echo failed', 'in\nfailed\n'],
    ['/bin/echo path', 'path\n'],
    ['echo quiet 2>/dev/null', 'quiet\n']
  ])('runs %s', async (text, stdout) => {
    expect((await line(text)).stdout).toBe(stdout)
  })

  it.each(['echo a | cat', 'echo $(hostname)', 'echo a > file', "echo 'open"])('refuses %s', async text => {
    expect(await line(text)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/^sh: syntax error/) as string
    })
  })

  it('takes words as they are where no line is given', async () => {
    expect((await runCommand(shell, ['echo', 'a; b', '$PORT'])).stdout).toBe('a; b $PORT\n')
  })
})
