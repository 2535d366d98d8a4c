import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProgramFailed, pasteable } from '../../src/tools/exec.ts'
import { stateSecrets } from '../../src/tools/state-secrets.ts'
import { fakePrograms } from './fake-programs.ts'

async function failureOf(work: Promise<unknown>): Promise<ProgramFailed> {
  const thrown: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (thrown instanceof ProgramFailed) return thrown
  throw new Error(`expected ProgramFailed, got ${String(thrown)}`)
}

describe('a program', () => {
  it('gets each argument as one value, whatever is in it', async () => {
    const { programs } = fakePrograms()
    const args = [
      'a b',
      '$(touch x)',
      "it's",
      '',
      '\n',
      '*',
      '~',
      '$HOME',
      'a\\b',
      '`id`',
      '!',
      '--',
      'ü',
      ';',
      '"q"'
    ]
    const { stdout } = await programs.run({ program: 'recorder', args })
    expect(stdout).toBe(args.map(argument => `[${argument}]`).join(''))
  })

  it('gets random arguments unchanged', async () => {
    const { programs } = fakePrograms()
    // NUL can't stand in an argument of any program.
    const argument = fc.string({ unit: 'binary', maxLength: 20 }).filter(text => !text.includes('\0'))
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { maxLength: 4 }), async args => {
        const { stdout } = await programs.run({ program: 'recorder', args, echo: false })
        expect(stdout).toBe(args.map(text => `[${text}]`).join(''))
      }),
      { numRuns: 30 }
    )
  })

  it('fails with command, exit code and the last 20 lines of standard error', async () => {
    const { programs } = fakePrograms()
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`)
    const env = { FAKE_EXIT: '3', FAKE_STDERR: lines.join('\n') }
    const failure = await failureOf(programs.run({ program: 'recorder', args: ['deploy', 'a b'], env }))
    expect(failure.message).toBe(`recorder deploy 'a b': exit code 3\n${lines.slice(-20).join('\n')}`)
    expect(failure.exitCode).toBe(4)
    expect(failure.exitCodeOfProgram).toBe(3)
  })

  it('shows no secret: not in the log, not in the command of a failure, not in its standard error', async () => {
    const { programs, redactor, logged } = fakePrograms()
    redactor.add('hunter22')
    const env = { FAKE_EXIT: '1', FAKE_STDERR: 'bad password hunter22' }
    const failure = await failureOf(programs.run({ program: 'recorder', args: ['hunter22'], env }))
    expect(failure.message).toContain('((redacted))')
    expect(failure.message + failure.stderr + logged()).not.toContain('hunter22')
  })

  it('starts nothing that has a secret among its arguments, where that is asked for', async () => {
    const { programs, redactor, logged } = fakePrograms({ secretArguments: 'refuse' })
    redactor.add('hunter22-long')
    const refused = programs.run({ program: 'recorder', args: ['-v', 'password=hunter22-long'] })
    await expect(refused).rejects.toMatchObject({
      outcome: 'refused',
      message: expect.stringMatching(/^recorder -v password=\(\(redacted\)\): found a secret/) as unknown
    })
    expect(logged()).toBe('')
  })

  it('gives away no secret that it was handed in its environment', async () => {
    const { programs, logged } = fakePrograms()
    const env = {
      BOSH_CLIENT_SECRET: 'for-the-director',
      JUMPBOX_PRIVATE_KEY: '/tmp/key',
      BOSH_CLIENT: 'somebody'
    }
    await programs.run({ program: 'sh', args: ['-c', 'env >&2'], env })
    expect(logged()).toContain('BOSH_CLIENT_SECRET=((redacted))')
    expect(logged()).toContain('JUMPBOX_PRIVATE_KEY=/tmp/key\n')
    expect(logged()).toContain('BOSH_CLIENT=somebody\n')
  })

  it('shows no secret that it makes and writes, while it runs and when it fails', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'state-'))
    const { programs, redactor, logged } = fakePrograms()
    redactor.watch('state', () => stateSecrets(folder))
    const script = `mkdir vars
for n in 1 2 3 4 5; do
  echo "key_$n: generated-secret-$n" >>vars/director-vars-store.yml
  echo "made generated-secret-$n"
  echo "in base64: $(printf 'generated-secret-%s' $n | base64)" >&2
done
exit 1`
    const running = programs.run({ program: 'sh', args: ['-c', script], cwd: folder })
    const failure = await failureOf(running)
    expect(logged().match(/^made \(\(redacted\)\)$/gm)).toHaveLength(5)
    expect(logged().match(/^in base64: \(\(redacted\)\)$/gm)).toHaveLength(5)
    expect(failure.stderr.match(/^in base64: \(\(redacted\)\)$/gm)).toHaveLength(5)
  })

  it('tears no secret apart that comes in pieces, with words on the other stream between', async () => {
    const { programs, redactor, logged } = fakePrograms()
    redactor.add('one-long-secret')
    const script =
      'printf one-; sleep 0.05; printf "noise\\n" >&2; sleep 0.05; printf "long-sec"; sleep 0.05; echo ret'
    await programs.run({ program: 'sh', args: ['-c', script] })
    expect(logged().split('\n').slice(1)).toEqual(['noise', '((redacted))', ''])
  })

  it('says that a program is missing, and what to do', async () => {
    const { programs } = fakePrograms()
    const failure = await failureOf(programs.run({ program: 'no-such-program', args: [] }))
    expect(failure.message).toContain('no-such-program was not found on PATH')
    expect(failure.hint).toBe('install no-such-program, or put its folder on PATH')
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('is ended by the signal that ended us: %s', async signal => {
    const stopping = new AbortController()
    const { programs } = fakePrograms({ signal: stopping.signal })
    const running = failureOf(programs.run({ program: 'sleeper', args: [] }))
    setTimeout(() => stopping.abort(signal), 200)
    const failure = await running
    expect(failure.message).toContain(`ended by us (${signal})`)
    expect(failure.stderr).toContain(`got ${signal}`)
  })

  it.each(['SIGTERM', 'SIGINT', 'deadline'])(
    'that ends by what it starts sees that interrupted, and fails by itself: %s',
    async reason => {
      const stopping = new AbortController()
      const { programs, logged } = fakePrograms({ signal: stopping.signal })
      const script = 'sleeper; echo "it ended" >&2; exit 7'
      const running = failureOf(programs.run({ program: 'sh', args: ['-c', script], ending: 'parts' }))
      await expect.poll(logged).toContain('started')
      stopping.abort(reason)
      const failure = await running
      expect(failure.stderr).toBe('got SIGINT\nit ended\n')
      expect(failure.exitCodeOfProgram).toBe(7)
    }
  )

  it('is killed when it does not go', async () => {
    const stopping = new AbortController()
    const { programs } = fakePrograms({ signal: stopping.signal })
    const running = failureOf(programs.run({ program: 'stubborn', args: [] }))
    setTimeout(() => stopping.abort('SIGTERM'), 200)
    expect((await running).message).toContain('ended by us (SIGTERM)')
  })

  it('is not started once we are told to end', async () => {
    const { programs, logged } = fakePrograms({ signal: AbortSignal.abort('SIGTERM') })
    const failure = await failureOf(programs.run({ program: 'recorder', args: [] }))
    expect(failure.message).toBe('recorder: not started (SIGTERM)')
    expect(logged()).toBe('')
  })

  it('reads what it is given on standard input', async () => {
    const { programs } = fakePrograms()
    expect((await programs.run({ program: 'cat', args: [], input: 'kind: Pod\n' })).stdout).toBe(
      'kind: Pod\n'
    )
  })

  it('may leave what it is given unread', async () => {
    const { programs } = fakePrograms()
    const input = 'x'.repeat(1 << 20)
    await programs.run({ program: 'true', args: [], input })
    const failure = await failureOf(programs.run({ program: 'false', args: [], input }))
    expect(failure.exitCodeOfProgram).toBe(1)
  })

  it('is not led astray by what a person has for the shell', async () => {
    const home = await mkdtemp(join(tmpdir(), 'home-'))
    await writeFile(join(home, '.bashrc'), 'echo from bashrc; exit 9\n')
    const { programs } = fakePrograms({ env: { HOME: home } })
    expect((await programs.run({ program: 'cat', args: [], input: 'x' })).stdout).toBe('x')
  })

  it('is shown as a person can paste it', () => {
    expect(pasteable({ program: 'bosh', args: ['-v', "a='b c'"], cwd: '/state dir' })).toBe(
      `(cd '/state dir' && bosh -v 'a='\\''b c'\\''')`
    )
  })
})
