import { UserError } from '../core/errors.ts'
import { FindingsError, type Finding } from '../core/finding.ts'
import type { ReleaseTarball } from '../tools/release-tarball.ts'
import { isRecord, parseJson } from '../tools/table.ts'
import type { Tools } from '../tools/tools.ts'
import type { CustomizedFile } from './customize.ts'

/**
 * Renders each template that was added or edited, with defaults and with each property set, by Ruby as the Director does.
 * `program` is the path of `check-templates.rb`. Gives how many, undefined where there is no Ruby to do it. Throws a
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
  const failed = parseJson(stdout)
  if (!Array.isArray(failed)) {
    throw new UserError(
      'program',
      `${program}: found ${JSON.stringify(stdout.slice(0, 200))}, expected a list in JSON`
    )
  }
  const findings = failed.filter(isRecord).map(({ job, template, title, error }): Finding => {
    const path = `jobs/${String(job)}/templates/${String(template)}`
    const message = `found that it does not render ${String(title)}: ${String(error)}`
    return { code: 'release-template', severity: 'error', path, message }
  })
  if (findings.length > 0) throw new FindingsError(findings)
  return Object.values(texts).flatMap(job => Object.keys(job).filter(path => path !== 'spec')).length
}

/** Job → the spec and those of its templates that are ours, by their paths in the job. */
function ourTexts(
  jobs: ReleaseTarball['jobs'],
  ours: ReadonlySet<string>
): Record<string, Record<string, string>> {
  const texts: Record<string, Record<string, string>> = {}
  for (const [job, tree] of jobs) {
    const ofJob: Record<string, string> = {}
    for (const [path, { content }] of tree) {
      if (path === 'job.MF') ofJob['spec'] = Buffer.from(content).toString()
      else if (ours.has(`jobs/${job}/${path}`)) ofJob[path] = Buffer.from(content).toString()
    }
    texts[job] = ofJob
  }
  return texts
}
