import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take longest, in that order: what runs last must not run alone. All others follow as vitest has them. */
const longest = [
  'test/e2e/repave.test.ts',
  'test/tasks/leaks.test.ts',
  'test/failures/teardown.test.ts',
  'test/e2e/kill-pave.test.ts',
  'test/failures/',
  'test/lab/bbl/'
]

/** The order in which files are run: a fresh clone has no times of an earlier run to go by, and a file's size tells little. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex(part => moduleId.includes(`/${part}`))
      return found === -1 ? longest.length : found
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
