import { basename, extname } from 'node:path'
import type { Resolve } from '../../concourse/interpolate.ts'
import type { NamedPipeline } from '../../concourse/pipeline.ts'
import { readPipeline } from '../../concourse/read.ts'
import { UserError } from '../../core/errors.ts'
import { given } from '../../core/given.ts'
import { nearestName } from '../../core/nearest.ts'
import { drawingOf, type Drawing } from '../../graph/drawing.ts'
import { pipelineGraph } from '../../graph/pipeline-graph.ts'
import { selectGroup, selectResources } from '../../graph/select.ts'
import { createFiles } from '../../tools/files.ts'
import { readVars } from '../check-vars.ts'
import { loadAuthorPipeline } from '../author-pipeline.ts'
import type { CliContext } from '../context.ts'
import { loadEnvironment } from '../environments.ts'
import { isProgram } from '../is-program.ts'
import { loadPipelines } from '../modules.ts'
import type { GraphFormat, GraphOptions } from '../options.ts'
import { readSource, standardInput } from '../read-source.ts'

/** Draws a pipeline: that of a file, or with `--env` one of the checkout by its name. */
export async function graph(context: CliContext, source: string, options: GraphOptions): Promise<void> {
  const format = options.format ?? formatOf(options.output)
  const variables = await readVars(context, options)
  const { name, pipeline } =
    options.env === undefined
      ? await ofFile(context, source, variables)
      : await ofCheckout(context, options.env, source, variables)
  const whole = pipelineGraph(pipeline)
  const part = options.group === undefined ? whole : selectGroup(whole, options.group)
  const title = options.group === undefined ? name : `${name}: ${options.group}`
  const text = await drawn(drawingOf(selectResources(part, options.resources), title), format)
  if (options.output === undefined) {
    context.out(text)
    return
  }
  await createFiles().writeText(options.output, text)
  context.err(`${options.output}: ${part.jobs.length} jobs as ${format}\n`)
}

type Variables = Resolve | undefined

async function ofFile(context: CliContext, file: string, variables: Variables): Promise<NamedPipeline> {
  const name = file === standardInput ? 'standard input' : basename(file, extname(file))
  const text = await readSource(context, file)
  if (isProgram(file)) {
    if (variables !== undefined) throw noVars(file)
    return loadAuthorPipeline(context, file)
  }
  return { name, pipeline: readPipeline(text, file, given('variables', variables)).pipeline }
}

async function ofCheckout(
  context: CliContext,
  env: string,
  name: string,
  variables: Variables
): Promise<NamedPipeline> {
  if (variables !== undefined) throw noVars(`--env ${env}`)
  const [environment, modules] = await Promise.all([
    loadEnvironment(context, env),
    loadPipelines(context.root)
  ])
  const found = modules.find(module => module.name === name)
  if (found !== undefined) return { name: `${env}/${name}`, pipeline: found.define(environment).pipeline }
  const names = modules.map(module => module.name)
  const meant = nearestName(name, names)
  throw new UserError(
    'usage',
    `pipeline ${name}: found no pipelines/${name}.ts, expected one of ${names.join(', ')}`,
    { hint: meant === undefined ? 'leave --env out to draw a file' : `did you mean ${meant}?` }
  )
}

/** A program says itself what it is made of; values stand in for vars only in YAML. */
function noVars(source: string): UserError {
  return new UserError('usage', `${source}: found values of vars beside it, expected one of the two`, {
    hint: 'draw the YAML that is emitted'
  })
}

const formatByEnding: Readonly<Record<string, GraphFormat>> = {
  '.svg': 'svg',
  '.dot': 'dot',
  '.gv': 'dot',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid'
}

/** What the name of the file asks for; Mermaid where there is no file, for a person can read and paste it. */
function formatOf(output: string | undefined): GraphFormat {
  if (output === undefined) return 'mermaid'
  const format = formatByEnding[extname(output).toLowerCase()]
  if (format !== undefined) return format
  const endings = Object.keys(formatByEnding).join(', ')
  throw new UserError('usage', `--output: found ${JSON.stringify(output)}, expected a name in ${endings}`, {
    hint: 'say --format as well, or choose another name'
  })
}

/** The layout of an SVG is the one part that takes time to load. */
async function drawn(drawing: Drawing, format: GraphFormat): Promise<string> {
  switch (format) {
    case 'mermaid': {
      const { toMermaid } = await import('../../graph/mermaid.ts')
      return toMermaid(drawing)
    }
    case 'dot': {
      const { toDot } = await import('../../graph/dot.ts')
      return toDot(drawing)
    }
    case 'svg': {
      const { toSvg } = await import('../../graph/svg.ts')
      return toSvg(drawing)
    }
  }
}
