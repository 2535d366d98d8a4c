import { namesIn, parseReference } from '../concourse/references.ts'
import { once } from '../concourse/once.ts'
import type { Rule } from './rule.ts'
import { knownConfig } from './scripts.ts'
import type { JobSubject, Subject } from './subject.ts'
import { varsInSections, varsInSteps } from './var-uses.ts'

/**
 * Concourse resolves vars in scripts too, and does not know shells: the arithmetic `$((count))` is its var `count`
 * (concourse v8.3, vars/template.go).
 */
export const shellVar: Rule = {
  code: 'shell-var',
  summary: "Arithmetic of a script's shell is a var to Concourse.",
  level: 'error',
  job(job, report, subject) {
    for (const { step, path } of job.steps) {
      const known = step.kind === 'task' ? knownConfig(step, path, subject.configOf) : undefined
      for (const [index, text] of (known?.config.run?.args ?? []).entries()) {
        for (const name of namesIn(text)) {
          if (!isArithmetic(name, text) || isVarElsewhere(name, subject)) continue
          report(
            known?.pathOf(`run.args[${index}]`) ?? path,
            `found ((${name})) in a script, which Concourse takes for its var ${name}`,
            { hint: `write it with spaces: (( ${name} ))` }
          )
        }
      }
    }
  }
}

/** Where a `$` stands before it; or where it stands as a command, and the script itself sets what it names. */
function isArithmetic(name: string, text: string): boolean {
  if (/[:@".]/.test(name)) return false
  if (text.includes(`$((${name}))`)) return true
  const command = new RegExp(`(?:^|[;&|!]|\\b(?:if|while|until|then|do|else))\\s*\\(\\(${name}\\)\\)`, 'm')
  return command.test(text) && name.split(/[-/]/).some(word => isSet(word, text))
}

function isSet(word: string, text: string): boolean {
  if (!/^[A-Za-z_]\w*$/.test(word)) return false
  const setting = `(?:^|[\\s;(])${word}(?:[-+*]?=|\\+\\+|--)`
  return new RegExp(`${setting}|\\b(?:for|read|let|local|declare)\\s+(?:-\\w+\\s+)*${word}\\b`, 'm').test(
    text
  )
}

/** The vars outside of scripts, which may be vars within too; gathered once. */
const varsElsewhere = once('vars elsewhere', (subject: Subject): ReadonlySet<string> => {
  const uses = [
    ...varsInSections(subject),
    ...subject.jobs.flatMap((job: JobSubject) => varsInSteps(job, subject))
  ]
  const outside = uses.filter(({ isInScript }) => !isInScript)
  return new Set(outside.map(({ reference }) => reference.name))
})

function isVarElsewhere(name: string, subject: Subject): boolean {
  const names = varsElsewhere(subject)
  return names.has(name) || names.has(parseReference(name).path)
}
