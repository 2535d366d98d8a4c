import { groupEntries } from './group-jobs.ts'
import type { Rule } from './rule.ts'

/** The only malformed globs are those whose brackets are (github.com/gobwas/glob v0.2.3, syntax/lexer). */
export const invalidGroupGlob: Rule = {
  code: 'invalid-group-glob',
  summary: 'A group has a glob that Concourse can not read.',
  level: 'error',
  pipeline(subject, report) {
    for (const { path, text, isOpen, jobs } of groupEntries(subject)) {
      if (isOpen || jobs !== undefined) continue
      report(path, `found ${JSON.stringify(text)}, expected a name or a glob whose brackets are whole`, {
        hint: 'write [a-z] or [abc], one of the two in a pair of brackets, or \\[ for the bracket itself'
      })
    }
  }
}
