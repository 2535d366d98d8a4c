import type { Rule } from './rule.ts'

/** fly warns of it, and with --strict refuses it. */
export const imageTwice: Rule = {
  code: 'image-twice',
  summary: 'A task has an image by its step and another by its config.',
  level: 'warning',
  step: {
    task({ step: { image, config }, path }, report) {
      if (image === undefined || config === undefined) return
      const other = (['image_resource', 'rootfs_uri'] as const).find(key => config[key] !== undefined)
      if (other === undefined) return
      report(`${path}.config.${other}`, `found ${other} beside image: ${image}, which wins`, {
        hint: `remove ${other}, or image`
      })
    }
  }
}
