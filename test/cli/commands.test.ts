import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { CommandLine } from './command-line.ts'

let line: CommandLine

beforeEach(async () => {
  line = await CommandLine.open()
})

describe('the command line', () => {
  it('says its version', async () => {
    expect(await line.run('--version')).toEqual({ code: 0, out: 'causeway 0.1.0\n', err: '' })
  })

  it('has an example in the help of each command', async () => {
    const { out } = await line.run('--help')
    const commands = [...out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? '')
    expect(commands).toEqual(
      expect.arrayContaining(['emit', 'publish', 'check', 'plan', 'repave', 'teardown', 'smoke', 'task'])
    )
    for (const command of commands.filter(name => name !== 'help' && name !== 'task')) {
      const help = await line.run(command, '--help')
      expect(help.code).toBe(0)
      expect(help.out, command).toMatch(/Examples?:\n {2}causeway /)
    }
  })

  it.each([
    [['repaev', 'lab'], 'Did you mean repave?'],
    [['emit', '--evn', 'lab'], 'Did you mean --env?'],
    [['repave'], "missing required argument 'environment'"],
    [['emit', '--format', 'yaml'], 'Allowed choices are text, json']
  ])('says what is wrong with %j, with exit code 2', async (args, message) => {
    const { code, err } = await line.run(...args)
    expect(code).toBe(2)
    expect(err).toContain(message)
  })
})

describe('causeway check', () => {
  it('finds nothing in our own pipelines', async () => {
    expect(await line.run('check')).toMatchObject({ code: 0, out: '', err: 'no findings\n' })
  })

  it('finds what is wrong in a file, all at once, with places', async () => {
    const file = join(line.folder, 'bad.yml')
    const text =
      'resources:\n- {name: repo, type: git, source: {uri: x}}\njobs:\n- name: test\n  plan:\n  - get: repo\n  - task: unit\n    file: rpo/unit.yml\n  - put: nowhere\n'
    await writeFile(file, text)
    const { code, out } = await line.run('check', file, '--format', 'json')
    const { findings } = JSON.parse(out) as { findings: Record<string, unknown>[] }
    expect(code).toBe(3)
    expect(findings).toContainEqual(expect.objectContaining({ severity: 'error', file, line: 9 }))
    expect(findings.length).toBeGreaterThan(1)
    for (const finding of findings)
      expect(finding).toMatchObject({ path: expect.stringContaining('jobs.test') as string })
  })

  it('says that a file is not there', async () => {
    const { code, err } = await line.run('check', 'no-such.yml')
    expect(code).toBe(2)
    expect(err).toContain('no-such.yml: found no such file, expected a file')
  })
})

describe('causeway task', () => {
  it('shows inputs, outputs and params', async () => {
    const { code, out } = await line.run('task', 'pave-infrastructure', '--help')
    expect(code).toBe(0)
    expect(out).toMatch(/Inputs:\n {2}state .*\n {2}bucc /)
    expect(out).toMatch(/Outputs:\n {2}state /)
    expect(out).toMatch(/DIRECTOR .*one of bucc, plain/)
  })

  it('lists the tasks', async () => {
    const { out } = await line.run('task')
    expect(out).toMatch(/^claim-environment +Claims the environment/m)
  })

  it('says all that is misspelt, and offers the nearest name', async () => {
    const { code, err } = await line.run('task', 'prove-empty', '-i', 'sate=/tmp', '-p', 'ENVIRONMNT=lab')
    expect(code).toBe(3)
    expect(err).toContain('task(prove-empty).inputs.sate: found sate, expected one of state')
    expect(err).toContain('hint: did you mean ENVIRONMENT?')
    expect((await line.run('task', 'prove-emty')).err).toContain('hint: did you mean prove-empty?')
  })

  it('takes no secret from its arguments', async () => {
    const { code, err } = await line.run('task', 'claim-environment', '-p', 'LOCKS_PRIVATE_KEY=x')
    expect(code).toBe(3)
    expect(err).toContain('hint: export LOCKS_PRIVATE_KEY instead')
  })
})
