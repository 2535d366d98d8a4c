import { isMap, textAt, type Value } from '../../manifest/value.ts'
import type { Placed } from '../platform/world.ts'
import { containerName, hostName } from './desired.ts'
import { addressQuestion, readByKubelet } from './kubelet-lookup.ts'
import { answerFile } from './kubelet.ts'
import type { LabNetwork } from './lab-network.ts'

/** What kubelet knows of a pod's network: its address, or its own words on why there is none. */
export type PodStatus = { readonly address: string } | { readonly problem: string }

/**
 * Asks as kubelet does, after it has called the network plugin: how that went, and which address the pod has. `minor` is the
 * version of Kubernetes, 17 for v1.17: from 16 on its messages begin with a small letter.
 */
export async function podStatus(network: LabNetwork, pod: Placed, minor: number): Promise<PodStatus> {
  const [host, container] = [hostName(pod.machine), containerName(pod)]
  const [, namespace = '', name = ''] = pod.id.split('/')
  const words = (text: string): string =>
    minor < 16 ? text : text.replace(/^./, first => first.toLowerCase())
  const complaint = (what: string, why: string): PodStatus => ({
    problem: `${words('NetworkPlugin')} cni failed ${what.replace('POD', `"${name}_${namespace}"`)}: ${why}`
  })
  const said = await network.exec(host, ['cat', answerFile(host, container)], { deadline: 5000 })
  const refusal = refusalIn(said.stdout)
  if (refusal !== undefined) return complaint('to set up pod POD network', refusal)
  const found = readByKubelet(await network.exec(host, addressQuestion(host, container), { deadline: 5000 }))
  return /^[\d.]+$/.test(found)
    ? { address: found }
    : complaint('on the status hook for pod POD', words(found))
}

/** An error of a plugin, as libcni shows it; undefined for a result. */
function refusalIn(text: string): string | undefined {
  let answer: Value
  try {
    answer = JSON.parse(text) as Value
  } catch {
    return `netplugin failed with no error message${text === '' ? '' : `: ${text}`}`
  }
  if (!isMap(answer) || answer['code'] === undefined) return undefined
  return [textAt(answer, 'msg') ?? '', textAt(answer, 'details') ?? ''].filter(part => part !== '').join('; ')
}
