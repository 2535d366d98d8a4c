import { FindingsError, type Finding } from '../core/finding.ts'
import type { Tree } from '../tools/tree.ts'
import { applyEdits } from './edit.ts'
import { kubeletEdits, kubeProxyEdits, type EditedFile, type JobEdits } from './job-edits.ts'

/** A file of the customized release that upstream has not, or has otherwise. */
export interface CustomizedFile {
  /** From the root of the release. */
  readonly path: string
  readonly content: Uint8Array
  /** What it is for: of an added file nothing, of an edited one what was edited. */
  readonly edits: readonly string[]
}

/** What a checkout of kubo-release has in its commit, whatever lies beside it. */
export interface UpstreamFiles {
  /** The text of a file; undefined where there is none. */
  textOf(path: string): Promise<string | undefined>
}

/** The job that we add. */
const ownJob = 'jobs/silk-k8s'

/**
 * The files that make a customized release of upstream's: our overlay, and the edits of jobs that can't be told by
 * properties yet. The same commit and overlay give the same files. Throws a FindingsError that names every missing or
 * doubled place, where upstream is laid out as we don't know it.
 */
export async function customize(upstream: UpstreamFiles, overlay: Tree): Promise<readonly CustomizedFile[]> {
  const findings: Finding[] = []
  if ((await upstream.textOf(`${ownJob}/spec`)) !== undefined) {
    findings.push(
      findingAt(`${ownJob}/spec`, 'found it in the commit, expected a release that nobody customized')
    )
  }
  const files: CustomizedFile[] = [...overlay].map(([path, { content }]) => ({ path, content, edits: [] }))
  for (const job of [kubeletEdits, kubeProxyEdits]) files.push(...(await editJob(upstream, job, findings)))
  if (findings.length > 0) {
    throw new FindingsError(findings, {
      hint: 'check out a final version of kubo-release from v0.17.0 to v0.44.0, as it is'
    })
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function editJob(upstream: UpstreamFiles, { job, takesAll, files }: JobEdits, findings: Finding[]) {
  const spec = await upstream.textOf(`jobs/${job}/spec`)
  if (spec !== undefined && new RegExp(`^ {2}${takesAll}:`, 'm').test(spec)) return []
  const edited = await Promise.all(files.map(file => editFile(upstream, file, findings)))
  return edited.flat()
}

async function editFile(upstream: UpstreamFiles, { path, edits }: EditedFile, findings: Finding[]) {
  const text = await upstream.textOf(path)
  if (text === undefined) {
    findings.push(findingAt(path, 'found no such file, expected one'))
    return []
  }
  const wanted = edits(text)
  const { text: result, problems } = applyEdits(text, wanted)
  for (const { edit, message } of problems) findings.push(findingAt(path, `${edit.about}: ${message}`))
  return [{ path, content: Buffer.from(result), edits: wanted.map(({ about }) => about) }]
}

function findingAt(path: string, message: string): Finding {
  return { code: 'kubo-release', severity: 'error', path, message }
}
