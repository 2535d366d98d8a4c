// Pipelines of any size for scripts/bench: as programs and as YAML, flat or as one chain of passed.

/** A program of `count` jobs, each with two gets, an inline task, a task by file, and a hook. */
export function generatedProgram(count, chain) {
  const passed = chain ? `...(i === 0 ? {} : { passed: [jobs[i - 1]] })` : ''
  return `import { Duration, get, git, inParallel, job, pipeline, put, registryImage, task, type Job } from 'causeway'

const repo = git('repo', { uri: 'https://git.example.com/repo.git', branch: 'main' })
const chat = git('chat', { uri: 'https://git.example.com/chat.git', branch: 'main' })
const image = registryImage('image', { repository: 'registry.example.com/image', tag: '1.0' })
const jobs: Job[] = []
for (let i = 0; i < ${count}; i += 1) {
  const source = get(repo, { trigger: true, ${passed} })
  const toolbox = get(image)
  const unit = task('unit', {
    image: toolbox,
    config: {
      platform: 'linux',
      inputs: [{ name: 'repo' }],
      outputs: [{ name: 'built' }],
      params: { NUMBER: String(i), MODE: 'fast' },
      run: { path: 'sh', args: ['-euc', \`cd repo\\n./scripts/test --number \${i}\\ncp -r out ../built\\n\`] }
    },
    timeout: Duration.minutes(30)
  })
  const ship = task('ship', {
    file: 'repo/ci/ship.yml',
    params: { TARGET: \`job-\${i}\` },
    timeout: Duration.minutes(10),
    onFailure: put(chat, { params: { repository: 'built', message: 'failed' }, timeout: Duration.minutes(5) })
  })
  jobs.push(job(\`job-\${i}\`, [inParallel([source, toolbox]), unit, ship], { serial: true }))
}
export default pipeline('generated', { jobs })
`
}
