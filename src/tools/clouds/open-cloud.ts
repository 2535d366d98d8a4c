import { UserError } from '../../core/errors.ts'
import type { Programs } from '../exec.ts'
import type { Files } from '../files.ts'
import { isRecord, parseJson } from '../table.ts'
import { createAws } from './aws.ts'
import { createAzure } from './azure.ts'
import type { Cloud } from './cloud.ts'
import { createGcp } from './gcp.ts'
import { createLabCloud } from './lab.ts'
import { createOpenstack } from './openstack.ts'
import { createVsphere } from './vsphere.ts'

/** bbl's own variables: `BBL_IAAS` and those of that IaaS. */
export type IaasVariables = Readonly<Record<string, string>>

export interface CloudOptions {
  readonly programs: Programs
  readonly files: Files
  /** A folder for keys and for what the program remembers; it goes with the task. */
  readonly scratch: string
  readonly variables: IaasVariables
}

/**
 * The IaaS of an environment through its own program, with the credentials that bbl has: by environment or by a file that
 * only its owner reads, never as an argument. Throws a UserError for an IaaS that is not known.
 */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { programs, variables } = options
  const iaas = variables['BBL_IAAS'] ?? ''
  const asks = (program: string, env: IaasVariables) => async (args: readonly string[]) =>
    (await programs.run({ program, args, env, echo: false })).stdout
  switch (iaas) {
    case 'gcp':
      return createGcp(asks('gcloud', await gcpEnvironment(options)))
    case 'aws':
      return createAws(asks('aws', awsEnvironment(variables)))
    case 'azure':
      return createAzure(await openAzure(options))
    case 'vsphere':
      return createVsphere(asks('govc', vsphereEnvironment(variables)))
    case 'openstack':
      return createOpenstack(asks('openstack', openstackEnvironment(variables)))
    case 'lab':
      return createLabCloud(asks('labcloud', {}))
    default:
      throw new UserError('findings', `IAAS: found ${JSON.stringify(iaas)}, expected one that is known`)
  }
}

/** bbl takes the key as JSON or as the path of a file. */
async function gcpEnvironment({ files, scratch, variables }: CloudOptions): Promise<IaasVariables> {
  const given = variables['BBL_GCP_SERVICE_ACCOUNT_KEY'] ?? ''
  const isJson = given.trimStart().startsWith('{')
  const path = isJson ? `${scratch}/gcp-key.json` : given
  if (isJson) await files.writeSecret(path, given)
  const key = parseJson(isJson ? given : ((await files.readTextIfAny(path)) ?? ''))
  const project = isRecord(key) ? key['project_id'] : undefined
  return {
    CLOUDSDK_CONFIG: scratch,
    CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
    CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE: path,
    ...(typeof project === 'string' ? { CLOUDSDK_CORE_PROJECT: project } : {})
  }
}

function awsEnvironment(variables: IaasVariables): IaasVariables {
  return {
    AWS_ACCESS_KEY_ID: variables['BBL_AWS_ACCESS_KEY_ID'] ?? '',
    AWS_SECRET_ACCESS_KEY: variables['BBL_AWS_SECRET_ACCESS_KEY'] ?? '',
    AWS_DEFAULT_REGION: variables['BBL_AWS_REGION'] ?? '',
    AWS_PAGER: ''
  }
}

/** `az` knows no credentials by environment: it is logged in once, before its first question, by a file (`@path`). */
async function openAzure({ programs, files, scratch, variables }: CloudOptions) {
  const env = { AZURE_CONFIG_DIR: `${scratch}/azure`, AZURE_CORE_COLLECT_TELEMETRY: 'false' }
  const az = async (args: readonly string[]) =>
    (await programs.run({ program: 'az', args, env, echo: false })).stdout
  let login: Promise<unknown> | undefined
  const enter = async () => {
    const secret = `${scratch}/azure-secret`
    await files.writeSecret(secret, variables['BBL_AZURE_CLIENT_SECRET'] ?? '')
    const who = ['--username', variables['BBL_AZURE_CLIENT_ID'] ?? '', '--password', `@${secret}`]
    await az(['login', '--service-principal', ...who, '--tenant', variables['BBL_AZURE_TENANT_ID'] ?? ''])
    await az(['account', 'set', '--subscription', variables['BBL_AZURE_SUBSCRIPTION_ID'] ?? ''])
  }
  return async (args: readonly string[]) => {
    login ??= enter()
    await login
    return az(args)
  }
}

function vsphereEnvironment(variables: IaasVariables): IaasVariables {
  return {
    GOVC_URL: variables['BBL_VSPHERE_VCENTER_IP'] ?? '',
    GOVC_USERNAME: variables['BBL_VSPHERE_VCENTER_USER'] ?? '',
    GOVC_PASSWORD: variables['BBL_VSPHERE_VCENTER_PASSWORD'] ?? '',
    GOVC_DATACENTER: variables['BBL_VSPHERE_VCENTER_DC'] ?? '',
    // As bbl does: it checks no certificate of a vCenter.
    GOVC_INSECURE: '1'
  }
}

function openstackEnvironment(variables: IaasVariables): IaasVariables {
  return {
    OS_AUTH_URL: variables['BBL_OPENSTACK_AUTH_URL'] ?? '',
    OS_USERNAME: variables['BBL_OPENSTACK_USERNAME'] ?? '',
    OS_PASSWORD: variables['BBL_OPENSTACK_PASSWORD'] ?? '',
    OS_PROJECT_NAME: variables['BBL_OPENSTACK_PROJECT'] ?? '',
    OS_USER_DOMAIN_NAME: variables['BBL_OPENSTACK_DOMAIN'] ?? '',
    OS_PROJECT_DOMAIN_NAME: variables['BBL_OPENSTACK_DOMAIN'] ?? '',
    OS_REGION_NAME: variables['BBL_OPENSTACK_REGION'] ?? '',
    OS_IDENTITY_API_VERSION: '3'
  }
}
