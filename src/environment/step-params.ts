import { variable, type Variable } from '../concourse/variable.ts'
import { iaasVariables } from './credentials.ts'
import type { EnvironmentRecord, Iaas } from './record.ts'

type IaasGiven = { readonly ENVIRONMENT: string; readonly IAAS: Iaas } & Readonly<
  Record<`BBL_${string}`, string | Variable>
>

/** The params of every task that runs bbl: who, where, and the credentials by their names in the credential manager. */
export function iaasGiven({ name, iaas, region }: EnvironmentRecord): IaasGiven {
  const given = iaasVariables[iaas].map(entry => [entry.name, valueOf(entry.name, region)] as const)
  return { ENVIRONMENT: name, IAAS: iaas, ...Object.fromEntries(given) }
}

/** The region stands in the record; all else is a var named after bbl's variable: `((gcp_service_account_key))`. */
function valueOf(name: string, region: string): string | Variable {
  return name.endsWith('_REGION') ? region : variable(name.replace(/^BBL_/, '').toLowerCase())
}

type LocksGiven = {
  readonly ENVIRONMENT: string
  readonly LOCKS_URI: string
  readonly LOCKS_BRANCH: string
  readonly LOCKS_POOL: string
  readonly LOCKS_PRIVATE_KEY?: Variable
}

/** The params of the tasks that claim and release the environment. */
export function locksGiven({ name, locks }: EnvironmentRecord): LocksGiven {
  return {
    ENVIRONMENT: name,
    LOCKS_URI: locks.uri,
    LOCKS_BRANCH: locks.branch,
    LOCKS_POOL: locks.pool,
    ...(locks.private_key === undefined ? {} : { LOCKS_PRIVATE_KEY: variable(locks.private_key) })
  }
}
