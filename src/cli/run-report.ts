import { join } from 'node:path'
import { FindingsError } from '../core/finding.ts'
import type { RunEvent } from '../core/run-event.ts'
import type { Environment } from '../environment/environment.ts'
import { renderJUnit } from '../report/junit.ts'
import { renderPage } from '../report/page.ts'
import { readResults } from '../core/matrix-results.ts'
import { readTeardown } from '../report/teardown-section.ts'
import { createFiles } from '../tools/files.ts'

/** Writes `report.html` of a run into its folder, and the connectivity results as JUnit. Gives the path of the page. */
export async function writeRunReport(
  folder: string,
  events: readonly RunEvent[],
  { versions }: Environment
): Promise<string> {
  const files = createFiles()
  const results = await readTexts(folder)
  const verdict = await files.readTextIfAny(join(folder, 'artifacts', 'emptiness', 'verdict.json'))
  const teardown = verdict === undefined ? undefined : readTeardown(verdict)
  const kept = await files.list(join(folder, 'artifacts'))
  // A log's name begins with the number of its step.
  const logs = new Map(
    (await files.list(join(folder, 'logs'))).map(name => [parseInt(name, 10), `logs/${name}`])
  )
  const page = renderPage({
    events,
    ...(results === undefined ? {} : { results }),
    ...(teardown === undefined ? {} : { teardown }),
    versions: Object.fromEntries(
      Object.entries(versions.repositories).map(([name, { version }]) => [name, version])
    ),
    logOf: step => logs.get(step.id),
    evidence: kept.map(name => ({ label: name, href: `artifacts/${name}/` }))
  })
  const path = join(folder, 'report.html')
  await files.writeText(path, page)
  if (results !== undefined) await files.writeText(join(folder, 'connectivity.xml'), renderJUnit(results))
  return path
}

async function readTexts(folder: string): Promise<ReturnType<typeof readResults> | undefined> {
  const file = join(folder, 'artifacts', 'connectivity', 'results.json')
  const text = await createFiles().readTextIfAny(file)
  try {
    return text === undefined ? undefined : readResults(text, file)
  } catch (thrown) {
    // The page says what it can; results that can't be read must not hide how the run ended.
    if (thrown instanceof FindingsError) return undefined
    throw thrown
  }
}
