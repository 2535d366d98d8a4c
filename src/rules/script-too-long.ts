import type { Json } from '../concourse/model.ts'
import type { Report, Rule } from './rule.ts'
import { knownConfig } from './scripts.ts'

/** Bytes of one argument or one `NAME=value`, without the zero at its end (Linux, MAX_ARG_STRLEN: 32 pages of 4 KiB). */
const longest = 32 * 4096 - 1

/** The container starts no program with it: `argument list too long`. */
export const scriptTooLong: Rule = {
  code: 'script-too-long',
  summary: 'An argument or param of a task is longer than Linux takes.',
  level: 'error',
  step: {
    task({ step, path }, report, { configOf }) {
      const known = knownConfig(step, path, configOf)
      if (known !== undefined && known.config.platform !== 'linux') return
      const { run, params = {} } = known?.config ?? {}
      for (const [index, text] of (run?.args ?? []).entries()) {
        checkLength(text, () => known?.pathOf(`run.args[${index}]`) ?? path, report)
      }
      const own = step.params ?? {}
      for (const name in own) checkLength(envOf(name, own[name]), () => `${path}.params.${name}`, report)
      for (const name in params) {
        // The step's own value wins.
        if (name in own) continue
        checkLength(envOf(name, params[name]), () => known?.pathOf(`params.${name}`) ?? path, report)
      }
    }
  }
}

/** As the program finds it: lists and maps as JSON, nothing as the empty text. */
function envOf(name: string, value: Json | undefined): string {
  if (value === null || value === undefined) return `${name}=`
  return `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`
}

function checkLength(text: string, pathOf: () => string, report: Report): void {
  // No character takes more than three bytes for each unit of its length here.
  if (text.length * 3 <= longest) return
  const bytes = Buffer.byteLength(text)
  if (bytes <= longest) return
  report(pathOf(), `found ${bytes} bytes, expected at most ${longest}, which is all that Linux takes`, {
    hint: 'put it into a file of an artifact'
  })
}
