import {
  childrenOf,
  withChildren,
  withoutComments,
  type CallCode,
  type Code,
  type NameCode,
  type TextCode
} from './code.ts'
import type { Definition } from './definition.ts'
import { camelCased, sharedWords, type Identifiers } from './identifiers.ts'
import { lengthOf } from './length.ts'
import { fitsLines } from './literal.ts'
import { parametersOf, type Column, type Parameter } from './parameters.ts'
import { Sameness } from './sameness.ts'

/** From how many characters that they share on steps become a function, and how many it must save. */
const [worth, saving] = [90, 150]

/**
 * Makes one function of steps, or of jobs, that differ in few texts. Its definition is added to `pool`; of steps within
 * steps the outer ones come first.
 */
export function liftFunctions(
  definitions: readonly Definition[],
  pool: Map<string, Definition>,
  identifiers: Identifiers
): Definition[] {
  const groups = groupsOf([...definitions, ...pool.values()])
  const done = new Set<Code>()
  const calls = new Map<Code, CallCode>()
  for (const group of groups) {
    const steps = group.filter(step => !done.has(step))
    const found = functionOf(steps, identifiers)
    if (found === undefined) continue
    pool.set(found.definition.name, found.definition)
    for (const [index, step] of steps.entries()) {
      forEachWithin(step, within => done.add(within))
      const args = found.parameters.map(({ values }): Code => ({ kind: 'text', value: values[index] ?? '' }))
      const { comments } = step
      calls.set(step, {
        kind: 'call',
        name: found.definition.name,
        args,
        ...(comments !== undefined && { comments })
      })
    }
  }
  const replace = (code: Code): Code => calls.get(code) ?? withChildren(code, replace)
  const replaced = (definition: Definition): Definition =>
    definition.parameters === undefined ? { ...definition, code: replace(definition.code) } : definition
  for (const definition of [...pool.values()]) pool.set(definition.name, replaced(definition))
  return definitions.map(replaced)
}

/** Steps that are alike but for texts, the largest first. */
function groupsOf(definitions: readonly Definition[]): readonly (readonly Code[])[] {
  const shapes = new Sameness(true)
  const groups = new Map<number, Code[]>()
  const visit = (code: Code): void => {
    const sort = code.kind === 'call' ? code.part?.sort : undefined
    if ((sort === 'step' || sort === 'job') && lengthOf(code) >= worth) {
      const shape = shapes.numberOf(code)
      const group = groups.get(shape)
      if (group === undefined) groups.set(shape, [code])
      else group.push(code)
    }
    childrenOf(code).forEach(visit)
  }
  for (const { code } of definitions) {
    // What repeats as it is has a name already, and is said once.
    if (code.part?.sort === 'job') visit(code)
    else childrenOf(code).forEach(visit)
  }
  return [...groups.values()]
    .filter(group => group.length > 1)
    .sort((a, b) => lengthOf(b[0] ?? none) - lengthOf(a[0] ?? none))
}

const none: Code = { kind: 'raw', code: '' }

interface Found {
  readonly definition: Definition
  readonly parameters: readonly Parameter[]
}

function functionOf(steps: readonly Code[], identifiers: Identifiers): Found | undefined {
  const [first] = steps
  if (first === undefined || lengthOf(first) * (steps.length - 1) < saving) return undefined
  const all = steps.map(textsOf)
  const columns = (all[0] ?? []).map(({ key }, index): Column => ({
    key,
    values: all.map(texts => texts[index]?.code.value ?? '')
  }))
  const parameters = parametersOf(columns, steps.length > 3 ? 3 : 2)
  if (parameters === undefined || parameters.length === 0) return undefined
  const differing = parameters.reduce((sum, { values }) => sum + (values[0]?.length ?? 0), 0)
  if (lengthOf(first) - differing < worth) return undefined
  const { sort = 'step', hint = '' } = first.part ?? {}
  const shared = sharedWords(steps.map(({ part }) => part?.hint ?? ''))
  const named = parameters.map(parameter => ({
    ...parameter,
    name: parameterName(parameter, parameters, identifiers)
  }))
  const places = new Map((all[0] ?? []).map(({ code }, column) => [code, column] as const))
  const definition: Definition = {
    name: identifiers.take(shared === '' ? hint : shared, sort),
    code: withParameters(withoutComments(first), places, named),
    type: sort === 'job' ? 'Job' : 'Step',
    parameters: named.map(({ name }) => name)
  }
  return { definition, parameters }
}

/** The piece with parameters in the place of the texts, or parts of texts, that differ. */
function withParameters(
  code: Code,
  places: ReadonlyMap<TextCode, number>,
  parameters: readonly (Parameter & { readonly name: string })[]
): Code {
  const column = code.kind === 'text' ? places.get(code) : undefined
  const used = parameters.find(({ uses }) => column !== undefined && uses.has(column))
  const texts = column === undefined ? undefined : used?.uses.get(column)
  if (used === undefined || texts === undefined) {
    return withChildren(code, child => withParameters(child, places, parameters))
  }
  const parameter: NameCode = { kind: 'name', name: used.name }
  const parts = texts.flatMap((text, index) => (index === 0 ? [text] : [parameter, text]))
  const said = parts.filter(part => part !== '')
  return said.length === 1 ? parameter : { kind: 'template', parts: said }
}

function parameterName(own: Parameter, all: readonly Parameter[], identifiers: Identifiers): string {
  const wanted = camelCased(own.key)
  const plain = /^\p{ID_Start}/u.test(wanted) ? wanted : 'text'
  const twins = all.filter(({ key }) => camelCased(key) === wanted)
  const numbered = twins.length > 1 ? `${plain}${twins.indexOf(own) + 1}` : plain
  return identifiers.has(numbered) ? `${numbered}Text` : numbered
}

interface PlacedText {
  readonly code: TextCode
  readonly key: string
}

/** The short texts in a piece, each with the key that it stands under. */
function textsOf(code: Code): readonly PlacedText[] {
  const texts: PlacedText[] = []
  const visit = (piece: Code, key: string): void => {
    if (piece.kind === 'text' && !fitsLines(piece.value)) texts.push({ code: piece, key })
    else if (piece.kind === 'object') for (const entry of piece.entries) visit(entry.value, entry.key ?? key)
    else if (piece.kind === 'call' && piece.name !== 'variable')
      for (const part of piece.args) visit(part, part === piece.args[0] ? 'name' : key)
    else for (const child of childrenOf(piece)) visit(child, key)
  }
  visit(code, 'name')
  return texts
}

function forEachWithin(code: Code, act: (code: Code) => void): void {
  act(code)
  for (const child of childrenOf(code)) forEachWithin(child, act)
}
