import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values } = parseArgs({
  options: { 'kubo-deployment': { type: 'string' }, 'cf-deployment': { type: 'string' } }
})
const from = mkdtempSync(join(tmpdir(), 'causeway-try-'))
const run = (program, ...args) => spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })
const bosh = run('bosh', '--version').status === 0

/** Ops files and verdict of one version. */
function attempt(deployment, repository, tag, file, more) {
  for (const path of [file, 'manifests/ops-files/use-runtime-config-bosh-dns.yml']) {
    rmSync(join(from, path), { force: true })
    const { status, stdout } = run('git', '-C', repository, 'show', `${tag}:${path}`)
    mkdirSync(dirname(join(from, path)), { recursive: true })
    if (status === 0) writeFileSync(join(from, path), stdout)
  }
  const release = /^- name: kubo\n(?: .*\n)*? {2}version: "?([\d.]+)/m.exec(
    readFileSync(join(from, file), 'utf8')
  )?.[1]
  const version = deployment === 'cfcr' ? ['--release', `${release ?? tag.slice(1)}+silk.1`] : []
  const made = run(
    join(root, 'scripts/causeway'),
    'manifest',
    deployment,
    '--env',
    'lab',
    '--from',
    from,
    '--format',
    'json',
    ...version,
    ...more
  )
  if (made.status !== 0) return { ops: '', verdict: made.stderr.split('\n')[0] }
  const { ops, vars, manifest } = JSON.parse(made.stdout)
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
function table(deployment, repository, wanted, file, ...more) {
  const tags = run('git', '-C', repository, 'tag', '--sort=version:refname')
    .stdout.split('\n')
    .filter(tag => wanted.test(tag))
  const rows = []
  for (const tag of tags) {
    const { ops, verdict } = attempt(deployment, repository, tag, file, more)
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

const sections = [
  ['CFCR', 'cfcr', values['kubo-deployment'], /^v0\.(1[789]|[234]\d)\.\d+$/, 'manifests/cfcr.yml'],
  [
    'cf-deployment',
    'cf',
    values['cf-deployment'],
    /^v([5-9]|[1-5]\d)\.\d+\.\d+$/,
    'cf-deployment.yml',
    '--small'
  ]
]
  .filter(([, , repository]) => repository !== undefined)
  .map(([title, ...rest]) => `## ${title}\n\n${table(...rest)}\n`)
rmSync(from, { recursive: true })
writeFileSync(
  join(root, 'docs/manifests.md'),
  `# Manifests tried

Made by \`scripts/try-manifests --kubo-deployment CHECKOUT --cf-deployment CHECKOUT\`${bosh ? ', and compared with `bosh interpolate`' : ''}. *Complete* is a manifest without Flannel, with SILK's jobs, links and certificates, where no var is open, no range overlaps another and no mark bit another.

${sections.join('\n')}`
)
