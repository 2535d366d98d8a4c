import type { Iaas } from './record.ts'

/** A variable that bbl reads for one IaaS. */
export interface IaasVariable {
  readonly name: `BBL_${string}`
  /** Whether it gets anybody in. A name, an address or an ID does not: it may be shown, and stand in the arguments of a program. */
  readonly secret: boolean
  /** What is not required stands in the record, under `bbl.variables`, where it is wanted. */
  readonly required: boolean
}

const plain = (name: `BBL_${string}`): IaasVariable => ({ name, secret: false, required: true })
const secret = (name: `BBL_${string}`): IaasVariable => ({ name, secret: true, required: true })
const optional = (name: `BBL_${string}`): IaasVariable => ({ name, secret: false, required: false })

/**
 * What bbl needs besides `BBL_IAAS`, by IaaS (bbl v9.0.48, config/global_flags.go). It keeps no credentials in its state,
 * so all of it is given again for `down`. BUCC takes the first IaaS whose variables it finds, even empty ones, so a
 * program is handed those of the chosen IaaS and no other.
 */
export const iaasVariables: Readonly<Record<Iaas, readonly IaasVariable[]>> = {
  aws: [
    secret('BBL_AWS_ACCESS_KEY_ID'),
    secret('BBL_AWS_SECRET_ACCESS_KEY'),
    plain('BBL_AWS_REGION'),
    optional('BBL_AWS_ASSUME_ROLE')
  ],
  gcp: [secret('BBL_GCP_SERVICE_ACCOUNT_KEY'), plain('BBL_GCP_REGION')],
  azure: [
    plain('BBL_AZURE_CLIENT_ID'),
    secret('BBL_AZURE_CLIENT_SECRET'),
    plain('BBL_AZURE_SUBSCRIPTION_ID'),
    plain('BBL_AZURE_TENANT_ID'),
    plain('BBL_AZURE_REGION')
  ],
  vsphere: [
    plain('BBL_VSPHERE_VCENTER_USER'),
    secret('BBL_VSPHERE_VCENTER_PASSWORD'),
    plain('BBL_VSPHERE_VCENTER_IP'),
    plain('BBL_VSPHERE_VCENTER_DC'),
    plain('BBL_VSPHERE_VCENTER_RP'),
    plain('BBL_VSPHERE_VCENTER_DS'),
    plain('BBL_VSPHERE_VCENTER_CLUSTER'),
    plain('BBL_VSPHERE_NETWORK'),
    plain('BBL_VSPHERE_SUBNET_CIDR'),
    optional('BBL_VSPHERE_INTERNAL_GW'),
    optional('BBL_VSPHERE_JUMPBOX_IP'),
    optional('BBL_VSPHERE_DIRECTOR_INTERNAL_IP'),
    optional('BBL_VSPHERE_VCENTER_DISKS'),
    optional('BBL_VSPHERE_VCENTER_TEMPLATES'),
    optional('BBL_VSPHERE_VCENTER_VMS')
  ],
  openstack: [
    plain('BBL_OPENSTACK_AUTH_URL'),
    plain('BBL_OPENSTACK_AZ'),
    plain('BBL_OPENSTACK_NETWORK_ID'),
    plain('BBL_OPENSTACK_NETWORK_NAME'),
    plain('BBL_OPENSTACK_USERNAME'),
    secret('BBL_OPENSTACK_PASSWORD'),
    plain('BBL_OPENSTACK_PROJECT'),
    plain('BBL_OPENSTACK_DOMAIN'),
    plain('BBL_OPENSTACK_REGION'),
    optional('BBL_OPENSTACK_CACERT_FILE'),
    optional('BBL_OPENSTACK_INSECURE'),
    optional('BBL_OPENSTACK_DNS_NAME_SERVERS')
  ],
  lab: []
}
