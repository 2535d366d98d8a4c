import { job } from '../../src/concourse/job.ts'
import { pipeline, type NamedPipeline } from '../../src/concourse/pipeline.ts'
import { git, pool, registryImage, resource, time } from '../../src/concourse/resources.ts'
import type { TaskSignature } from '../../src/concourse/signature.ts'
import { attempt, get, inOrder, inParallel, put } from '../../src/concourse/steps.ts'
import { tasksFrom } from '../../src/concourse/task-step.ts'
import { variable } from '../../src/concourse/variable.ts'
import { Duration } from '../../src/core/duration.ts'

export const deploy = {
  name: 'deploy',
  doc: 'Deploys.',
  image: 'toolbox',
  inputs: { state: { doc: 'State.' }, extras: { doc: 'More.', optional: true } },
  outputs: { manifest: { doc: 'What was deployed.' } },
  params: {
    ENVIRONMENT: { doc: 'Name.' },
    PASSWORD: { doc: 'Secret.', secret: true },
    MODE: { doc: 'How.', choices: ['fast', 'safe'], default: 'safe' },
    COUNT: { doc: 'How many.', type: 'number', default: 3 },
    DRY: { doc: 'Whether not to.', type: 'boolean', default: false },
    OPS: { doc: 'Ops files.', type: 'list', default: ['a.yml', 'b.yml'] },
    NOTE: { doc: 'A remark.', optional: true }
  },
  caches: ['.cache'],
  timeout: Duration.minutes(28)
} as const satisfies TaskSignature

export const report = {
  name: 'report',
  doc: 'Reports.',
  image: 'toolbox',
  inputs: { manifest: { doc: 'What was deployed.' } },
  outputs: {},
  params: {},
  timeout: Duration.minutes(3)
} as const satisfies TaskSignature

/** A pipeline with every step and modifier of the model, and most keys. */
export function sample(): NamedPipeline {
  const programs = git('programs', { uri: 'https://git.example.com/causeway.git', branch: 'published' })
  const state = git('state', {
    uri: 'git@git.example.com:state.git',
    branch: 'main',
    privateKey: variable('git.private_key')
  })
  const toolbox = registryImage('toolbox', { repository: 'registry.example.com/toolbox', tag: '1.10' })
  const lock = pool('lock', { uri: 'https://git.example.com/locks.git', branch: 'main', pool: 'lab' })
  const nightly = time('nightly', { start: '1:30', stop: '2:30', location: 'Europe/Berlin' })
  const chat = resource('chat', 'chat-notification', { url: variable('chat.url') }, { checkEvery: 'never' })

  const image = get(toolbox, { params: { format: 'oci' } })
  const bundles = get(programs, { trigger: true })
  const stateGot = get(state, { as: 'env-state', version: 'every' })
  const task = tasksFrom({ from: bundles, images: { toolbox: image } })
  const deployed = task(deploy, {
    inputs: { state: stateGot },
    params: { ENVIRONMENT: 'play-fern', PASSWORD: variable('cf.password'), DRY: true },
    outputs: { manifest: 'cf-manifest' },
    attempts: 2,
    onFailure: put(chat, { params: { text: 'It failed.\nLook at the build.\n' }, noGet: true }),
    ensure: put(state, { inputs: [stateGot], params: { repository: 'env-state' }, attempts: 3 })
  })
  const build = job(
    'deploy',
    [
      get(nightly, { trigger: true, timeout: Duration.minutes(5) }),
      put(lock, { params: { acquire: true }, timeout: Duration.hours(4) }),
      inParallel([image, bundles, stateGot], { limit: 2, failFast: true, timeout: Duration.minutes(10) }),
      deployed,
      attempt(task(report, { inputs: { manifest: deployed.outputs.manifest } })),
      inOrder([put(state, { as: 'state-again', params: { repository: 'env-state' }, noGet: true })])
    ],
    {
      serial: true,
      buildLogRetention: { builds: 50 },
      onAbort: put(chat, { as: 'say-aborted', params: { text: 'aborted' }, noGet: true }),
      ensure: put(lock, { as: 'unlock', params: { release: 'lock' }, noGet: true })
    }
  )
  const smoke = job('smoke', [
    get(state, { passed: [build], trigger: true }),
    {
      kind: 'task',
      name: 'probe',
      config: {
        platform: 'linux',
        image_resource: { type: 'registry-image', source: { repository: 'busybox', tag: '1.36' } },
        inputs: [{ name: 'state', path: 'in' }],
        params: { N: 'no', MODE: '0755', EMPTY: null },
        run: { path: 'sh', args: ['-euc', 'ls in\ntest -s in/state.json\n'] },
        container_limits: { cpu: 512, memory: '1GB' }
      },
      privileged: true
    }
  ])
  return pipeline('sample', {
    jobs: [build, smoke],
    groups: [{ name: 'all', jobs: ['*'] }],
    resourceTypes: [
      {
        name: 'chat-notification',
        type: 'registry-image',
        source: { repository: 'registry.example.com/chat', tag: '2.0' },
        check_every: '24h'
      }
    ]
  })
}
