import { join } from 'node:path'
import { schemaPage } from '../concourse/schema-page.ts'
import { modelSource } from '../concourse/schema-types.ts'
import { countedRevision } from '../release/overlay.ts'
import { allRules } from '../rules/all-rules.ts'
import { readingRules } from '../rules/reading-rules.ts'
import { rulesPage } from '../rules/rules-page.ts'
import { createFiles } from '../tools/files.ts'
import { taskPages } from './task-pages.ts'

/** What `npm run docs` writes: the path from the root of the checkout → its text. */
export async function writtenDocs(root: string): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['src/concourse/model.generated.ts', modelSource()],
    ['docs/schema.md', schemaPage()],
    ['docs/rules/README.md', rulesPage([...allRules, ...readingRules])],
    ['docs/tasks.md', await taskPages(root)],
    ['release/revision.json', await countedRevision(createFiles(), join(root, 'release'))]
  ])
}
