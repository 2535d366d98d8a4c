import { runInThisContext } from 'node:vm'
import { transformSync } from 'esbuild'
import * as causeway from '../../src/causeway.ts'
import type { Pipeline } from '../../src/concourse/model.ts'
import type { NamedPipeline } from '../../src/concourse/pipeline.ts'
import { inspectPipeline, readPipeline } from '../../src/concourse/read.ts'
import { renderPipeline } from '../../src/concourse/render.ts'
import { importPipeline } from '../../src/import/import-pipeline.ts'

/** The TypeScript of a pipeline in YAML, which must be one that can be imported. */
export function imported(yaml: string, name = 'p'): string {
  const read = inspectPipeline(yaml, 'p.yml')
  if (read.value === undefined) throw new Error(JSON.stringify(read.findings))
  return importPipeline(read.value, read, { name, yaml })
}

/** What a written file exports, run with this very surface for `causeway`. */
export function run(source: string): NamedPipeline {
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' })
  const module: { exports: { default?: NamedPipeline } } = { exports: {} }
  const body = runInThisContext(`(function (require, module, exports) {${code}\n})`) as (
    require: () => unknown,
    module: unknown,
    exports: unknown
  ) => void
  body(() => causeway, module, module.exports)
  const { default: exported } = module.exports
  if (exported === undefined) throw new Error('the file exports nothing')
  return exported
}

/** What Concourse would read if the imported pipeline were emitted. */
export function emitted(yaml: string): Pipeline {
  const { pipeline } = run(imported(yaml))
  return readPipeline(renderPipeline(pipeline, { source: 'p.ts' }), 'p.yml').pipeline
}
