const voids: ReadonlySet<string> = new Set(['meta', 'br', '!doctype', '?xml'])

/**
 * The names of tags and attributes in a page, each once. Throws where tags do not close in order, or hold anything but
 * plain attributes in double quotes: so would a text that got in without being escaped.
 */
export function namesIn(page: string): { readonly tags: Set<string>; readonly attributes: Set<string> } {
  const tags = new Set<string>()
  const attributes = new Set<string>()
  const open: string[] = []
  for (const [tag] of page.matchAll(/<[^>]*>?/g)) {
    const [, close = '', name = '', inside = '', selfClosing = ''] =
      /^<(\/?)([!?]?[a-z][a-z0-9]*)((?: [a-z][a-z0-9-]*="[^"<>]*"| html)*)([/?]?)>$/i.exec(tag) ?? []
    if (name === '') throw new Error(`no tag of ours: ${tag}`)
    tags.add(name)
    for (const [, attribute = ''] of inside.matchAll(/ ([a-z0-9-]+)="/gi)) attributes.add(attribute)
    if (close !== '') {
      const last = open.pop()
      if (last !== name) throw new Error(`</${name}> closes <${last ?? 'nothing'}>`)
    } else if (selfClosing === '' && !voids.has(name)) open.push(name)
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(', ')}`)
  return { tags, attributes }
}
