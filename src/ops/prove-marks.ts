import type { Finding } from '../core/finding.ts'
import { at, wordAt, type Value } from '../manifest/value.ts'
import { jobOf } from './look.ts'

/**
 * Bits of the packet mark: kubelet's and kube-proxy's for masquerade are one and the same, kubelet's for drop and portmap's are
 * others. VXLAN carries bits 0 to 15 to the next host (Linux, drivers/net/vxlan: VXLAN_GBP_ID_MASK) and uses 19 and 22.
 */
export function markFindings(manifest: Value, file: string): Finding[] {
  const kubelet = at(jobOf(manifest, 'worker', 'kubelet'), 'properties')
  const proxy = at(jobOf(manifest, 'worker', 'kube-proxy'), 'properties')
  const ours = at(jobOf(manifest, 'worker', 'silk-k8s'), 'properties')
  const bits = {
    "kube-proxy's masquerade":
      wordAt(proxy, 'kube-proxy-configuration', 'iptables', 'masqueradeBit') ??
      wordAt(proxy, 'iptables-masquerade-bit'),
    "kubelet's masquerade":
      wordAt(kubelet, 'kubelet-configuration', 'iptablesMasqueradeBit') ??
      wordAt(kubelet, 'iptables-masquerade-bit'),
    "kubelet's drop":
      wordAt(kubelet, 'kubelet-configuration', 'iptablesDropBit') ?? wordAt(kubelet, 'iptables-drop-bit'),
    // release/jobs/silk-k8s/spec: what it is where the manifest does not say.
    "portmap's": wordAt(ours, 'port_mappings', 'mark_bit') ?? '28'
  }
  const finding = (path: string, found: string, expected: string): Finding => ({
    code: 'mark-bits',
    severity: 'error',
    file,
    path: `${path} mark bit`,
    message: `found ${found}, expected ${expected}`
  })
  const findings = Object.entries(bits).flatMap(([whose, bit]) => {
    const isApart = bit !== undefined && /^(1[678]|2[013-9]|3[01])$/.test(bit)
    return isApart ? [] : [finding(whose, bit ?? 'none', 'one from 16 to 31, but not 19 or 22')]
  })
  const masquerade = bits["kube-proxy's masquerade"]
  if (masquerade !== bits["kubelet's masquerade"]) {
    findings.push(
      finding(
        "kubelet's masquerade",
        bits["kubelet's masquerade"] ?? 'none',
        `kube-proxy's ${masquerade ?? ''}`
      )
    )
  }
  const three = [masquerade, bits["kubelet's drop"], bits["portmap's"]]
  if (new Set(three).size < three.length)
    findings.push(finding('each', three.join(', '), 'three that differ'))
  return findings
}
