import { variable, type Variable } from '../concourse/variable.ts'
import { iaasVariables } from './credentials.ts'
import type { EnvironmentRecord, Iaas } from './record.ts'

type IaasGiven = { readonly ENVIRONMENT: string; readonly IAAS: Iaas } & Readonly<
  Record<`BBL_${string}`, string | Variable>
>

/** The params of every task that runs bbl: who, where, and the credentials by their names in the credential manager. */
export function iaasGiven({ name, iaas, region, bbl }: EnvironmentRecord): IaasGiven {
  const required = iaasVariables[iaas].filter(entry => entry.required)
  const given = required.map(entry => [entry.name, valueOf(entry.name, region)] as const)
  return { ENVIRONMENT: name, IAAS: iaas, ...Object.fromEntries(given), ...bbl.variables }
}

/** The region stands in the record; all else is a var named after bbl's variable: `((gcp_service_account_key))`. */
function valueOf(name: string, region: string): string | Variable {
  return name.endsWith('_REGION') ? region : variable(name.replace(/^BBL_/, '').toLowerCase())
}

type StateReadingGiven = { readonly STATE_IDENTITY: Variable }

/** The params of every task that reads the state, and does not push it. */
export function stateReadingGiven({ state }: EnvironmentRecord): StateReadingGiven {
  return { STATE_IDENTITY: variable(state.identity) }
}

type StateGiven = StateReadingGiven & {
  readonly STATE_URI: string
  readonly STATE_BRANCH: string
  readonly STATE_PRIVATE_KEY?: Variable
  readonly STATE_RECIPIENTS?: readonly string[]
}

/** The params of every task that changes the state: where it is pushed to, and who can read it. */
export function stateGiven(record: EnvironmentRecord): StateGiven {
  const { uri, branch, private_key: key, recipients } = record.state
  return {
    ...stateReadingGiven(record),
    STATE_URI: uri,
    STATE_BRANCH: branch,
    ...(key === undefined ? {} : { STATE_PRIVATE_KEY: variable(key) }),
    ...(recipients.length === 0 ? {} : { STATE_RECIPIENTS: recipients })
  }
}

/** How long a playground must be well before it counts as stable. In the lab nothing settles: what runs, runs. */
export function settlingGiven({ iaas }: EnvironmentRecord): {
  readonly TIMES?: number
  readonly EVERY_SECONDS?: number
} {
  return iaas === 'lab' ? { TIMES: 2, EVERY_SECONDS: 0 } : {}
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

type GuardGiven = {
  readonly TOPOLOGY?: 'self-hosted'
  readonly PROTECTED?: true
  readonly CONFIRM?: Variable
  readonly ATC_EXTERNAL_URL?: string
}

/** The params of every task that destroys, besides those of the IaaS. The second word for a protected environment is a var. */
export function guardGiven({ topology, protected: isProtected, concourse }: EnvironmentRecord): GuardGiven {
  return {
    ...(topology === 'self-hosted' ? { TOPOLOGY: topology } : {}),
    ...(isProtected ? { PROTECTED: true, CONFIRM: variable('confirm') } : {}),
    ...(concourse === undefined ? {} : { ATC_EXTERNAL_URL: concourse })
  }
}
