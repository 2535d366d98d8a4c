import { directorName } from './director-name.ts'
import type { EnvironmentRecord } from './record.ts'

/** Full path in CredHub of the certificate that CF's cells present to silk-controller, and our workers too. */
export function silkDaemonCredential({ name, iaas }: EnvironmentRecord): string {
  return `/${directorName(name, iaas)}/cf/silk_daemon`
}
