/** The floors of the house: a room may use its own floor's groundwork and the floors below it, never one above. */
const below = {
  core: [],
  concourse: ['core'],
  manifest: ['core'],
  ops: ['core', 'manifest'],
  tools: ['core'],
  rules: ['core', 'concourse'],
  graph: ['core', 'concourse'],
  import: ['core', 'concourse'],
  connectivity: ['core', 'tools'],
  state: ['core', 'tools'],
  // blobs.yml is read as BOSH's programs read YAML.
  release: ['core', 'manifest', 'tools'],
  // Pipelines are functions of a record, so what a record means in terms of resources and params is said there.
  environment: ['core', 'concourse', 'tools'],
  task: ['core', 'concourse', 'tools'],
  runner: ['core', 'concourse', 'tools'],
  // The lab's bosh applies ops files as the Director's manifests want them.
  lab: ['core', 'manifest', 'tools'],
  report: ['core'],
  // What is pinned is said in version sets, and what watches it beside them.
  releases: ['core', 'environment', 'tools']
}

const rooms = Object.entries(below).map(([room, others]) => ({
  name: `${room}-stands-on-${others.length === 0 ? 'node-alone' : others.join('-and-')}`,
  comment: `src/${room} may import its own files${others.length === 0 ? '' : ` and those of src/${others.join(', src/')}`}, no other room.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^(src|tasks|pipelines|scripts|test)/', pathNot: `^src/(${[room, ...others].join('|')})/` }
}))

export default {
  forbidden: [
    ...rooms,
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
    },
    {
      name: 'core-is-the-ground-floor',
      comment: 'src/core stands on Node alone, so that everything may stand on it.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['npm', 'npm-dev'] }
    },
    {
      name: 'only-tools-run-programs',
      comment:
        'Programs start in src/tools. The runner starts its task containers, the lab its own service and what lives in its network, and the command line itself, each where it is named here.',
      severity: 'error',
      from: {
        path: '^(src|tasks|pipelines)/',
        pathNot:
          '^src/(tools/exec|runner/task-process|lab/(supervisor|network/(residents|resident-process|resident-work))|cli/(commands/task|rerun))\\.ts$'
      },
      to: { path: '^(zx|node:child_process|child_process)' }
    },
    {
      name: 'only-tools-know-zx',
      comment: 'zx is how src/tools starts programs; nobody else needs to know.',
      severity: 'error',
      from: { path: '^(src|tasks|pipelines)/', pathNot: '^src/tools/exec\\.ts$' },
      to: { path: 'node_modules/zx' }
    },
    {
      name: 'only-some-rooms-touch-disk',
      comment: 'What decides is pure; tools, task, runner, lab and cli touch the disk.',
      severity: 'error',
      from: {
        path: '^(src/(core|concourse|manifest|ops|rules|graph|import|connectivity|environment|state|release|releases|report)|tasks|pipelines)/'
      },
      to: { path: '^(node:)?fs(/promises)?$' }
    },
    {
      name: 'pipelines-know-no-tools',
      comment:
        'A pipeline is a function of a record: it uses task definitions, the model and what a record means.',
      severity: 'error',
      from: { path: '^pipelines/' },
      to: {
        path: '^(src|tasks|pipelines|scripts|test)/',
        pathNot: '^(pipelines|tasks|src/concourse|src/core|src/environment)/'
      }
    },
    {
      name: 'tasks-know-no-pipelines',
      comment: 'A task is a function from inputs to outputs; who uses it is not its business.',
      severity: 'error',
      from: { path: '^tasks/' },
      to: { path: '^(pipelines|tasks|src/(cli|runner|lab|report|rules|graph))/' }
    },
    {
      name: 'cli-is-the-top-floor',
      comment: 'Nothing imports the command line.',
      severity: 'error',
      from: { pathNot: '^(src/cli|test|scripts)/' },
      to: { path: '^src/cli/' }
    },
    {
      name: 'the-house-knows-no-tests',
      comment: 'Product code does without its tests.',
      severity: 'error',
      from: { path: '^(src|tasks|pipelines)/' },
      to: { path: '^test/' }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] }
  }
}
