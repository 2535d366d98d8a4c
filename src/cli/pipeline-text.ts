import type { Pipeline } from '../concourse/model.ts'
import { renderPipeline, type RenderOptions } from '../concourse/render.ts'

/** How a pipeline is written out. */
export interface Writing {
  /** As `fly format-pipeline` prints it, instead of in the order in which a person reviews it. */
  readonly canonical?: true | undefined
}

/** What makes the text of a pipeline. The canonical one names no source, for fly prints no comment. */
export async function writerOf({ canonical }: Writing): Promise<(p: Pipeline, o: RenderOptions) => string> {
  if (canonical !== true) return renderPipeline
  // Few ask for it, and it brings a writer of YAML of its own.
  const { canonicalPipeline } = await import('../concourse/canonical.ts')
  return (pipeline, { target }) => canonicalPipeline(pipeline, target)
}
