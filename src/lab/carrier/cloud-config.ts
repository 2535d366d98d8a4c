import { placeOps, vmTypes } from '../programs/bbl/files/cloud-config.ts'

/**
 * An ops file that makes bbl's cloud config for OpenStack one for the lab: bbl's has two VM types where cf-deployment needs more, and
 * networks and zones in the words of OpenStack's CPI.
 */
export const carriedCloudConfig = `---
${emptied('/azs')}
${emptied('/networks')}
- type: replace
  path: /vm_types
  value: [${vmTypes.map(name => `{name: ${name}}`).join(', ')}]
${placeOps}`

function emptied(path: string): string {
  return `- type: replace\n  path: ${path}\n  value: []`
}
