/** Words that no constant may be called. */
const keywords =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
  'false finally for function if implements import in instanceof interface let new null package private protected ' +
  'public return static super switch this throw true try typeof undefined var void while with yield NaN Infinity ' +
  'globalThis Object String'

/** Gives each thing of a file a name of its own. */
export class Identifiers {
  readonly #taken: Set<string>

  /** `reserved` are names that the file has from elsewhere. */
  constructor(reserved: readonly string[]) {
    this.#taken = new Set([...keywords.split(' '), ...reserved])
  }

  /** A name that says what `words` say; where it is taken, with `kind` behind it, then with a number. */
  take(words: string, kind: string): string {
    const wanted = camelCased(words)
    const plain = /^\p{ID_Start}/u.test(wanted) ? wanted : `${kind}${capitalized(wanted)}`
    const long = plain.toLowerCase().includes(kind) ? plain : `${plain}${capitalized(kind)}`
    let found = this.#taken.has(plain) ? long : plain
    for (let count = 2; this.#taken.has(found); count += 1) found = `${plain}${count}`
    this.#taken.add(found)
    return found
  }

  has(identifier: string): boolean {
    return this.#taken.has(identifier)
  }
}

/** What is no letter or digit, or of no block whose letters were all there long before the next tool's Unicode. */
const unfit =
  /[^\p{ID_Continue}]|[^\w\u00c0-\u024f\u0370-\u04ff\u05d0-\u05ea\u0620-\u064a\u3041-\u30ff\u4e00-\u9fa5\uac00-\ud7a3]/gu

/** `cf-deployment` → `cfDeployment`, `CF_DEPLOY` → `cfDeploy`, `Größe 2` → `größe2`. */
export function camelCased(text: string): string {
  const words = text
    .replace(unfit, ' ')
    .split(/[ _]+/)
    .filter(word => word !== '')
  const spelt = words.map((word, index) => {
    const calm = /^[\p{Lu}\p{N}]+$/u.test(word) ? word.toLowerCase() : word
    return index === 0 ? calm.replace(/^\p{Lu}/u, sign => sign.toLowerCase()) : capitalized(calm)
  })
  return spelt.join('')
}

/** The words that all texts have in common, as one text. */
export function sharedWords(texts: readonly string[]): string {
  const [first = [], ...others] = texts.map(text => text.split(/[^\p{L}\p{N}]+/u))
  return first.filter(word => others.every(words => words.includes(word))).join('-')
}

/** With a capital first, unless that capital is itself unfit: Unicode still gives capitals to old small letters. */
export function capitalized(word: string): string {
  return word.replace(/^./u, sign => {
    const capital = sign.toUpperCase()
    return capital.search(unfit) === -1 ? capital : sign
  })
}
