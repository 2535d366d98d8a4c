import { kindNamed, type Kind } from './kinds.ts'

function known(name: string): Kind {
  const found = kindNamed(name)
  if (found === undefined) throw new Error(`no kind ${name}`)
  return found
}

export const namespaceKind = known('namespaces')
export const podKind = known('pods')
export const serviceKind = known('services')
export const claimKind = known('persistentvolumeclaims')
export const volumeKind = known('persistentvolumes')
export const deploymentKind = known('deployments')
export const daemonSetKind = known('daemonsets')
