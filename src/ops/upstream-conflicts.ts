import type { Finding } from '../core/finding.ts'
import type { OpsFile } from '../manifest/ops-file.ts'
import type { Operation } from '../manifest/patch.ts'
import { printPointer } from '../manifest/pointer.ts'

/**
 * Operations of upstream's that are about Flannel, which is taken out after them. A file that is about nothing else, or that
 * brings another part of Flannel, is an error: whoever names it expects something that SILK does not do. In others it is a
 * warning, for the rest of the file has its effect (kubo-deployment v0.44.0: use-hostgw.yml and windows/ against
 * change-cidrs.yml and set-certificate-duration.yml).
 */
export function upstreamConflicts(files: readonly OpsFile[]): readonly Finding[] {
  return files.flatMap(({ name, operations }) => {
    const about = operations.filter(isAboutFlannel)
    const [first] = about
    if (first === undefined) return []
    const brings = operations.some(operation => operation.kind === 'replace' && namesFlannel(operation.value))
    const isError = brings || about.length === operations.length
    const isNetwork = operations.some(({ path }) => /clusterCIDR|pod-network-cidr/.test(printPointer(path)))
    const also = isNetwork ? "; pods have SILK's network, whatever it says of theirs" : ''
    return [
      {
        code: 'about-flannel',
        severity: isError ? 'error' : 'warning',
        file: name,
        path: printPointer(first.path),
        message: `found ${about.length} of ${operations.length} operations about Flannel, expected none: SILK takes its place${also}`,
        ...(isError
          ? { hint: "leave the file out of the record's cfcr.ops, or write network.kind: flannel" }
          : {})
      }
    ]
  })
}

function isAboutFlannel(operation: Operation): boolean {
  return (
    /flannel/i.test(printPointer(operation.path)) ||
    (operation.kind === 'replace' && namesFlannel(operation.value))
  )
}

function namesFlannel(value: unknown): boolean {
  return /flannel/i.test(JSON.stringify(value))
}
