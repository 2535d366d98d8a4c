// Runs every check of package.json, as many side by side as there are processors; all are run, and each shows what it found as it ends.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
// The longest first, so that the last one does not run alone.
const first = ['check:lint', 'check:types']
const names = Object.keys(scripts).filter(name => name.startsWith('check:') && !first.includes(name))
const waiting = [...first, ...names]

await Promise.all(
  Array.from({ length: Math.min(availableParallelism(), waiting.length) }, async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await check(name)
  })
)

function check(name) {
  return new Promise(done => {
    const child = spawn('npm', ['run', '--silent', name], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', text => (said += text))
    child.on('error', thrown => (said += `${thrown.message}\n`))
    child.on('close', code => {
      process.stdout.write(said)
      if (code !== 0) {
        process.stderr.write(`error: ${name}: exit code ${code}\n`)
        process.exitCode = 1
      }
      done()
    })
  })
}
