import type { Value } from '../../../manifest/value.ts'
import { goJson } from '../common/go-json.ts'
import type { ProgramEdge } from '../common/program.ts'
import { sortKeys } from '../common/sort-keys.ts'
import { KubectlError } from './kubectl-error.ts'

export type Format = 'json' | 'yaml' | 'name' | 'wide'

/** The format of `-o`; undefined where none was given. Throws for one that there is not. */
export function formatIn(given: string | undefined): Format | undefined {
  switch (given) {
    case undefined:
    case '':
      return undefined
    case 'json':
    case 'yaml':
    case 'name':
    case 'wide':
      return given
    default:
      throw new KubectlError(
        `error: unable to match a printer suitable for the output format "${given}", allowed formats are: json,name,wide,yaml`
      )
  }
}

/** As `formatIn`, for what can be printed as data only. */
export function structured(given: string | undefined): 'json' | 'yaml' | undefined {
  const format = formatIn(given)
  if (format === undefined || format === 'json' || format === 'yaml') return format
  throw new KubectlError(`error: --output must be 'yaml' or 'json'`)
}

/** Prints data, its keys in order. */
export async function print({ out }: ProgramEdge, format: 'json' | 'yaml', value: Value): Promise<void> {
  if (format === 'json') {
    out(`${goJson(sortKeys(value))}\n`)
    return
  }
  const { renderYaml } = await import('../../../manifest/render-yaml.ts')
  out(renderYaml(sortKeys(value)))
}
