import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { standInBlobs } from './stand-in-blobs.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values } = parseArgs({
  options: { 'kubo-release': { type: 'string' }, create: { type: 'string' } }
})
const folder = mkdtempSync(join(tmpdir(), 'causeway-try-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const checkout = join(folder, 'kubo-release')

const run = (program, args, input) =>
  spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28, input })
function must(program, ...args) {
  const { status, stdout, stderr } = run(program, args)
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`)
  return stdout
}
const git = (...args) => must('git', '-C', checkout, '-c', 'user.name=a', '-c', 'user.email=a@a', ...args)
const causeway = (...args) =>
  run(join(root, 'scripts/causeway'), ['release', 'create', '--from', checkout, '--format', 'json', ...args])
const version = program => {
  const { status, stdout } = run(program, ['--version'])
  return status === 0 ? stdout.trim().split('\n')[0] : undefined
}
/** Templates times cases, of all versions. */
let rendered = 0
const hasRuby = version('ruby') !== undefined
const bosh = version('bosh')

/** The checkout as a tag has it; `git clone --shared` leaves the clone that was named alone. */
function checkOut(tag) {
  git('checkout', '--quiet', '--force', '--detach', tag)
  git('clean', '-dffxq')
}

/** What is edited in a version, and all that does not hold of it. */
function attempt(tag, others) {
  checkOut(tag)
  const problems = []
  const hold = (what, is) => {
    if (!is) problems.push(what)
  }
  if (others.length > 0) {
    const unnamed = causeway('--edit-only')
    hold(
      'it is not refused where no version is named',
      unnamed.status === 3 && unnamed.stderr.includes('--upstream')
    )
  }
  const began = performance.now()
  const [first, second] = [0, 1].map(() => causeway('--edit-only', '--upstream', tag.slice(1)))
  const took = (performance.now() - began) / 2000
  const failed = [first, second].find(({ status }) => status !== 0)
  if (failed !== undefined) return { edited: '', result: failed.stderr.split('\n')[0], took }
  const { version: made, files, written } = JSON.parse(first.stdout)
  hold(`it is ${made}`, made.startsWith(`${tag.slice(1)}+silk.`))
  hold('the second run writes', JSON.parse(second.stdout).written.length === 0)
  const paths = files.map(({ path }) => path).sort()
  hold('it does not write all that it says', written.toSorted().join() === paths.join())
  const status = git('status', '--porcelain=v1', '-z', '--untracked-files=all', '--ignored', '--no-renames')
  const changed = status.split('\0').flatMap(entry => (entry === '' ? [] : [entry.slice(3)]))
  hold('the diff is not what it says', changed.toSorted().join() === paths.join())
  for (const { path } of files.filter(({ edits }) => edits.length === 0)) {
    hold(
      `${path} is not ours`,
      readFileSync(join(checkout, path)).equals(readFileSync(join(root, 'release', path)))
    )
  }
  const edited = files.filter(({ edits }) => edits.length > 0)
  for (const { path, edits } of edited) {
    // Each edit puts lines in the place of one line, or behind it.
    const hunks = git('diff', '--unified=0', '--', path)
      .split(/^@@ .*$/m)
      .slice(1)
    hold(`${path} has ${hunks.length} edits, not ${edits.length}`, hunks.length === edits.length)
    hold(
      `${path} lost more than a line by an edit`,
      hunks.every(hunk => (hunk.match(/^-/gm) ?? []).length <= 1)
    )
  }
  const shownTemplates = hasRuby ? render(tag, files, hold) : 'not checked: ruby is not on PATH'
  const shown = edited.map(({ path }) => `\`${path.replace('jobs/', '')}\``).join(' ')
  return {
    edited: shown === '' ? 'none' : shown,
    result:
      problems.length > 0 ? `DOES NOT HOLD: ${problems.join('; ')}` : `holds; templates: ${shownTemplates}`,
    took
  }
}

/** Renders all that is ours; an edited template must give what upstream's gave, wherever upstream's own properties alone are set. */
function render(tag, files, hold) {
  const jobs = [...new Set(files.map(({ path }) => path.split('/')[1]))]
  const renderAll = textOf => {
    const asked = jobs.map(job => {
      const own = files
        .filter(({ path }) => path.startsWith(`jobs/${job}/`))
        .map(({ path }) => path.slice(6 + job.length))
      const texts = [...new Set(['spec', ...own])].map(path => [path, textOf(`jobs/${job}/${path}`)])
      return [job, { files: Object.fromEntries(texts.filter(([, text]) => text !== undefined)) }]
    })
    const known = asked.filter(([, { files: texts }]) => texts.spec !== undefined)
    const { status, stdout, stderr } = run(
      'ruby',
      [join(root, 'release/render-templates.rb')],
      JSON.stringify(Object.fromEntries(known))
    )
    hold(`ruby: ${stderr.split('\n')[0]}`, status === 0)
    return status === 0 ? JSON.parse(stdout) : {}
  }
  const ours = renderAll(path => readFileSync(join(checkout, path), 'utf8'))
  const before = renderAll(path => {
    const { status, stdout } = run('git', ['-C', checkout, 'show', `${tag}:${path}`])
    return status === 0 ? stdout : undefined
  })
  // A flag that is not given leaves a line of the command that only joins it to the next.
  const meaning = text => text?.replace(/^ *\\\n/gm, '')
  const cases = Object.entries(ours).flatMap(([job, templates]) =>
    Object.entries(templates).flatMap(([template, outcomes]) =>
      Object.entries(outcomes).map(([title, { text, error }]) => {
        const was = before[job]?.[template]?.[title]
        hold(`${job}/${template} ${title}: ${error}`, error === undefined)
        hold(
          `${job}/${template} ${title} is not what it was`,
          was === undefined || meaning(was.text) === meaning(text)
        )
      })
    )
  )
  rendered += cases.length
  return `${Object.values(ours).flatMap(job => Object.keys(job)).length} rendered`
}

