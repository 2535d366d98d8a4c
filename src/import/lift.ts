import { childrenOf, withChildren, withoutComments, type Code, type Part } from './code.ts'
import type { Definition } from './definition.ts'
import { sharedWords, type Identifiers } from './identifiers.ts'
import { lengthOf } from './length.ts'
import type { Sameness } from './sameness.ts'

const typeOfSort: Readonly<Record<Part['sort'], string | undefined>> = {
  job: undefined,
  step: undefined,
  script: undefined,
  config: 'TaskConfigOptions',
  image: 'ImageResourceOptions',
  data: 'DataMap'
}

/** From how many characters on a piece that repeats gets a name. */
const worth: Readonly<Record<Part['sort'], number>> = {
  job: Infinity,
  step: 70,
  script: 0,
  config: 0,
  image: 50,
  data: 100
}

export interface LiftOptions {
  readonly identifiers: Identifiers
  readonly sameness: Sameness
  /** What the YAML calls a piece. */
  readonly anchors: ReadonlyMap<number, string>
}

/**
 * Gives a name to each piece that repeats and is worth it: to the largest, not to what repeats only within it. The
 * definitions of the names are added to `pool`.
 */
export function liftRepeated(
  definitions: readonly Definition[],
  pool: Map<string, Definition>,
  { identifiers, sameness, anchors }: LiftOptions
): Definition[] {
  /** By piece: the jobs that it stands in, once for each time. */
  const uses = new Map<number, string[]>()
  const count = (code: Code, job: string): void => {
    if (isWorthy(code)) {
      const number = sameness.numberOf(code)
      const before = uses.get(number)
      if (before !== undefined) {
        before.push(job)
        return
      }
      uses.set(number, [job])
    }
    for (const child of childrenOf(code)) count(child, job)
  }
  // A definition has its name already.
  for (const { code } of [...definitions, ...pool.values()]) {
    const job = code.part?.sort === 'job' ? code.part.hint : ''
    for (const child of childrenOf(code)) count(child, job)
  }

  const names = new Map<number, string>()
  const nameOf = (code: Code, { sort, hint, isVague }: Part, number: number): string => {
    const jobs = isVague === true ? sharedWords(uses.get(number) ?? []) : ''
    const words = anchors.get(number) ?? `${jobs}-${hint}`
    const found = identifiers.take(words, sort === 'data' ? 'params' : sort)
    names.set(number, found)
    const type = typeOfSort[sort]
    const lifted = withChildren(withoutComments(code), lift)
    pool.set(found, { name: found, code: lifted, ...(type !== undefined && { type }) })
    return found
  }
  const lift = (code: Code): Code => {
    const number = isWorthy(code) ? sameness.numberOf(code) : -1
    if (code.part === undefined || (uses.get(number)?.length ?? 0) < 2) return withChildren(code, lift)
    const found = names.get(number) ?? nameOf(code, code.part, number)
    return { kind: 'name', name: found, ...(code.comments !== undefined && { comments: code.comments }) }
  }
  for (const definition of [...pool.values()]) {
    pool.set(definition.name, { ...definition, code: withChildren(definition.code, lift) })
  }
  return definitions.map(definition => ({ ...definition, code: withChildren(definition.code, lift) }))
}

function isWorthy(code: Code): boolean {
  return code.part !== undefined && lengthOf(code) > worth[code.part.sort]
}
