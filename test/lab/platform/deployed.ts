import { generateCredential } from '../../../src/lab/credentials/generate.ts'
import { withAddons } from '../../../src/lab/director/plan/addons.ts'
import type { LabState, RunningDeployment, RunningInstance } from '../../../src/lab/lab-service.ts'
import { isMap, listAt, textAt, type Value, type ValueMap } from '../../../src/manifest/value.ts'
import { interpolate } from '../../../src/manifest/variables.ts'

/** Certificates of SILK, as cf-deployment's variables define them. They are made once. */
export async function silkCredentials(): Promise<Readonly<Record<string, Value>>> {
  const ca = await certificate({ is_ca: true, common_name: 'silk-ca' })
  const of = (common_name: string): Promise<Value> => certificate({ ca: 'silk_ca', common_name }, ca)
  return {
    silk_ca: ca,
    silk_controller: await of('silk-controller.service.cf.internal'),
    silk_daemon: await of('silk-daemon')
  }
}

/** A certificate, signed by `ca` where it is given. */
export function certificate(parameters: ValueMap, ca?: Value): Promise<Value> {
  return generateCredential({ type: 'certificate', parameters }, () => ca)
}

/** What runs when these manifests are deployed: every service instance, with addresses of its own. */
export function runningState(
  manifests: readonly Value[],
  credentials: Readonly<Record<string, Value>>
): LabState {
  let next = 10
  const deployments = manifests.map((manifest): RunningDeployment => {
    const { document: filled } = interpolate(manifest, credentials)
    if (!isMap(filled)) throw new Error('a manifest is a map')
    const document = withAddons(filled, [])
    const instances = listAt(document, 'instance_groups').flatMap(group => {
      if (textAt(group, 'lifecycle') === 'errand' || !isMap(group)) return []
      const count = Number(group['instances'] ?? 0)
      return Array.from({ length: count }, (_, index) => instanceOf(group, index, `10.0.0.${(next += 1)}`))
    })
    return { name: textAt(document, 'name') ?? '', director: 'bosh-test', manifest: document, instances }
  })
  return { deployments }
}

function instanceOf(group: ValueMap, index: number, ip: string): RunningInstance {
  const name = textAt(group, 'name') ?? ''
  return {
    group: name,
    index,
    id: `${name}-${index}`,
    az: 'z1',
    ips: [ip],
    vmCid: `vm-${name}-${index}`,
    jobs: listAt(group, 'jobs').map(job => textAt(job, 'name') ?? ''),
    state: 'running'
  }
}
