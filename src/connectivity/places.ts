import type { Place, Source, Target } from './matrix.ts'

/** Where everything is that cells speak of. */
export interface Places {
  addressOf(target: Target): string
  /** The addresses that count as this source of a question from there. */
  sourcesOf(source: Source, from: Place): readonly string[]
}

/** bosh-dns gives every VM this address; mostly it is the first of global scope there, which masquerading takes (bosh-dns-release, jobs/bosh-dns). */
const boshDnsAddress = '169.254.0.2'

/** What is known of a pod. */
export interface PodPlace {
  readonly address: string
  /** Its worker's address on the underlay. */
  readonly worker: string
}

/** The places of a run, by the addresses that were learnt of them. */
export function placesOf(
  apps: ReadonlyMap<string, string>,
  pods: ReadonlyMap<string, PodPlace>,
  services: ReadonlyMap<string, string>
): Places {
  const addressOf = (target: Target): string =>
    apps.get(target) ?? pods.get(target)?.address ?? services.get(target) ?? ''
  return {
    addressOf,
    sourcesOf: (source, from) => {
      const pod = pods.get(from)
      switch (source) {
        case 'own':
          return [addressOf(from)]
        case 'worker':
          return pod === undefined ? [] : [pod.worker, boshDnsAddress]
        case 'bridge':
          return pod === undefined ? [] : [pod.address.replace(/\d+$/, '1')]
      }
    }
  }
}
