import { UserError } from '../core/errors.ts'
import { FindingsError, type Finding } from '../core/finding.ts'
import type { ReleaseTarball } from '../tools/release-tarball.ts'
import { isRecord, parseJson } from '../tools/table.ts'
import type { Tools } from '../tools/tools.ts'
import type { CustomizedFile } from './customize.ts'

/**
 * Renders each template that was added or edited, with defaults and with each property set, by Ruby as the Director does.
 * `program` is the path of `render-templates.rb`. Gives how many, undefined where there is no Ruby to do it. Throws a
 * FindingsError that names what does not render.
 */
export async function checkTemplates(
  tools: Pick<Tools, 'ruby'>,
  program: string,
  { jobs }: ReleaseTarball,
  files: readonly CustomizedFile[]
): Promise<number | undefined> {
  const texts = ourTexts(jobs, new Set(files.map(({ path }) => path)))
  const stdout = await tools.ruby(program, JSON.stringify(texts))
  if (stdout === undefined) return undefined
  const rendered = parseJson(stdout)
  if (!isRecord(rendered)) {
    throw new UserError(
      'program',
      `${program}: found ${JSON.stringify(stdout.slice(0, 200))}, expected what it rendered in JSON`
    )
  }
  const templates = entriesOf(rendered).flatMap(([job, ofJob]) =>
    entriesOf(ofJob).map(([template, ofTemplate]) => ({
      path: `jobs/${job}/templates/${template}`,
      ofTemplate
    }))
  )
  const findings = templates.flatMap(({ path, ofTemplate }) =>
    entriesOf(ofTemplate).flatMap(([title, outcome]): Finding[] => {
      if (!isRecord(outcome) || typeof outcome['error'] !== 'string') return []
      const message = `found that it does not render ${title}: ${outcome['error']}`
      return [{ code: 'release-template', severity: 'error', path, message }]
    })
  )
  if (findings.length > 0) throw new FindingsError(findings)
  return templates.length
}

function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : []
}

/** Job → the spec and those of its templates that are ours, by their paths in the job. */
function ourTexts(jobs: ReleaseTarball['jobs'], ours: ReadonlySet<string>) {
  const texts: Record<string, { files: Record<string, string> }> = {}
  for (const [job, tree] of jobs) {
    const files: Record<string, string> = {}
    for (const [path, { content }] of tree) {
      if (path === 'job.MF') files['spec'] = Buffer.from(content).toString()
      else if (ours.has(`jobs/${job}/${path}`)) files[path] = Buffer.from(content).toString()
    }
    texts[job] = { files }
  }
  return texts
}
