import type { Arrow, Box } from './drawing.ts'

/** Boxes that arrows tie together. */
export interface Component {
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
}

/** The parts of a drawing that no arrow ties together, in the order of their first boxes. */
export function componentsOf({ boxes, arrows }: Component): readonly Component[] {
  const parents = new Map<string, string>()
  const rootOf = (id: string): string => {
    let root = id
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent
    // The way up is made short, so that a long chain costs no more than a flat one.
    for (let at = id; at !== root;) {
      const next = parents.get(at) ?? root
      parents.set(at, root)
      at = next
    }
    return root
  }
  for (const { from, to } of arrows) {
    const [a, b] = [rootOf(from), rootOf(to)]
    if (a !== b) parents.set(a, b)
  }
  const components = new Map<string, { boxes: Box[]; arrows: Arrow[] }>()
  for (const box of boxes) {
    const root = rootOf(box.id)
    const component = components.get(root) ?? { boxes: [], arrows: [] }
    component.boxes.push(box)
    components.set(root, component)
  }
  for (const arrow of arrows) components.get(rootOf(arrow.from))?.arrows.push(arrow)
  return [...components.values()]
}
