import { unpinnedImage } from './images.ts'
import type { Rule } from './rule.ts'

/** Most pipelines take the latest of their types and are glad of it; who must know what ran does not. */
export const typeNotPinned: Rule = {
  code: 'type-not-pinned',
  summary: 'A resource type is whatever its registry calls the latest image.',
  level: 'off',
  pipeline({ pipeline }, report) {
    for (const section of ['resource_types', 'prototypes'] as const) {
      for (const type of pipeline[section] ?? []) {
        const name = unpinnedImage(type)
        if (name === undefined) continue
        report(`${section}.${type.name}`, `found the latest image ${name}, expected one of a tag or digest`, {
          hint: 'write the tag that it has today'
        })
      }
    }
  }
}
