import type { CloudResource } from '../../tools/clouds/cloud.ts'
import { bearsName, isPavedName } from './bbl-names.ts'

/** Why a thing in the cloud is, or is not, the environment's own. */
export interface Match {
  readonly isOurs: boolean
  readonly why: string
  /** Whether nobody can tell: its name begins with the environment's, and so may that of an environment which stands nowhere else. */
  readonly isDoubtful?: true
}

/** An environment, as things in the cloud name it. */
export interface Owner {
  readonly environment: string
  /** Its Director's name, which BOSH's CPIs put on all that they make. */
  readonly director: string
  /** Ids and names of what bbl was given and did not make: the network of OpenStack or vSphere. */
  readonly given: ReadonlySet<string>
}

/** What `bosh create-env` says of itself for a Director: it has none (bosh-cli v7.10, deployment/vm/manager.go). */
const noDirector = 'bosh-init'

/**
 * Decides for every thing whether it belongs to an environment: by the whole value of a label, by a name that its
 * paving gives, or because it stands in a network that does. A bare substring never counts, nor does a mere beginning, so
 * `play-1` has nothing of `play-10` or `play-1-b`; and a label that names somebody else beats a name and a network.
 */
export function matchAll(
  resources: readonly CloudResource[],
  owner: Owner
): ReadonlyMap<CloudResource, Match> {
  const others = otherEnvironments(resources, owner)
  const own = new Map(resources.map(resource => [resource, ownMatch(resource, owner, others)]))
  const networks = new Map(
    resources
      .filter(resource => resource.kind === 'network' && own.get(resource)?.isOurs === true)
      .flatMap(({ id, name }) => [[id, name] as const, [name, name] as const])
  )
  return new Map(
    resources.map(resource => {
      const match = own.get(resource) ?? { isOurs: false, why: 'nothing says so' }
      const network = networks.get(resource.network ?? '')
      const isOpen = match.why === silent || match.isDoubtful === true
      return [
        resource,
        isOpen && network !== undefined ? { isOurs: true, why: `stands in ${network}` } : match
      ]
    })
  )
}

const silent = 'neither label, name nor network says so'

function ownMatch({ id, labels, name }: CloudResource, owner: Owner, others: readonly string[]): Match {
  const { environment, given } = owner
  const { director, environment: labelled } = labels
  if (given.has(id) || given.has(name)) return { isOurs: false, why: 'it was given to bbl, not made by it' }
  if (director !== undefined && director !== noDirector)
    return { isOurs: director === owner.director, why: `label director is ${director}` }
  // bbl labels so on Azure. Anybody else may too, so another value speaks for nobody.
  if (labelled === environment) return { isOurs: true, why: `label environment is ${labelled}` }
  const named = ownerByName(name, [environment, ...others])
  if (named === undefined) return { isOurs: false, why: silent }
  if (named !== environment) return { isOurs: false, why: `its name is of ${named}` }
  if (isPavedName(name, environment)) return { isOurs: true, why: `its name is one of ${environment}` }
  return { isOurs: false, why: doubt(environment), isDoubtful: true }
}

/** Why a thing or a line is left alone that begins with the environment's name. */
export function doubt(environment: string): string {
  return `its name begins with ${environment}, but paving gives none like it`
}

/** Environments that Directors' labels tell of besides ours. */
function otherEnvironments(resources: readonly CloudResource[], { environment, director }: Owner): string[] {
  const directors = new Set(resources.flatMap(({ labels }) => labels['director'] ?? []))
  for (const name of [director, noDirector]) directors.delete(name)
  return [...directors].map(name => name.replace(/^bosh-/, '')).filter(other => other !== environment)
}

/** Of several environments whose name the thing bears, the longest: `play-1-b-network` is of `play-1-b`, not of `play-1`. */
function ownerByName(name: string, environments: readonly string[]): string | undefined {
  return environments
    .filter(environment => bearsName(name, environment))
    .sort((a, b) => b.length - a.length)[0]
}

/**
 * Whether a line of `bbl leftovers` is of the environment, in doubt or not. bbl's filter finds substrings, so its answer is only
 * where to look: some word of the line has to be a name of it. A line is like `Network: play-1-network` or
 * `Instance: vm-7 (director:bosh-play-1)`.
 */
export function matchLine(line: string, { environment, director }: Owner): 'ours' | 'doubtful' | 'not ours' {
  const words = wordsOf(line)
  const labelled = /\bdirector[:=]([\w.-]+)/.exec(line)?.[1]
  if (labelled !== undefined) return labelled === director ? 'ours' : 'not ours'
  if (words.some(word => isPavedName(word, environment))) return 'ours'
  return words.some(word => bearsName(word, environment)) ? 'doubtful' : 'not ours'
}

/** The words of a line of `bbl leftovers`: names, ids, and keys and values of tags. */
export function wordsOf(line: string): string[] {
  return line.split(/[\s(),:=[\]]+/).filter(word => word !== '')
}
