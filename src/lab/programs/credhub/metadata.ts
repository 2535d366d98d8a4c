import type { Value, ValueMap } from '../../../manifest/value.ts'
import { CredhubError } from './credhub-error.ts'

/** The part of a request that `--metadata` asks for. */
export function metadataOf(text: string): ValueMap {
  if (text === '') return {}
  try {
    return { metadata: JSON.parse(text) as Value }
  } catch {
    throw new CredhubError(
      'The argument for --metadata is not a valid json object. Please update and retry your request.'
    )
  }
}
