import { namesIn, parseReference } from '../concourse/references.ts'

/** Whether fly may still put something into a text, so that what it will say is not known here. */
export function hasVar(text: string): boolean {
  return text.includes('((')
}

/** The first var in a text that fly may give a value: one without a source. */
export function varOfFly(text: string): string | undefined {
  const references = namesIn(text).map(parseReference)
  return references.find(({ source }) => source === undefined)?.path
}

/** What to do about a text that fly refuses unless a var in it has a value. */
export function giveValue(name: string): string {
  return `give fly a value for it, and check with the same: -v ${name}=…`
}
