/** The functions and classes of `causeway` that a written file may use. */
export const authorFunctions: readonly string[] = [
  'across',
  'attempt',
  'Duration',
  'get',
  'git',
  'inOrder',
  'inParallel',
  'job',
  'jobNamed',
  'lines',
  'loadVar',
  'localVariable',
  'pipeline',
  'pool',
  'prototype',
  'put',
  'registryImage',
  'resource',
  'resourceNamed',
  'resourceType',
  'run',
  'setPipeline',
  'task',
  'time',
  'variable',
  'varSource',
  'verbatim'
]

/** Its types that a written file may use. */
export const authorTypes: readonly string[] = [
  'DataMap',
  'ImageResourceOptions',
  'Job',
  'Step',
  'TaskConfigOptions'
]
