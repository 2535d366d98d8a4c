/** What stands at one place in each of several pieces that are alike. */
export interface Column {
  /** The key that it stands under. */
  readonly key: string
  readonly values: readonly string[]
}

/** A text that differs from piece to piece. */
export interface Parameter extends Column {
  /** By column: the texts round it, one more than there are uses. */
  readonly uses: ReadonlyMap<number, readonly string[]>
}

/** The fewest texts from which all columns can be made; undefined where these are more than `most`. */
export function parametersOf(columns: readonly Column[], most: number): readonly Parameter[] | undefined {
  const parameters: (Column & { readonly uses: Map<number, readonly string[]> })[] = []
  for (const [index, column] of columns.entries()) {
    if (column.values.every(value => value === column.values[0])) continue
    const known = parameters.find(({ values }) => textsRound(column.values, values) !== undefined)
    if (known === undefined) {
      if (parameters.length === most) return undefined
      const core = coreOf(column.values)
      const values = textsRound(column.values, core) === undefined ? column.values : core
      parameters.push({
        key: column.key,
        values,
        uses: new Map([[index, textsRound(column.values, values) ?? alone]])
      })
    } else known.uses.set(index, textsRound(column.values, known.values) ?? alone)
  }
  return parameters.map(parameter => ({ ...parameter, key: keyOf(parameter, columns) }))
}

/** The key under which a parameter is the whole text, since that says best what it is. */
function keyOf({ key, values }: Column, columns: readonly Column[]): string {
  const whole = columns.find(
    column => column.key !== 'name' && column.values.every((value, index) => value === values[index])
  )
  return whole?.key ?? key
}

/** Round a parameter that is the whole text. */
const alone = ['', '']

/** The texts round the parameter, where they are the same in each of the values. */
function textsRound(values: readonly string[], parameter: readonly string[]): readonly string[] | undefined {
  if (values.every((value, index) => value === parameter[index])) return alone
  if (parameter.includes('')) return undefined
  const [first, ...others] = values.map((value, index) => value.split(parameter[index] ?? ''))
  if (first === undefined || first.length < 2) return undefined
  const isSame = others.every(
    texts => texts.length === first.length && texts.every((text, index) => text === first[index])
  )
  return isSame ? first : undefined
}

/** What is left of texts without the words that all of them begin and end with. */
function coreOf(values: readonly string[]): readonly string[] {
  const prefix = sharedStart(values)
  const rest = values.map(value => value.slice(prefix.length))
  const suffix = reversed(sharedStart(rest.map(reversed)))
  const cores = rest.map(value => value.slice(0, value.length - suffix.length))
  return cores.some(core => core === '') ? values : cores
}

/** What all begin with, up to the end of a word. */
function sharedStart([first = '', ...others]: readonly string[]): string {
  let end = 0
  while (end < first.length && others.every(other => other[end] === first[end])) end += 1
  return first.slice(0, end).replace(/[\p{L}\p{N}]+$/u, '')
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('')
}
