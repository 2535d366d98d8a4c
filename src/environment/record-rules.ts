import { Duration } from '../core/duration.ts'
import { isBech32 } from './bech32.ts'
import { overlaps, parseCidr } from '../core/cidr.ts'
import { iaasVariables } from './credentials.ts'
import type { EnvironmentRecord } from './record.ts'
import type { Path } from './yaml-source.ts'

export interface RuleFinding {
  readonly code: string
  readonly path: Path
  readonly message: string
  readonly hint?: string
}

/** What a schema can't say. A rule sees only fields that the schema found right. */
export interface RecordRule {
  /** Top-level fields that the rule reads. */
  readonly reads: readonly (keyof EnvironmentRecord)[]
  check(record: EnvironmentRecord): readonly RuleFinding[]
}

/** Ranges that stand in the way of an overlay, and whose they are. */
const taken: readonly {
  readonly range: string
  readonly whose: string
  readonly iaas?: readonly string[]
}[] = [
  // kubo-deployment v0.17.0–v0.44.0, manifests/cfcr.yml: service-cluster-ip-range.
  { range: '10.100.200.0/24', whose: 'services of Kubernetes' },
  // dockerd's own default for docker0.
  { range: '172.17.0.0/16', whose: 'docker0' },
  // bosh-dns listens there, and SILK gives every pod a gateway there.
  { range: '169.254.0.0/16', whose: 'link-local addresses' },
  // bosh-bootloader v8.4.40, terraform/<iaas>/templates.
  { range: '10.0.0.0/16', whose: "bbl's own network", iaas: ['aws', 'gcp', 'azure'] },
  { range: '10.0.1.0/24', whose: "bbl's own network", iaas: ['openstack'] }
]

const overlayRange: RecordRule = {
  reads: ['network', 'iaas'],
  check({ network, iaas }) {
    const path = ['network', 'overlay']
    const overlay = parseCidr(network.overlay)
    if (overlay === undefined) {
      const message = `found ${network.overlay}, expected a range whose address ends where its prefix ends, like 10.255.0.0/16`
      return [{ code: 'overlay-range', path, message }]
    }
    return taken
      .filter(({ range, iaas: only }) => {
        const other = parseCidr(range)
        return (only?.includes(iaas) ?? true) && other !== undefined && overlaps(overlay, other)
      })
      .map(({ range, whose }) => ({
        code: 'overlay-overlaps',
        path,
        message: `found ${network.overlay}, expected a range apart from ${range} (${whose})`,
        hint: 'choose another private range, like 10.255.0.0/16'
      }))
  }
}

const subnetPrefix: RecordRule = {
  reads: ['network'],
  check({ network }) {
    const overlay = parseCidr(network.overlay)
    if (overlay === undefined || network.subnet_prefix > overlay.prefix) return []
    return [
      {
        code: 'subnet-prefix',
        path: ['network', 'subnet_prefix'],
        message: `found ${network.subnet_prefix}, expected more than the ${overlay.prefix} of the overlay ${network.overlay}`,
        hint: 'choose a longer prefix: each machine takes one such share of the overlay'
      }
    ]
  }
}

const leaseLength: RecordRule = {
  reads: ['lease'],
  check({ lease }) {
    const ttl = Duration.tryParse(lease.ttl)
    if (ttl !== undefined && ttl.milliseconds >= Duration.minutes(1).milliseconds) return []
    const message = `found ${lease.ttl}, expected at least 1m`
    return [{ code: 'lease-length', path: ['lease', 'ttl'], message }]
  }
}

const selfHosted: RecordRule = {
  reads: ['topology', 'director'],
  check({ topology, director }) {
    if (topology !== 'self-hosted' || director === 'bucc') return []
    return [
      {
        code: 'self-hosted-without-concourse',
        path: ['topology'],
        message: `found self-hosted with a ${director} Director, expected director: bucc, which brings a Concourse`,
        hint: 'write director: bucc, or topology: control'
      }
    ]
  }
}

const stateReaders: RecordRule = {
  reads: ['state'],
  check({ state }) {
    return state.recipients.flatMap((recipient, index) => {
      if (isBech32(recipient)) return []
      return [
        {
          code: 'recipient-checksum',
          path: ['state', 'recipients', index],
          message: `found ${recipient}, whose checksum is wrong, expected a public key of age`,
          hint: 'copy the whole line that `age-keygen -y` prints'
        }
      ]
    })
  }
}

const wrapperNeedsSilk: RecordRule = {
  reads: ['network', 'pod_ip'],
  check({ network, pod_ip }) {
    if (network.kind === 'silk' || pod_ip === 'rescope') return []
    return [
      {
        code: 'wrapper-without-silk',
        path: ['pod_ip'],
        message: `found ${pod_ip} on ${network.kind}, expected it on silk alone`,
        hint: 'leave pod_ip out'
      }
    ]
  }
}

/** What bbl may have for an IaaS but does not need; what it needs is named by the pipelines. */
const bblVariables: RecordRule = {
  reads: ['bbl', 'iaas'],
  check({ bbl, iaas }) {
    const known = iaasVariables[iaas].filter(({ required }) => !required).map(({ name }) => name)
    return Object.keys(bbl.variables)
      .filter(name => !known.some(other => other === name))
      .map(name => ({
        code: 'bbl-variable',
        path: ['bbl', 'variables', name],
        message: `found ${name} for ${iaas}, expected ${known.length === 0 ? 'none' : `one of ${known.join(', ')}`}`,
        hint: 'remove it: credentials come from the credential manager, load balancers are the same for every environment'
      }))
  }
}

export const recordRules: readonly RecordRule[] = [
  bblVariables,
  overlayRange,
  subnetPrefix,
  leaseLength,
  selfHosted,
  wrapperNeedsSilk,
  stateReaders
]
