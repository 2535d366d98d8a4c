import { expect, it } from 'vitest'
import type { TaskConfig } from '../../src/concourse/model.ts'
import { scriptTooLong } from '../../src/rules/script-too-long.ts'
import { scriptWithoutErrexit } from '../../src/rules/script-without-errexit.ts'
import { shellVar } from '../../src/rules/shell-var.ts'
import { found, plan } from './found.ts'

function run(path: string, ...args: readonly string[]): string {
  return plan(`{task: t, config: {platform: linux, run: ${JSON.stringify({ path, args })}}}`)
}

const script = (text: string) => run('sh', '-ec', text)

it.each([
  'echo $(( count ))',
  'echo $((count+1))',
  'for ((i=0; i<3; i++)); do :; done',
  'echo $((.:count))',
  'git clone ((uri))',
  'uri=((uri)); git clone "$uri"',
  'echo "((name))" > name',
  'name="((name))"; if [ -n "$name" ]; then :; fi'
])('takes %s for what it is', text => {
  expect(found(shellVar, script(text))).toEqual([])
})

it.each([
  'echo $((count))',
  'x=$((end-start))',
  'echo $((total/2))',
  'count=3\nwhile ((count)); do ((count++)); done',
  'read -r n\nif ((n)); then echo n; fi',
  'for n in 1 2; do ((n)) && echo n; done'
])('finds the var in %s', text => {
  expect(found(shellVar, script(text))).toEqual(['shell-var jobs.j.plan[0].task(t).config.run.args[1]'])
})

it('takes for a var what is one outside of scripts too', () => {
  const yaml = script('echo $((count))')
  expect(found(shellVar, `${yaml}resources: [{name: r, type: t, source: {x: ((count))}}]\n`)).toEqual([])
})

const file = (config: TaskConfig) => ({ taskFile: () => config })

it('looks into task files that are at hand', () => {
  const yaml = plan('{task: t, file: r/t.yml}')
  const text = 'cd r\necho $((count))'
  const options = file({ platform: 'linux', run: { path: 'bash', args: ['-c', text] } })
  expect(found(shellVar, yaml, options)).toEqual(['shell-var jobs.j.plan[0].task(t).file'])
  expect(found(scriptWithoutErrexit, yaml, options)).toEqual([
    'warning script-without-errexit jobs.j.plan[0].task(t).file'
  ])
})

const commands = 'cd r\nmake test\nmake report\n'

it.each<[string, string]>([
  ['-e', run('bash', '-e', '-c', commands)],
  ['-e among others', run('/bin/bash', '-euxo', 'pipefail', '-c', commands)],
  ['-e with -c', run('sh', '-exc', commands)],
  ['-o errexit', run('bash', '-o', 'errexit', '-c', commands)],
  ['set -e', run('sh', '-c', `set -e\n${commands}`)],
  ['set with other options', run('sh', '-c', `# first\nset -x -o pipefail -eu\n${commands}`)],
  ['set -o errexit', run('bash', '-c', `set -o nounset; set -o errexit\n${commands}`)],
  ['a trap', run('bash', '-c', `trap 'exit 1' ERR\n${commands}`)],
  ['one command', run('sh', '-c', 'exec make test')],
  ['commands that wait for each other', run('sh', '-c', 'cd r &&\n  make test && \\\n  make report\n')],
  ['a failure that is looked at', run('sh', '-c', 'cd r || exit 1\nmake test\n')],
  ['output and assignments', run('sh', '-c', 'echo a; X=1\nexport Y="$X b"\nHALF=$(( X / 2 ))\nmake test\n')],
  ['a here-document', run('sh', '-c', 'cat > x <<EOF\nmake one\nmake two\nEOF\nmake test\n')],
  ['text with lines', run('sh', '-c', "jq '\n  .a;\n  .b\n' x.json\n")],
  ['no shell', run('python', '-c', 'import a\nimport b\n')],
  ['a script of an artifact', run('bash', 'r/ci/unit.sh')]
])('takes a script with %s', (_, yaml) => {
  expect(found(scriptWithoutErrexit, yaml)).toEqual([])
})

it.each<[string, string]>([
  ['several commands', run('sh', '-c', commands)],
  ['commands on a line', run('bash', '-c', 'cd r; make test')],
  ['options that stop nothing', run('bash', '-xuc', `set -x\n${commands}`)],
  ['-e in a comment', run('sh', '-c', `#!/bin/sh -e\n${commands}`)],
  ['the output of a command in a var', run('sh', '-c', 'version=$(cat version/number)\nmake test\n')],
  ['a shell that env finds', run('/usr/bin/env', 'bash', '-c', commands)]
])('finds a script with %s', (_, yaml) => {
  expect(found(scriptWithoutErrexit, yaml)[0]).toMatch(
    /^warning script-without-errexit jobs\.j\.plan\[0\]\.task\(t\)\.config\.run\.args\[\d\]$/
  )
})

it('finds arguments and params that Linux does not take, counted in bytes', () => {
  const most = 131_071
  const euro = '€'.repeat(Math.ceil(most / 3) + 1)
  const config: TaskConfig = {
    platform: 'linux',
    params: { A: 'a'.repeat(most - 2), B: 'a'.repeat(most - 1), C: 'a'.repeat(most) },
    run: { path: 'sh', args: ['a'.repeat(most), 'a'.repeat(most + 1), euro] }
  }
  const step = { task: 't', params: { C: 'short', D: { long: [euro] } }, config }
  expect(found(scriptTooLong, plan(JSON.stringify(step)))).toEqual([
    'script-too-long jobs.j.plan[0].task(t).config.run.args[1]',
    'script-too-long jobs.j.plan[0].task(t).config.run.args[2]',
    'script-too-long jobs.j.plan[0].task(t).params.D',
    'script-too-long jobs.j.plan[0].task(t).config.params.B'
  ])
  const elsewhere = { ...step, config: { ...config, platform: 'darwin' } }
  expect(found(scriptTooLong, plan(JSON.stringify(elsewhere)))).toEqual([])
})
