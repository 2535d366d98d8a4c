import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values } = parseArgs({
  options: { 'kubo-deployment': { type: 'string' }, 'cf-deployment': { type: 'string' } }
})
const from = mkdtempSync(join(tmpdir(), 'causeway-try-'))
const records = mkdtempSync(join(tmpdir(), 'causeway-records-'))
const run = (program, ...args) => spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })
const bosh = run('bosh', '--version').status === 0

// The lab's record and version set, with a small CF and the version of kubo-release that is tried.
const copied = path => readFileSync(join(root, 'env', path), 'utf8')
mkdirSync(join(records, 'versions'))
writeFileSync(join(records, 'lab.yml'), `${copied('lab.yml')}\ncf: { small: true }\n`)
const pin = version =>
  writeFileSync(
    join(records, 'versions/lab.yml'),
    copied('versions/lab.yml').replace(/kubo-release: .*/, `kubo-release: { version: '${version}' }`)
  )

await buildIfStale(root)
const { runCommandLine } = await import(pathToFileURL(join(root, 'dist/src/cli/main.js')).href)

/** What the command says, in this process: hundreds of starts would take longer than all of the work. */
async function causeway(...args) {
  const said = { out: '', err: '' }
  const code = await runCommandLine(args, {
    root,
    env: { ...process.env, CAUSEWAY_RECORDS: records },
    redactor: { redact: text => text },
    out: text => (said.out += text),
    err: text => (said.err += text)
  })
  return { ...said, code }
}

/** Ops files and verdict of one version. */
async function attempt(deployment, repository, tag, file) {
  for (const path of [file, 'manifests/ops-files/use-runtime-config-bosh-dns.yml']) {
    rmSync(join(from, path), { force: true })
    const { status, stdout } = run('git', '-C', repository, 'show', `${tag}:${path}`)
    mkdirSync(dirname(join(from, path)), { recursive: true })
    if (status === 0) writeFileSync(join(from, path), stdout)
  }
  const release = /^- name: kubo\n(?: .*\n)*? {2}version: "?([\d.]+)/m.exec(
    readFileSync(join(from, file), 'utf8')
  )?.[1]
  pin(release ?? (deployment === 'cfcr' ? tag.slice(1) : '0.44.0'))
  const flags = ['--env', 'lab', '--from', from, '--format', 'json']
  const made = await causeway('manifest', deployment, ...flags)
  if (made.code !== 0) return { ops: '', verdict: made.err.split('\n')[0] }
  const { ops, vars, manifest } = JSON.parse(made.out)
  writeFileSync(join(from, 'vars.json'), JSON.stringify(vars))
  const paths = ops.flatMap(({ file: name }) => [
    '-o',
    name.includes('/') ? join(from, name) : join(root, 'ops', deployment, name)
  ])
  const same =
    bosh &&
    run('bosh', 'interpolate', join(from, file), ...paths, '-l', join(from, 'vars.json')).stdout === manifest
  return {
    ops: ops.map(({ file: name }) => `\`${name.replace(/^.*\//, '').replace('.yml', '')}\``).join(' '),
    verdict: !bosh
      ? 'complete'
      : same
        ? 'complete, and bosh makes the same'
        : 'complete, BUT BOSH MAKES ANOTHER'
  }
}

/** A row for each run of versions that are alike. */
async function table(deployment, repository, wanted, file) {
  const tags = run('git', '-C', repository, 'tag', '--sort=version:refname')
    .stdout.split('\n')
    .filter(tag => wanted.test(tag))
  const rows = []
  for (const tag of tags) {
    const { ops, verdict } = await attempt(deployment, repository, tag, file)
    const last = rows.at(-1)
    if (last?.ops === ops && last.verdict === verdict) last.tags.push(tag)
    else rows.push({ tags: [tag], ops, verdict })
    process.stderr.write(`${tag} ${verdict}\n`)
  }
  const lines = rows.map(
    ({ tags: [first, ...others], ops, verdict }) =>
      `| ${others.length === 0 ? first : `${first} – ${others.at(-1)}`} | ${others.length + 1} | ${ops} | ${verdict} |`
  )
  return ['| versions | tags | ops files | result |', '| --- | --- | --- | --- |', ...lines].join('\n')
}

const wanted = [
  ['CFCR', 'cfcr', values['kubo-deployment'], /^v0\.(1[789]|[234]\d)\.\d+$/, 'manifests/cfcr.yml'],
  ['cf-deployment', 'cf', values['cf-deployment'], /^v([5-9]|[1-5]\d)\.\d+\.\d+$/, 'cf-deployment.yml']
]
const sections = []
for (const [title, ...rest] of wanted.filter(([, , repository]) => repository !== undefined)) {
  sections.push(`## ${title}\n\n${await table(...rest)}\n`)
}
for (const folder of [from, records]) rmSync(folder, { recursive: true })
writeFileSync(
  join(root, 'docs/manifests.md'),
  `# Manifests tried

Made by \`scripts/try-manifests --kubo-deployment CHECKOUT --cf-deployment CHECKOUT\`${bosh ? ', and compared with `bosh interpolate`' : ''}. *Complete* is a manifest without Flannel, with SILK's jobs, links and certificates, where no var is open, no range overlaps another and no mark bit another.

${sections.join('\n')}`
)
