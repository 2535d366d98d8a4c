import { groupGlob, isGroupGlob } from '../concourse/group-glob.ts'
import { once } from '../concourse/once.ts'
import { hasVar } from './has-var.ts'
import type { Subject } from './subject.ts'

/** An entry of a group's `jobs`. */
export interface GroupEntry {
  readonly path: string
  readonly text: string
  /** What fly may still put into it is not known. */
  readonly isOpen: boolean
  /** Names of the jobs that it names or matches; undefined where it is a malformed glob. */
  readonly jobs: readonly string[] | undefined
}

/** What the groups of a pipeline say of its jobs. A name is looked up, and each glob matched once. */
export const groupEntries = once('group entries', (subject: Subject): readonly GroupEntry[] => {
  const names = [...subject.jobsByName.keys()]
  const byGlob = new Map<string, readonly string[] | undefined>()
  const jobsOf = (text: string): readonly string[] | undefined => {
    if (!isGroupGlob(text)) return subject.jobsByName.has(text) ? [text] : []
    if (!byGlob.has(text)) {
      const matches = groupGlob(text)
      byGlob.set(text, matches && names.filter(matches))
    }
    return byGlob.get(text)
  }
  return (subject.pipeline.groups ?? []).flatMap(({ name, jobs = [] }) =>
    jobs.map((text, index) => ({
      path: `groups.${name}.jobs[${index}]`,
      text,
      isOpen: hasVar(text),
      jobs: jobsOf(text)
    }))
  )
})
