import type { Bbl } from '../../tools/bbl.ts'
import { reasonOf, type Cloud, type NotChecked } from '../../tools/clouds/cloud.ts'
import type { Iaas } from '../record.ts'
import { doubt, matchAll, matchLine, wordsOf, type Owner } from './match.ts'
import { shown } from './sweep.ts'

export interface Seen {
  /** What of the environment stands in the IaaS, and how that is known. */
  readonly left: readonly string[]
  readonly notChecked: readonly NotChecked[]
}

/**
 * Where `bbl leftovers` finds anything: on vSphere its filter is a folder, on OpenStack it does nothing, and on Azure it
 * sees resource groups alone (leftovers as vendored by bbl v9.0.48).
 */
const withLeftovers: readonly Iaas[] = ['aws', 'gcp', 'azure', 'lab']

/** Looks for an environment in its IaaS, by the IaaS's own program and by `bbl leftovers`. Deletes nothing, and tells what it could not see. */
export async function lookAround(options: {
  readonly cloud: Cloud
  readonly bbl: Bbl
  readonly owner: Owner
  readonly iaas: Iaas
}): Promise<Seen> {
  const { cloud, bbl, owner, iaas } = options
  const { resources, notChecked: unseen } = await cloud.list()
  const matches = matchAll(resources, owner)
  const ours = resources.filter(resource => matches.get(resource)?.isOurs === true)
  const left = ours.map(resource => `${shown(resource)}: ${matches.get(resource)?.why ?? ''}`)
  const doubtful = resources.filter(resource => matches.get(resource)?.isDoubtful === true)
  const notChecked = [...unseen, ...doubtful.map(resource => whose(shown(resource), owner))]
  if (!withLeftovers.includes(iaas)) return { left, notChecked }
  try {
    const lines = await bbl.leftovers(owner.environment)
    const listed = new Set(resources.flatMap(({ id, name }) => [id, name]))
    // What the IaaS's own listing has is judged by that: it knows labels, where a line has only words.
    const others = lines.filter(line => !wordsOf(line).some(word => listed.has(word)))
    const those = (match: ReturnType<typeof matchLine>): string[] =>
      others.filter(line => matchLine(line, owner) === match)
    return {
      left: [...left, ...those('ours').map(line => `${line}: bbl leftovers finds it`)],
      notChecked: [...notChecked, ...those('doubtful').map(line => whose(line, owner))]
    }
  } catch (thrown) {
    const missing = { what: 'what bbl leftovers would find', why: reasonOf(thrown), kinds: [] }
    return { left, notChecked: [...notChecked, missing] }
  }
}

/** What may be of an environment that the name of this one begins is nobody's to delete, and nobody's to pass over. */
function whose(what: string, { environment }: Owner): NotChecked {
  return { what: `whose ${what} is`, why: doubt(environment), kinds: [] }
}