/** The tarball of a version, by the real CLI. */
function create(tag) {
  if (bosh === undefined) return { result: 'not checked: bosh is not on PATH', took: 0 }
  checkOut(tag)
  standInBlobs(checkout)
  // An index without what was left out of the checkout.
  git('read-tree', '--empty')
  git('add', '--all')
  git('commit', '--quiet', '--allow-empty', '--message=stand-ins')
  git('tag', '--force', tag)
  const began = performance.now()
  const { status, stdout, stderr } = causeway(
    '--upstream',
    tag.slice(1),
    '--output',
    join(folder, 'releases')
  )
  const took = (performance.now() - began) / 1000
  if (status !== 0)
    return { result: stderr.split('\n').find(line => line.startsWith('error:')) ?? stderr, took }
  const { tarball, rendered: count } = JSON.parse(stdout)
  const templates = count === undefined ? 'not checked: ruby is not on PATH' : `${count} rendered`
  return {
    result: `\`${tarball.replace(/.*\//, '')}\`, with all that was customized; templates ${templates}`,
    took
  }
}

const seconds = list => `${list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)].toFixed(1)} s`
const table = rows => rows.map(row => `| ${row.join(' | ')} |`).join('\n')

must('git', 'clone', '--quiet', '--shared', '--no-checkout', values['kubo-release'] ?? '.', checkout)
// What others vendored is most of it, and nothing here looks at it.
git('sparse-checkout', 'set', '--no-cone', '/*', '!vendor/')
const tags = git('tag', '--sort=version:refname')
  .split('\n')
  .filter(tag => /^v0\.(1[789]|[234]\d)\.\d+$/.test(tag))
const named = new Map(tags.map(tag => [tag, git('rev-parse', `${tag}^{commit}`).trim()]))
const groups = []
for (const tag of tags) {
  const others = tags.filter(other => other !== tag && named.get(other) === named.get(tag))
  const { edited, result, took } = attempt(tag, others)
  const last = groups.at(-1)
  if (last?.edited === edited && last.result === result) last.tries.push({ tag, took })
  else groups.push({ edited, result, tries: [{ tag, took }] })
  process.stderr.write(`${tag} ${result}\n`)
}
const rows = groups.map(({ edited, result, tries }) => {
  const [{ tag: first }, last = { tag: first }] = [tries[0], tries.at(-1)]
  const shown = first === last.tag ? first : `${first} – ${last.tag}`
  return [shown, tries.length, edited, result, seconds(tries.map(({ took }) => took))]
})
const tarballs = (values.create ?? '')
  .split(',')
  .filter(tag => tag !== '')
  .map(tag => {
    const { result, took } = create(tag)
    process.stderr.write(`${tag} ${result}\n`)
    return [tag, result, took === 0 ? '' : seconds([took])]
  })
const twins = [...new Set(named.values())]
  .map(commit => tags.filter(tag => named.get(tag) === commit))
  .filter(list => list.length > 1)
  .map(list => list.join(' = '))

writeFileSync(
  join(root, 'docs/releases.md'),
  `# Releases tried

Made by \`scripts/try-releases --kubo-release CLONE\` of every final version that \`causeway release create\` customizes. *Holds* is a version in which

- the second run writes nothing, and no file differs from its tag but those that it says, ignored ones too;
- what is added is \`release/\`, byte for byte, and what is edited differs in as many places as edits are named;
- the specs can be read, and each template of ours renders with defaults, without links and with each property set${rendered === 0 ? '' : ` (${rendered} times in all)`};
- an edited template gives what upstream's gave, in each case where only upstream's own properties are set.

${table([['versions', 'tags', 'edited, besides our job', 'result', 'a run'], ['---', '---', '---', '---', '---'], ...rows])}

${twins.length === 0 ? 'No two of them are on one commit.' : `On one commit, and refused there unless one is named: ${twins.join(', ')}.`}

## Tarballs

${
  tarballs.length === 0
    ? 'Not checked: `--create` named no version.\n'
    : `Made by ${bosh === undefined ? 'no bosh' : `bosh (${bosh})`}, with a text in the place of each blob of upstream and without vendored sources: what is proved is that the release is whole for the CLI, not that its packages compile.

${table([['version', 'result', 'took'], ['---', '---', '---'], ...tarballs])}
`
}`
)
