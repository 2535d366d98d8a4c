import { hasVar } from './has-var.ts'
import type { Rule } from './rule.ts'

/** Of what Go's url.Parse refuses, what is certain: the end of a line, half an escape, a port that is no number. */
export const invalidBackground: Rule = {
  code: 'invalid-background',
  summary: 'The background image of a pipeline is no address by http, https or relative.',
  level: 'error',
  pipeline({ pipeline }, report) {
    const image = pipeline.display?.background_image
    if (image === undefined || hasVar(image)) return
    const [, scheme = 'http'] = /^([a-z][a-z0-9+.-]*):/i.exec(image) ?? []
    if (/^https?$/i.test(scheme) && !isMalformed(image)) return
    report(
      'display.background_image',
      `found ${JSON.stringify(image)}, expected an address by http, https or relative`,
      { hint: 'serve the image by https, and escape what an address does not take' }
    )
  }
}

function isMalformed(address: string): boolean {
  const [, authority = ''] = /^(?:https?:)?\/\/([^/?#]*)/i.exec(address) ?? []
  const host = authority.slice(Math.max(authority.lastIndexOf('@'), authority.lastIndexOf(']')) + 1)
  const port = host.includes(':') ? host.slice(host.lastIndexOf(':') + 1) : ''
  return /[\t\r\n]|^:|^[^?]*%(?![0-9a-f]{2})/i.test(address) || /[^0-9]/.test(port)
}
