import { UserError } from '../core/errors.ts'

/** `name=value` of a flag that may be said several times, taken apart at the first `=`; anything else is wrong use. */
export function flagPairs(flag: string, texts: readonly string[]): (readonly [string, string])[] {
  return texts.map(text => {
    const at = text.indexOf('=')
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
    throw new UserError('usage', `${flag}: found ${JSON.stringify(text)}, expected NAME=VALUE`, {
      hint: `write the name, an equals sign and the value, e.g. ${flag} name=value`
    })
  })
}
