import { schemaPage } from '../concourse/schema-page.ts'
import { modelSource } from '../concourse/schema-types.ts'
import { taskPages } from './task-pages.ts'

/** What `npm run docs` writes: the path from the root of the checkout → its text. */
export async function writtenDocs(root: string): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['src/concourse/model.generated.ts', modelSource()],
    ['docs/schema.md', schemaPage()],
    ['docs/tasks.md', await taskPages(root)]
  ])
}
